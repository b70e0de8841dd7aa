import { ButtonLink } from '../../components/ui/button-link.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';

/** No run has this number. */
export function RunNotFound() {
  return (
    <Page>
      <PageHeader
        title="There is no run with this number"
        description="The runs of each connector stand in its tab Runs."
      />
      <ButtonLink to="/connectors">Go to User Sync</ButtonLink>
    </Page>
  );
}
