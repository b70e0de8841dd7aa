import type { Account, StaffRole } from '@gatehouse/contracts/account';
import { foldName } from '@gatehouse/mapping/fold-name';
import { idleLimitMs } from '../../staff/staff-session.ts';
import { type AuditBy, auditIfChanged } from '../audit/audit-entry.ts';
import type { Database } from '../database.ts';
import { randomPublicId } from '../random-id.ts';
import { statement, toInstant, toInstantOrNull } from '../raw.ts';
import { insertFactOnce } from '../server-facts/queries.ts';
import { deleteSessionsIfChanged, insertSessionIfChanged } from '../sessions/queries.ts';
import type { NewSession, SessionStore } from '../sessions/store.ts';
import {
  countAccounts,
  deleteAccount,
  findAccount,
  findForSignIn,
  findPasswordHash,
  insertAccount,
  insertFirstAdmin,
  isEmailTaken,
  listAccounts,
  noteFirstSignIn,
  rehashPassword,
  updateAccount,
  updatePassword,
} from './queries.ts';

/** An account with the key of its row, which never leaves the process. */
export type AccountRecord = { readonly key: number; readonly account: Account };

export type NewAccount = {
  readonly email: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly passwordHash: string;
};

export type AccountChange = {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly role?: StaffRole | undefined;
  readonly enabled?: boolean | undefined;
  readonly passwordHash?: string | undefined;
};

type Row = Omit<Account, 'createdAt' | 'passwordSetAt' | 'lastSignedInAt' | 'enabled'> & {
  key: number;
  enabled: number;
  createdAt: number;
  passwordSetAt: number;
  lastSignedInAt: number | null;
};

/** Staff accounts. Every change writes its audit entry in the same batch; refusals are answers, not errors. */
export class AccountStore {
  readonly #database: Database;
  readonly #sessions: SessionStore;

  constructor(database: Database, sessions: SessionStore) {
    this.#database = database;
    this.#sessions = sessions;
  }

  find(accountId: string): AccountRecord | null {
    const { sql, now } = this.#database;
    const row = sql.get<Row>(findAccount, now(), now() - idleLimitMs, accountId);
    return row ? toRecord(row) : null;
  }

  /** Any account with this e-mail, disabled ones too. */
  findForSignIn(email: string) {
    type SignInRow = { key: number; id: string; name: string; passwordHash: string; enabled: number };
    const row = this.#database.sql.get<SignInRow>(findForSignIn, foldName(email));
    return row ? { ...row, enabled: row.enabled === 1 } : null;
  }

  passwordHashOf(key: number): string | null {
    const row = this.#database.sql.get<{ passwordHash: string }>(findPasswordHash, key);
    return row?.passwordHash ?? null;
  }

  list(window: { offset: number; limit: number; search?: string | undefined }) {
    const { sql, now } = this.#database;
    const pattern = `%${foldName(window.search ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`;
    const total = sql.get<{ total: number }>(countAccounts, pattern, pattern)?.total ?? 0;
    const rows = sql.all<Row>(
      listAccounts,
      now(),
      now() - idleLimitMs,
      pattern,
      pattern,
      window.limit,
      window.offset,
    );
    return { total, offset: window.offset, items: rows.map((row) => toRecord(row).account) };
  }

