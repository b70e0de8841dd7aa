import { Link, Outlet } from '@tanstack/react-router';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { TabLinks } from '../../components/ui/tab-links.tsx';
import { useIsAdmin } from '../../lib/session.ts';

/** `/settings`: its tabs. Support staff see their own account only. */
export function SettingsPage() {
  const isAdmin = useIsAdmin();
  return (
    <Page>
      <PageHeader title="Settings" />
      <TabLinks label="Settings">
        {isAdmin && <Link to="/settings/general">General</Link>}
        <Link to="/settings/accounts">Accounts</Link>
        {isAdmin && <Link to="/settings/audit">Audit</Link>}
      </TabLinks>
      <Outlet />
    </Page>
  );
}
