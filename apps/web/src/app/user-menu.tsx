import { Menu } from '@mantine/core';
import { IconLogout, IconUserCog } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useSignOut } from '../features/session/use-sign-out.ts';
import { UserRow } from './user-row.tsx';

/** The menu of the signed-in account. */
export function UserMenu() {
  const signOut = useSignOut();
  return (
    <Menu position="top-start" width={200}>
      <Menu.Target>
        <UserRow />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component={Link}
          to="/settings/accounts"
          leftSection={<IconUserCog size={16} stroke={1.6} aria-hidden="true" />}
        >
          Your account
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.6} aria-hidden="true" />}
          onClick={() => signOut.mutate()}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
