import { hashPassword } from '../security/password-hash.ts';
import { findPasswordProblem } from '../security/password-rules.ts';
import type { AccountStore } from '../stores/accounts/store.ts';
import { bySystem } from '../stores/audit/audit-entry.ts';
import type { ServerFactStore } from '../stores/server-facts/store.ts';

/** The process must not start with a first administrator whose password is easily guessed. */
export class FirstAdminError extends Error {
  override readonly name = 'FirstAdminError';
}

/**
 * Unattended set-up from ADMIN_EMAIL and ADMIN_PASSWORD_FILE; does nothing once set-up is done.
 * @returns whether the administrator was made
 * @throws FirstAdminError
 */
export async function createFirstAdmin(
  stores: { accounts: AccountStore; facts: ServerFactStore },
  credentials: { email: string | undefined; password: string | undefined },
): Promise<boolean> {
  const { email, password } = credentials;
  if (email === undefined || password === undefined || stores.facts.isSetUpDone()) return false;
  const problem = findPasswordProblem(password, { email });
  if (problem) throw new FirstAdminError(`ADMIN_PASSWORD_FILE: ${problem.message}`);
  const passwordHash = await hashPassword(password);
  const made = await stores.accounts.setUp({ email, name: 'Administrator', passwordHash }, null, bySystem);
  return made !== null && made !== 'setup-done';
}
