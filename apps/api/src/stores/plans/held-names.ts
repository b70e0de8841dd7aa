import { jsonList } from '../raw.ts';
import type { SqlReader } from '../sql-reader.ts';
import * as sql from './apply-queries.ts';

/** What a row of a chunk wants to be called: null when its subject ends. */
export type NameClaim = {
  readonly seq: number;
  readonly subjectId: number | null;
  readonly plannedRevision: number | null;
  readonly externalId: string;
  readonly folded: string | null;
};

export type ChunkNames = {
  /** Rows whose name is held by somebody whom the chunk does not free of it. */
  readonly held: readonly number[];
  /** Ids of subjects whose folded name changes. */
  readonly moving: readonly number[];
};

type SubjectRow = { id: number; revision: number; folded: string };
type HolderRow = { id: number; folded: string };

const queries = {
  user: {
    subjects: sql.selectUserSubjects,
    holders: sql.selectUserHolders,
    existing: sql.selectExistingUsers,
  },
  group: {
    subjects: sql.selectGroupSubjects,
    holders: sql.selectGroupHolders,
    existing: sql.selectExistingGroups,
  },
} as const;

/**
 * Finds which rows of a chunk cannot have their names. Two subjects may swap; a row that drifts keeps its name, which
 * may hold up another one, and so on until nothing changes.
 */
export function findNames(
  reader: SqlReader,
  subject: sql.Subject,
  options: {
    readonly connectorId: number;
    readonly directoryId: number;
    readonly claims: readonly NameClaim[];
  },
): ChunkNames {
  const { connectorId, directoryId, claims } = options;
  const text = queries[subject];
  const ids = claims.flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId]));
  const subjects = new Map(
    reader.all<SubjectRow>(text.subjects, jsonList(ids)).map((row) => [row.id, row] as const),
  );
  const created = claims.flatMap((claim) => (claim.subjectId === null ? [claim.externalId] : []));
  const existing = new Set(reader.column<string>(text.existing, jsonList(created), connectorId));
  const names = [...new Set(claims.flatMap(({ folded }) => (folded === null ? [] : [folded])))];
  const holders = new Map(
    reader
      .all<HolderRow>(text.holders, jsonList(names), directoryId)
      .map((row) => [row.folded, row.id] as const),
  );

  const standing = claims.filter((claim) =>
    claim.subjectId === null
      ? !existing.has(claim.externalId)
      : subjects.get(claim.subjectId)?.revision === claim.plannedRevision,
  );
  const held = settle(standing, holders);
  const moving = standing.flatMap(({ subjectId, seq, folded }) => {
    if (subjectId === null || held.has(seq)) return [];
    return subjects.get(subjectId)?.folded === folded ? [] : [subjectId];
  });
  return { held: [...held], moving };
}

function settle(claims: readonly NameClaim[], holders: ReadonlyMap<string, number>): ReadonlySet<number> {
  const held = new Set<number>();
  for (;;) {
    const standing = claims.filter((claim) => !held.has(claim.seq));
    const wanted = new Map<number, string | null>();
    for (const { subjectId, folded } of standing) if (subjectId !== null) wanted.set(subjectId, folded);
    const taken = new Set<string>();
    const before = held.size;
    for (const { seq, subjectId, folded } of standing) {
      if (folded === null) continue;
      const holder = holders.get(folded);
      const isFree =
        holder === undefined || holder === subjectId || (wanted.has(holder) && wanted.get(holder) !== folded);
      if (isFree && !taken.has(folded)) taken.add(folded);
      else held.add(seq);
    }
    if (held.size === before) return held;
  }
}
