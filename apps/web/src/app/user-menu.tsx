import { IconLogout, IconUserCog } from '@tabler/icons-react';
import { ActionMenu, MenuButton, MenuLink } from '../components/ui/action-menu.tsx';
import { useSignOut } from '../features/session/use-sign-out.ts';
import { initialsOf } from '../lib/format.ts';
import { useAccount } from '../lib/session.ts';
import navigation from './navigation.module.css';
import classes from './sidebar-foot.module.css';

/** Who is signed in, and the menu of that account. */
export function UserMenu() {
  const account = useAccount();
  const signOut = useSignOut();
  return (
    <ActionMenu
      label="Your account"
      placement="above"
      trigger={(props) => (
        <button {...props} type="button" className={navigation.row} title={account.name}>
          <span className={classes.avatar} aria-hidden="true">
            {initialsOf(account.name)}
          </span>
          <span className={navigation.text}>{account.name}</span>
          <span className={classes.role} data-words>
            {account.role === 'admin' ? 'Admin' : 'Support'}
          </span>
        </button>
      )}
    >
      <MenuLink to="/settings/accounts">
        <IconUserCog size={16} stroke={1.6} aria-hidden="true" />
        Your account
      </MenuLink>
      <MenuButton onClick={() => signOut.mutate()}>
        <IconLogout size={16} stroke={1.6} aria-hidden="true" />
        Sign out
      </MenuButton>
    </ActionMenu>
  );
}
