import { ApiError } from '../http/errors.ts';
import type { SetupToken } from '../security/setup-token.ts';
import type { AccountStore } from '../stores/accounts/store.ts';
import type { AuditBy } from '../stores/audit/audit-entry.ts';
import type { AuditStore } from '../stores/audit/store.ts';
import type { ServerFactStore } from '../stores/server-facts/store.ts';
import { hashNewPassword } from './passwords.ts';
import { createSessionToken } from './staff-session.ts';

export type SetUpParts = {
  readonly accounts: AccountStore;
  readonly audit: AuditStore;
  readonly facts: ServerFactStore;
  readonly setupToken: SetupToken;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

export type FirstAdmin = {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
};

const windowMs = 60_000;
const triesPerWindow = 5;

/**
 * Makes the first administrator for whoever has the set-up token, once. Wrong tokens are counted over all addresses:
 * five a minute.
 */
export function createSetUp(parts: SetUpParts) {
  let wrongTries: number[] = [];

  function refuseTooMany(): void {
    const now = parts.now();
    wrongTries = wrongTries.filter((at) => now - at < windowMs);
    const oldest = wrongTries[0];
    if (oldest === undefined || wrongTries.length < triesPerWindow) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((oldest + windowMs - now) / 1000));
    throw new ApiError(
      'too-many-requests',
      `Too many wrong tokens. Try again in ${retryAfterSeconds} seconds.`,
      {
        facts: { retryAfterSeconds },
      },
    );
  }

  async function refuse(
    code: 'setup-token-wrong' | 'setup-done',
    detail: string,
    by: AuditBy,
  ): Promise<never> {
    const subject = { kind: 'server', id: null, name: null };
    await parts.audit.add({ by, action: 'server.set-up-refused', subject, after: { reason: code } });
    throw new ApiError(code, detail, code === 'setup-token-wrong' ? { field: 'token' } : {});
  }

  /** @throws ApiError `setup-done`, `setup-token-wrong`, `password-weak`, `too-many-requests` */
  return async function setUp(
    admin: FirstAdmin,
    place: { remoteAddress: string; userAgent: string; requestId: string },
  ): Promise<{ accountId: string; token: string; tokenHash: string }> {
    const actor = { kind: 'setup', id: null, name: 'Set-up link' } as const;
    const by = { actor, remoteAddress: place.remoteAddress, requestId: place.requestId };
    const done = 'This server has an administrator already. Sign in instead.';
    refuseTooMany();
    // The try counts before the comparison, so that tries sent at once gain nothing.
    wrongTries.push(parts.now());
    if (parts.facts.isSetUpDone()) return refuse('setup-done', done, by);
    if (!(await parts.setupToken.matches(admin.token))) {
      return refuse(
        'setup-token-wrong',
        'This is not the set-up token of this server. Copy it from the terminal, or from the file setup-token in the data directory.',
        by,
      );
    }
    wrongTries.pop();
    const passwordHash = await hashNewPassword(admin.password, admin.email, 'password');
    const { token, tokenHash } = createSessionToken();
    const { name, email } = admin;
    const made = await parts.accounts.setUp({ name, email, passwordHash }, { tokenHash, ...place }, by);
    if (made === 'setup-done' || made === null) return refuse('setup-done', done, by);
    await parts.setupToken.remove();
    return { accountId: made.account.id, token, tokenHash };
  };
}
