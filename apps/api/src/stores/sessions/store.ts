import type { Session, StaffRole } from '@gatehouse/contracts/account';
import {
  absoluteLimitMs,
  idleLimitMs,
  type StaffSession,
  type StaffSessionReader,
  touchEveryMs,
} from '../../staff/staff-session.ts';
import { noteSignIn } from '../accounts/queries.ts';
import { type AuditBy, auditIfChanged } from '../audit/audit-entry.ts';
import type { Database } from '../database.ts';
import { randomPublicId } from '../random-id.ts';
import { statement, toInstant } from '../raw.ts';
import {
  countSessions,
  deleteOverSessions,
  deleteSession,
  deleteSessionOfAccount,
  deleteSessionsOfAccount,
  findForList,
  findSession,
  hashOfSession,
  insertSession,
  listSessions,
  touchSession,
} from './queries.ts';

/** A session about to be made. */
export type NewSession = {
  readonly tokenHash: string;
  readonly remoteAddress: string;
  readonly userAgent: string;
};

type FoundRow = {
  tokenHash: string;
  sessionId: string;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
  accountKey: number;
  accountId: string;
  email: string;
  name: string;
  role: StaffRole;
};

type ListRow = {
  tokenHash: string;
  publicId: string;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
  remoteAddress: string;
  userAgent: string;
};

type SignedInAccount = { key: number; id: string; name: string; passwordHash: string };

/** Sessions of the staff. Every change of one writes its audit entry in the same batch. */
export class SessionStore implements StaffSessionReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(tokenHash: string): Promise<StaffSession | null> {
    const session = this.#read(tokenHash);
    if (session === null) return null;
    const now = this.#database.now();
    if (now - session.lastSeenAt < touchEveryMs) return session;
    await this.#database.write((db) => [statement(db, touchSession, now, tokenHash, now - touchEveryMs + 1)]);
    return { ...session, lastSeenAt: now };
  }

  /** As the session itself is shown it; null when it is over. */
  describe(tokenHash: string): Session | null {
    const row = this.#database.sql.get<ListRow>(findForList, tokenHash);
    return row && this.#read(tokenHash) ? toSession(row, true) : null;
  }

  async isLive(tokenHash: string): Promise<boolean> {
    return this.#read(tokenHash) !== null;
  }

  /** Values for `insertSession` and `insertSessionIfChanged`, before those that name the account. */
  valuesOf(session: NewSession): [string, string, number, number, number, string, string] {
    const now = this.#database.now();
    const { tokenHash, remoteAddress, userAgent } = session;
    return [tokenHash, randomPublicId(), now, now, now + absoluteLimitMs, remoteAddress, userAgent];
  }

  /**
   * Signs in: a new session in place of the one that the browser had, and the old ones of everybody swept away.
   * False when the account was disabled, or its password changed, in the meantime.
   */
  async begin(
    account: SignedInAccount,
    session: NewSession,
    options: { by: AuditBy; replaces: string | null },
  ) {
    const at = this.#database.now();
    const entry = {
      at,
      by: options.by,
      action: 'session.signed-in',
      subject: { kind: 'account', id: account.id, name: account.name },
    } as const;
    const [made] = await this.#database.write((db) => [
      statement(db, insertSession, ...this.valuesOf(session), account.key, account.passwordHash),
      auditIfChanged(db, entry),
      statement(db, noteSignIn, at, account.key),
      statement(db, deleteSession, options.replaces ?? ''),
      statement(db, deleteOverSessions, at, at - idleLimitMs),
    ]);
    return made > 0;
  }

  list(accountKey: number, window: { offset: number; limit: number }, currentTokenHash: string | null) {
    const { sql, now } = this.#database;
    const live = [accountKey, now(), now() - idleLimitMs] as const;
    const total = sql.get<{ total: number }>(countSessions, ...live)?.total ?? 0;
    const rows = sql.all<ListRow>(listSessions, ...live, window.limit, window.offset);
    const items = rows.map((row) => toSession(row, row.tokenHash === currentTokenHash));
    return { total, offset: window.offset, items };
  }

  async signOut(session: StaffSession, by: AuditBy): Promise<void> {
    const at = this.#database.now();
    const { id, name } = session.account;
    await this.#database.write((db) => [
      statement(db, deleteSession, session.tokenHash),
      auditIfChanged(db, { at, by, action: 'session.signed-out', subject: { kind: 'account', id, name } }),
    ]);
  }

  /** Ends one session of the account; answers the hash of its token, or null when there is none. */
  async end(account: StaffSession['account'], sessionId: string, by: AuditBy): Promise<string | null> {
    const found = this.#database.sql.get<{ tokenHash: string }>(hashOfSession, sessionId, account.key);
    if (!found) return null;
    const at = this.#database.now();
    const subject = { kind: 'account', id: account.id, name: account.name };
    await this.#database.write((db) => [
      statement(db, deleteSessionOfAccount, sessionId, account.key),
      auditIfChanged(db, { at, by, action: 'session.ended', subject }),
    ]);
    return found.tokenHash;
  }

  /** Ends all sessions of an account but one; answers how many. */
  async endAll(
    account: { key: number; id: string; name: string },
    options: { except: string | null; by: AuditBy },
  ): Promise<number> {
    const at = this.#database.now();
    const subject = { kind: 'account', id: account.id, name: account.name };
    const [ended] = await this.#database.write((db) => [
      statement(db, deleteSessionsOfAccount, account.key, options.except ?? ''),
      auditIfChanged(db, { at, by: options.by, action: 'session.all-ended', subject }),
    ]);
    return ended;
  }

  #read(tokenHash: string): StaffSession | null {
    const now = this.#database.now();
    const row = this.#database.sql.get<FoundRow>(findSession, tokenHash, now, now - idleLimitMs);
    if (!row) return null;
    const { accountKey, accountId, email, name, role, ...session } = row;
    return { ...session, account: { key: accountKey, id: accountId, email, name, role } };
  }
}

function toSession(row: ListRow, current: boolean): Session {
  return {
    id: row.publicId,
    current,
    createdAt: toInstant(row.createdAt),
    lastSeenAt: toInstant(row.lastSeenAt),
    expiresAt: toInstant(sessionEnd(row)),
    remoteAddress: row.remoteAddress,
    userAgent: row.userAgent,
  };
}

/** When the session ends if nothing more is done with it. */
export function sessionEnd(session: { lastSeenAt: number; expiresAt: number }): number {
  return Math.min(session.expiresAt, session.lastSeenAt + idleLimitMs);
}
