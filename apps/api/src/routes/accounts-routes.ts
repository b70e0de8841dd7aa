import { accountEndpoints } from '@gatehouse/contracts/endpoints/account-endpoints';
import { liveTopics } from '@gatehouse/contracts/live-events';
import { ApiError } from '../http/errors.ts';
import { implement, type RoutesFor } from '../http/route.ts';
import type { LiveHub } from '../http/server-sent-events.ts';
import { hashNewPassword } from '../staff/passwords.ts';
import type { AccountRecord, AccountStore } from '../stores/accounts/store.ts';
import type { SessionStore } from '../stores/sessions/store.ts';
import { auditBy } from './audit-by.ts';

export type AccountRouteParts = {
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly live: LiveHub;
};

type Names =
  | 'listAccounts'
  | 'createAccount'
  | 'changeAccount'
  | 'deleteAccount'
  | 'listAccountSessions'
  | 'endAccountSessions';

/** Staff accounts, for administrators. */
export function accountsRoutes(parts: AccountRouteParts): RoutesFor<Pick<typeof accountEndpoints, Names>> {
  const { accounts, sessions, live } = parts;

  function find(accountId: string): AccountRecord {
    const record = accounts.find(accountId);
    if (!record) throw new ApiError('not-found', 'There is no such account (any more).');
    return record;
  }

  function announce(): void {
    live.publish(liveTopics.accounts);
    live.publish(liveTopics.audit);
  }

  return {
    listAccounts: implement(accountEndpoints.listAccounts, async ({ query }) => accounts.list(query)),

    createAccount: implement(accountEndpoints.createAccount, async ({ body, session, request }) => {
      const { email, name, role, password } = body;
      const passwordHash = await hashNewPassword(password, email, 'password');
      const made = await accounts.create({ email, name, role, passwordHash }, auditBy(session, request));
      if (made === 'email-taken') throw refusal(made);
      announce();
      return made.account;
    }),

    changeAccount: implement(accountEndpoints.changeAccount, async ({ params, body, session, request }) => {
      const record = find(params.accountId);
      const { password, ...change } = body;
      const email = change.email ?? record.account.email;
      const passwordHash =
        password === undefined ? undefined : await hashNewPassword(password, email, 'password');
      const changed = await accounts.change(record, { ...change, passwordHash }, auditBy(session, request));
      if (typeof changed === 'string') throw refusal(changed);
      // What ended with the change: a session of an account without any has no stream.
      if (changed.account.sessions === 0) live.endAccount(record.key);
      announce();
      return changed.account;
    }),

    deleteAccount: implement(accountEndpoints.deleteAccount, async ({ params, session, request }) => {
      const record = find(params.accountId);
      const removed = await accounts.remove(record, auditBy(session, request));
      if (removed !== 'removed') throw refusal(removed);
      live.endAccount(record.key);
      announce();
    }),

    listAccountSessions: implement(accountEndpoints.listAccountSessions, async ({ params, query, session }) =>
      sessions.list(find(params.accountId).key, query, session.tokenHash),
    ),

    endAccountSessions: implement(
      accountEndpoints.endAccountSessions,
      async ({ params, session, request }) => {
        const { key, account } = find(params.accountId);
        const by = auditBy(session, request);
        const ended = await sessions.endAll({ key, ...account }, { except: session.tokenHash, by });
        live.endAccount(key, session.tokenHash);
        announce();
        return { ended };
      },
    ),
  };
}

function refusal(reason: 'email-taken' | 'last-admin' | 'not-found'): ApiError {
  if (reason === 'not-found') return new ApiError('not-found', 'There is no such account (any more).');
  if (reason === 'email-taken') {
    return new ApiError('email-taken', 'Another account has this e-mail address.', { field: 'email' });
  }
  return new ApiError(
    'last-admin',
    'This is the last administrator who can sign in. Make another one first, then try again.',
  );
}
