import { ButtonLink } from '../../components/ui/button-link.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { SkeletonBar, Skeletons } from '../../components/ui/skeleton.tsx';
import { isApiError } from '../../lib/api-error.ts';
import classes from './directory.module.css';

type Thing = 'user' | 'group';

export function RecordLoading({ thing }: { thing: Thing }) {
  return (
    <Page>
      <Skeletons label={`Loading the ${thing}`}>
        <SkeletonBar width={240} height={26} />
        <SkeletonBar width={420} height={16} />
        <div className={classes.columns}>
          <SkeletonBar height={260} />
          <SkeletonBar height={200} />
        </div>
      </Skeletons>
    </Page>
  );
}

type RecordFailedProps = { thing: Thing; error: unknown; onRetry: () => void };

export function RecordFailed({ thing, error, onRetry }: RecordFailedProps) {
  if (isApiError(error, 'not-found', 'bad-request', 'invalid-field')) {
    return (
      <Page>
        <PageHeader
          title={`There is no ${thing} with this id`}
          description={`The ${thing} may have been deleted since the link was made.`}
        />
        <ButtonLink to={thing === 'user' ? '/directory/users' : '/directory/groups'}>
          {`Find a ${thing}`}
        </ButtonLink>
      </Page>
    );
  }
  return (
    <Page>
      <PageHeader title={thing === 'user' ? 'User' : 'Group'} />
      <ErrorPanel title={`The ${thing} cannot be shown`} error={error} onRetry={onRetry} />
    </Page>
  );
}