  /** Marks the set-up as done, makes the first administrator and signs in, all or nothing. */
  async setUp(account: Omit<NewAccount, 'role'>, session: NewSession | null, by: AuditBy) {
    const id = randomPublicId();
    const { email, name, passwordHash } = account;
    const at = this.#database.now();
    const entry = {
      at,
      by,
      action: 'server.set-up',
      subject: { kind: 'account', id, name },
      after: { email, name, role: 'admin' },
    } as const;
    const [flagged] = await this.#database.write((db) => [
      statement(db, insertFactOnce, 'setup-done', new Date(at).toISOString(), at),
      statement(db, insertFirstAdmin, id, email, foldName(email), name, passwordHash, at, 'admin'),
      auditIfChanged(db, entry),
      ...(session
        ? [
            statement(db, insertSessionIfChanged, ...this.#sessions.valuesOf(session), id),
            statement(db, noteFirstSignIn, at, id),
          ]
        : []),
    ]);
    return flagged > 0 ? this.find(id) : ('setup-done' as const);
  }

  async create(account: NewAccount, by: AuditBy): Promise<AccountRecord | 'email-taken'> {
    const id = randomPublicId();
    const { email, name, role, passwordHash } = account;
    const at = this.#database.now();
    const subject = { kind: 'account', id, name };
    await this.#database.write((db) => [
      statement(db, insertAccount, id, email, foldName(email), name, passwordHash, at, role),
      auditIfChanged(db, { at, by, action: 'account.created', subject, after: { email, name, role } }),
    ]);
    return this.find(id) ?? 'email-taken';
  }

  /** A new role, password or disabling ends all sessions of the account in the same batch. */
  async change(
    record: AccountRecord,
    change: AccountChange,
    by: AuditBy,
  ): Promise<AccountRecord | 'email-taken' | 'last-admin' | 'not-found'> {
    const { key, account: before } = record;
    const { email, name, role, enabled } = { ...before, ...withoutUndefined(change) };
    const hasNewPassword = change.passwordHash !== undefined;
    const endsSessions = role !== before.role || !enabled || hasNewPassword;
    const at = this.#database.now();
    const subject = { kind: 'account', id: before.id, name: before.name };
    const difference = differenceOf(before, { email, name, role, enabled });
    if (hasNewPassword) difference.after.password = 'changed';
    const entry = { at, by, action: 'account.changed', subject, ...difference } as const;
    const values = [key, email, foldName(email), name, role, enabled ? 1 : 0] as const;
    const [changed] = await this.#database.write((db) => [
      statement(db, updateAccount, ...values, change.passwordHash ?? null, at),
      auditIfChanged(db, entry),
      ...(endsSessions ? [statement(db, deleteSessionsIfChanged, key)] : []),
    ]);
    if (changed > 0) return this.find(before.id) ?? 'not-found';
    if (!this.find(before.id)) return 'not-found';
    const taken = this.#database.sql.get(isEmailTaken, foldName(email), before.id);
    return taken ? 'email-taken' : 'last-admin';
  }

  /** Sessions go with the account. */
  async remove(record: AccountRecord, by: AuditBy): Promise<'removed' | 'last-admin' | 'not-found'> {
    const { id, name, email, role } = record.account;
    const at = this.#database.now();
    const subject = { kind: 'account', id, name };
    const [removed] = await this.#database.write((db) => [
      statement(db, deleteAccount, record.key),
      auditIfChanged(db, { at, by, action: 'account.removed', subject, before: { email, name, role } }),
    ]);
    if (removed > 0) return 'removed';
    return this.find(id) ? 'last-admin' : 'not-found';
  }

  /** Ends all sessions and begins a new one. False when the password changed in the meantime. */
  async changePassword(
    account: { key: number; id: string; name: string },
    hashes: { old: string; new: string },
    options: { session: NewSession; by: AuditBy },
  ): Promise<boolean> {
    const at = this.#database.now();
    const subject = { kind: 'account', id: account.id, name: account.name };
    const [changed] = await this.#database.write((db) => [
      statement(db, updatePassword, hashes.new, at, at, account.key, hashes.old),
      auditIfChanged(db, { at, by: options.by, action: 'account.password-changed', subject }),
      statement(db, deleteSessionsIfChanged, account.key),
      statement(db, insertSessionIfChanged, ...this.#sessions.valuesOf(options.session), account.id),
    ]);
    return changed > 0;
  }

  /** After a sign-in with a hash of an older recipe. */
  async rehash(key: number, hashes: { old: string; new: string }): Promise<void> {
    await this.#database.write((db) => [statement(db, rehashPassword, hashes.new, key, hashes.old)]);
  }
}

function toRecord({ key, ...row }: Row): AccountRecord {
  return {
    key,
    account: {
      ...row,
      enabled: row.enabled === 1,
      createdAt: toInstant(row.createdAt),
      passwordSetAt: toInstant(row.passwordSetAt),
      lastSignedInAt: toInstantOrNull(row.lastSignedInAt),
    },
  };
}

function withoutUndefined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

type Audited = Pick<Account, 'email' | 'name' | 'role' | 'enabled'>;

/** Only what differs. */
function differenceOf(before: Audited, after: Audited) {
  const keys = (Object.keys(after) as (keyof Audited)[]).filter((key) => before[key] !== after[key]);
  const pick = (from: Audited): Record<string, unknown> =>
    Object.fromEntries(keys.map((key) => [key, from[key]]));
  return { before: pick(before), after: pick(after) };
}
