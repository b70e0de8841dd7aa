import type { Account } from '@gatehouse/contracts/account';

type AccountValues = Pick<Account, 'name' | 'email' | 'role'> & { password: string };

/**
 * Only what differs is sent: a role or password that is sent ends the account's sessions, and an edit of
 * somebody else in between is not undone.
 */
export function changedFields(account: Account, values: AccountValues): Partial<AccountValues> {
  const change: Partial<AccountValues> = {};
  if (values.name.trim() !== account.name) change.name = values.name;
  if (values.email.trim() !== account.email) change.email = values.email;
  if (values.role !== account.role) change.role = values.role;
  if (values.password !== '') change.password = values.password;
  return change;
}
