import { ButtonLink } from '../components/ui/button-link.tsx';
import { Page, PageHeader } from '../components/ui/page.tsx';

/** No screen has this address. */
export function NotFound() {
  return (
    <Page>
      <PageHeader
        title="There is no page here"
        description="The address may have changed, or the thing it showed was deleted."
      />
      <ButtonLink to="/">Go to the overview</ButtonLink>
    </Page>
  );
}
