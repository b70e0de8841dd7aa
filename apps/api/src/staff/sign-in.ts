import { foldName } from '@gatehouse/mapping/fold-name';
import { ApiError } from '../http/errors.ts';
import {
  hashPassword,
  needsRehash,
  verifyAgainstNothing,
  verifyPassword,
} from '../security/password-hash.ts';
import type { RateGate } from '../security/rate-gate.ts';
import type { AccountStore } from '../stores/accounts/store.ts';
import type { AuditBy } from '../stores/audit/audit-entry.ts';
import type { AuditStore } from '../stores/audit/store.ts';
import type { SessionStore } from '../stores/sessions/store.ts';
import { createSessionToken, hashSessionToken } from './staff-session.ts';

/** Where a sign-in comes from. */
export type SignInPlace = {
  readonly remoteAddress: string;
  readonly userAgent: string;
  readonly requestId: string;
  /** The session cookie that the browser had before; its session ends. */
  readonly formerToken: string | null;
};

export type SignInParts = {
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly audit: AuditStore;
  readonly gate: RateGate;
};

/**
 * Signs in. The answer and its time are the same for a wrong password, an unknown e-mail and a disabled account.
 * @returns the account's id and the token for the cookie
 * @throws ApiError `sign-in-failed`, `too-many-requests`
 */
export async function signIn(
  parts: SignInParts,
  credentials: { email: string; password: string },
  place: SignInPlace,
): Promise<{ accountId: string; token: string; tokenHash: string }> {
  const attempt = { account: foldName(credentials.email), address: place.remoteAddress };
  admit(parts.gate, attempt);
  const account = parts.accounts.findForSignIn(credentials.email);
  const isRight = account?.enabled
    ? await verifyPassword(credentials.password, account.passwordHash)
    : await verifyAgainstNothing(credentials.password);
  if (!account || !isRight) {
    await noteFailure(parts.audit, account, place);
    throw signInFailed();
  }
  parts.gate.succeeded(attempt);
  const passwordHash = await refreshHash(parts.accounts, account, credentials.password);
  const { token, tokenHash } = createSessionToken();
  const by: AuditBy = {
    actor: { kind: 'account', id: account.id, name: account.name },
    remoteAddress: place.remoteAddress,
    requestId: place.requestId,
  };
  const replaces = place.formerToken === null ? null : hashSessionToken(place.formerToken);
  const begun = await parts.sessions.begin(
    { ...account, passwordHash },
    { tokenHash, ...place },
    { by, replaces },
  );
  if (!begun) throw signInFailed();
  return { accountId: account.id, token, tokenHash };
}

function signInFailed(): ApiError {
  return new ApiError('sign-in-failed', 'E-mail or password is wrong.');
}

/** @throws ApiError `too-many-requests` with the wait */
export function admit(gate: RateGate, attempt: { account: string; address: string }): void {
  const admission = gate.enter(attempt);
  if (admission.isAdmitted) return;
  const retryAfterSeconds = Math.max(1, Math.ceil(admission.retryAfterMs / 1000));
  throw new ApiError('too-many-requests', `Too many tries. Try again in ${retryAfterSeconds} seconds.`, {
    facts: { retryAfterSeconds },
  });
}

/** What was typed is not written down: people type passwords into the wrong field. */
async function noteFailure(
  audit: AuditStore,
  account: { id: string; name: string } | null,
  place: SignInPlace,
) {
  await audit.add({
    by: {
      actor: { kind: 'system', id: null, name: 'Sign-in' },
      remoteAddress: place.remoteAddress,
      requestId: place.requestId,
    },
    action: 'session.sign-in-failed',
    subject: { kind: 'account', id: account?.id ?? null, name: account?.name ?? null },
  });
}

async function refreshHash(
  accounts: AccountStore,
  account: { key: number; passwordHash: string },
  password: string,
): Promise<string> {
  if (!needsRehash(account.passwordHash)) return account.passwordHash;
  const fresh = await hashPassword(password);
  await accounts.rehash(account.key, { old: account.passwordHash, new: fresh });
  return fresh;
}
