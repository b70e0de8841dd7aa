import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Page, PageHeader } from '../components/ui/page.tsx';

/** No screen has this address. */
export function NotFound() {
  return (
    <Page>
      <PageHeader
        title="There is no page here"
        description="The address may have changed, or the thing it showed was deleted."
      />
      <Button component={Link} to="/">
        Go to the overview
      </Button>
    </Page>
  );
}
