import type { ComponentProps } from 'react';
import { initialsOf } from '../lib/format.ts';
import { useAccount } from '../lib/session.ts';
import navigation from './navigation.module.css';
import classes from './sidebar-foot.module.css';

/** Who is signed in, as the button of the account menu. */
export function UserRow(props: ComponentProps<'button'>) {
  const account = useAccount();
  return (
    <button {...props} type="button" className={navigation.row} title={account.name}>
      <span className={classes.avatar} aria-hidden="true">
        {initialsOf(account.name)}
      </span>
      <span className={navigation.text}>{account.name}</span>
      <span className={classes.role} data-words>
        {account.role === 'admin' ? 'Admin' : 'Support'}
      </span>
    </button>
  );
}
