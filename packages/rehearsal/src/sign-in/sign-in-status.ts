import { changeStatus } from '../org/edit-people.ts';
import { oktaTime } from '../org/fold.ts';
import type { Organisation } from '../org/organisation.ts';
import type { User, UserStatus } from '../org/types.ts';

/** What Okta's sign-in page says to people who cannot come in; who is not listed can. */
const REFUSALS: Readonly<Partial<Record<UserStatus, string>>> = {
  STAGED: 'Unable to sign in',
  PROVISIONED: 'Unable to sign in',
  SUSPENDED: 'Unable to sign in',
  DEPROVISIONED: 'Unable to sign in',
  LOCKED_OUT: 'Your account is locked. Please contact your administrator.',
};

/** Why a person is refused at the sign-in page, in Okta's words; null when they come in. */
export function refusalOf(user: User): string | null {
  return REFUSALS[user.status] ?? null;
}

export function isAbleToSignIn(user: User): boolean {
  return refusalOf(user) === null;
}

/**
 * Notes that a person signed in: `lastLogin` moves, and somebody whose password had expired or was reset
 * has chosen a new one by now and is ACTIVE again.
 */
export function noteSignIn(organisation: Organisation, user: User, now: number): User {
  const isRecovering = user.status === 'PASSWORD_EXPIRED' || user.status === 'RECOVERY';
  const recovered = isRecovering ? changeStatus(organisation, user, 'unlock', now) : user;
  const signedIn = { ...recovered, lastLogin: oktaTime(now) };
  organisation.putUser(signedIn);
  return signedIn;
}
