import { setImmediate } from 'node:timers/promises';
import type { AuditEntry } from '@gatehouse/contracts/account';
import type { Database } from '../database.ts';
import type { SqlValue } from '../raw.ts';
import { auditStatement, type NewAuditEntry } from './audit-entry.ts';
import { countEntries, listActions, listEntries, listEntriesBelow } from './queries.ts';
import { type AuditRow, toAuditEntry } from './rows.ts';

export type AuditFilter = {
  readonly search?: string | undefined;
  readonly action?: string | undefined;
  readonly actorId?: string | undefined;
  readonly subjectKind?: string | undefined;
  readonly subjectId?: string | undefined;
  /** Instants; `from` included, `to` excluded. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

const exportStep = 1_000;

/** Reads the audit, and writes the entries that stand alone. Changes write theirs in their own batch. */
export class AuditStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** For what is no change, such as a refused sign-in. */
  async add(entry: Omit<NewAuditEntry, 'at'>): Promise<void> {
    const at = this.#database.now();
    await this.#database.write((db) => [auditStatement(db, { ...entry, at })]);
  }

  list(filter: AuditFilter, window: { offset: number; limit: number }) {
    const values = toValues(filter);
    const total = this.#database.sql.get<{ total: number }>(countEntries, ...values)?.total ?? 0;
    const rows = this.#database.sql.all<AuditRow>(listEntries, ...values, window.limit, window.offset);
    return { total, offset: window.offset, items: rows.map(toAuditEntry) };
  }

  /** Every action that occurs, for a filter. */
  actions(): readonly string[] {
    return this.#database.sql.column<string>(listActions);
  }

  /** All entries of the filter, newest first, a thousand at a time; entries are never changed, so no snapshot is needed. */
  async *all(filter: AuditFilter): AsyncIterable<readonly AuditEntry[]> {
    const values = toValues(filter);
    let below = Number.MAX_SAFE_INTEGER;
    for (;;) {
      const rows = this.#database.sql.all<AuditRow>(listEntriesBelow, ...values, below, exportStep);
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map(toAuditEntry);
      below = last.id;
      await setImmediate();
    }
  }
}

function toValues(filter: AuditFilter): SqlValue[] {
  const search = filter.search ? `%${filter.search.replaceAll(/[\\%_]/g, '\\$&')}%` : null;
  return [
    search,
    filter.action ?? null,
    filter.actorId ?? null,
    filter.subjectKind ?? null,
    filter.subjectId ?? null,
    filter.from ? Date.parse(filter.from) : null,
    filter.to ? Date.parse(filter.to) : null,
  ];
}
