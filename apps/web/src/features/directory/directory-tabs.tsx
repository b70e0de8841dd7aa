import { Link } from '@tanstack/react-router';
import { TabLinks } from '../../components/ui/tab-links.tsx';

/** Users and groups of the directory. */
export function DirectoryTabs() {
  return (
    <TabLinks label="Directory">
      <Link to="/directory/users">Users</Link>
      <Link to="/directory/groups">Groups</Link>
    </TabLinks>
  );
}
