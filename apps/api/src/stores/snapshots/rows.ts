import type { SnapshotFacts, SourceGroupRow, SourceUserRow } from '@gatehouse/sync/source';
import { isUnreadable } from '@gatehouse/sync/source';

/** As the upserts take it: [external id, failed, record]. */
export function fromSourceRow(row: SourceUserRow | SourceGroupRow): [string, 0 | 1, string] {
  return [row.externalId, isUnreadable(row) ? 1 : 0, JSON.stringify(row)];
}

/** Kept JSON of ours, written by `fromSourceRow`. */
export function toSourceUser(record: string): SourceUserRow {
  return JSON.parse(record) as SourceUserRow;
}

export function toSourceGroup(record: string): SourceGroupRow {
  return JSON.parse(record) as SourceGroupRow;
}

/** Facts carry a `schema` number; 1 is the only one so far. @throws Error for one of a newer version */
export function toFacts(stored: string): SnapshotFacts {
  const facts = JSON.parse(stored) as SnapshotFacts;
  if (facts.schema !== 1) throw new Error(`snapshot facts of schema ${String(facts.schema)} are not known`);
  return facts;
}
