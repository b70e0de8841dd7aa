import { accountEndpoints } from '@gatehouse/contracts/endpoints/account-endpoints';
import { liveTopics } from '@gatehouse/contracts/live-events';
import { ApiError } from '../http/errors.ts';
import { implement, type RequestFacts, type RoutesFor } from '../http/route.ts';
import type { LiveHub } from '../http/server-sent-events.ts';
import { verifyPassword } from '../security/password-hash.ts';
import { hashNewPassword } from '../staff/passwords.ts';
import { createSetUp, type SetUpParts } from '../staff/set-up.ts';
import { admit, type SignInParts, signIn } from '../staff/sign-in.ts';
import { createSessionToken } from '../staff/staff-session.ts';
import { auditBy } from './audit-by.ts';

export type SessionRouteParts = SetUpParts & SignInParts & { readonly live: LiveHub };

type Names =
  | 'setUp'
  | 'signIn'
  | 'getSession'
  | 'signOut'
  | 'changePassword'
  | 'listSessions'
  | 'endSession'
  | 'endOtherSessions';

/** Set-up, sign-in and what people do with their own sessions. */
export function sessionRoutes(parts: SessionRouteParts): RoutesFor<Pick<typeof accountEndpoints, Names>> {
  const { accounts, sessions, audit, live, gate } = parts;
  const setUp = createSetUp(parts);

  /** The answer of everything that signs in. */
  function signedIn(accountId: string, tokenHash: string) {
    const record = accounts.find(accountId);
    const session = sessions.describe(tokenHash);
    if (!record || !session) throw new ApiError('not-signed-in', 'The session is over.');
    return { account: record.account, session };
  }

  return {
    setUp: implement(accountEndpoints.setUp, async ({ body, request, cookie }) => {
      const { accountId, token, tokenHash } = await setUp(body, placeOf(request));
      cookie.set(token);
      for (const topic of [liveTopics.server, liveTopics.accounts, liveTopics.audit]) live.publish(topic);
      return signedIn(accountId, tokenHash);
    }),

    signIn: implement(accountEndpoints.signIn, async ({ body, request, cookie }) => {
      const place = { ...placeOf(request), formerToken: cookie.read() };
      const { accountId, token, tokenHash } = await signIn(parts, body, place);
      cookie.set(token);
      live.publish(liveTopics.audit);
      return signedIn(accountId, tokenHash);
    }),

    getSession: implement(accountEndpoints.getSession, async ({ session }) =>
      signedIn(session.account.id, session.tokenHash),
    ),

    signOut: implement(accountEndpoints.signOut, async ({ session, request, cookie }) => {
      await sessions.signOut(session, auditBy(session, request));
      live.endSession(session.tokenHash);
      cookie.clear();
    }),

    changePassword: implement(accountEndpoints.changePassword, async ({ session, body, request, cookie }) => {
      const { account } = session;
      const attempt = { account: `password of ${account.id}`, address: request.remoteAddress };
      admit(gate, attempt);
      const old = accounts.passwordHashOf(account.key);
      if (old === null || !(await verifyPassword(body.currentPassword, old))) {
        const { id, name } = account;
        const subject = { kind: 'account', id, name };
        await audit.add({ by: auditBy(session, request), action: 'account.password-refused', subject });
        live.publish(liveTopics.audit);
        throw new ApiError('password-wrong', 'The current password is wrong.', { field: 'currentPassword' });
      }
      gate.succeeded(attempt);
      const hashes = { old, new: await hashNewPassword(body.newPassword, account.email, 'newPassword') };
      const { token, tokenHash } = createSessionToken();
      const options = { session: { tokenHash, ...placeOf(request) }, by: auditBy(session, request) };
      if (!(await accounts.changePassword(account, hashes, options))) {
        throw new ApiError('password-wrong', 'The password was changed elsewhere just now.', {
          field: 'currentPassword',
        });
      }
      cookie.set(token);
      live.endAccount(account.key);
      return signedIn(account.id, tokenHash);
    }),

    listSessions: implement(accountEndpoints.listSessions, async ({ session, query }) =>
      sessions.list(session.account.key, query, session.tokenHash),
    ),

    endSession: implement(accountEndpoints.endSession, async ({ session, params, request, cookie }) => {
      const ended = await sessions.end(session.account, params.sessionId, auditBy(session, request));
      if (ended === null) throw new ApiError('not-found', 'This session is over already.');
      live.endSession(ended);
      if (ended === session.tokenHash) cookie.clear();
    }),

    endOtherSessions: implement(accountEndpoints.endOtherSessions, async ({ session, request }) => {
      const { account, tokenHash } = session;
      const ended = await sessions.endAll(account, { except: tokenHash, by: auditBy(session, request) });
      live.endAccount(account.key, tokenHash);
      return { ended };
    }),
  };
}

function placeOf(request: RequestFacts) {
  return { remoteAddress: request.remoteAddress, userAgent: request.userAgent, requestId: request.id };
}
