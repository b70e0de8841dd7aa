import type { Run } from '@gatehouse/contracts/run';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { SkeletonBar, SkeletonRows, Skeletons } from '../../components/ui/skeleton.tsx';
import { isApiError } from '../../lib/api-error.ts';
import { RunNotFound } from './run-not-found.tsx';

/** The shape of the review while its first answers are on their way. */
export function ReviewLoading({ runId }: { runId: number }) {
  return (
    <Page>
      <PageHeader title={`Review of run #${runId}`} />
      <Skeletons label="Loading the review">
        <SkeletonBar height={64} />
      </Skeletons>
      <SkeletonRows label="Loading the changes" rows={12} rowHeight={36} />
    </Page>
  );
}

type ReviewFailedProps = { runId: number; run: Run | undefined; error: unknown; onRetry: () => void };

/** There is no run, no plan (yet), or no answer. */
export function ReviewFailed({ runId, run, error, onRetry }: ReviewFailedProps) {
  if (isApiError(error, 'not-found', 'bad-request', 'invalid-field')) return <RunNotFound />;
  const toRun = (
    <ButtonLink to="/runs/$runId" params={{ runId: String(runId) }} variant="filled">
      {`Open run #${runId}`}
    </ButtonLink>
  );
  return (
    <Page>
      <PageHeader title={`Review of run #${runId}`} />
      {isApiError(error, 'no-plan') ? (
        <EmptyState
          title="This run has no plan"
          lead={
            run?.finishedAt === null
              ? 'The plan is computed when everything is read. The page of the run shows how far it is.'
              : 'The run ended before there was a plan, so there is nothing to review. Nothing was written.'
          }
          actions={toRun}
        />
      ) : (
        <ErrorPanel title="The review cannot be shown" error={error} onRetry={onRetry} />
      )}
    </Page>
  );
}
