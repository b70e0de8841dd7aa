import { setImmediate } from 'node:timers/promises';
import type { GroupAttributes } from '@gatehouse/directory/directory-person';
import { foldName } from '@gatehouse/mapping/fold-name';
import type { UserState } from '@gatehouse/sync/change';
import type { SqlReader } from '../sql-reader.ts';
import * as sql from './apply-queries.ts';
import type { StoredSource } from './rows.ts';

/** Subjects and memberships of one chunk, which is one transaction; one person alone may have more. */
const chunkSize = 2_000;
const chunkMemberships = 20_000;
/** Subjects and memberships of one statement, which nothing interrupts. */
const sliceSize = 250;
const sliceMemberships = 2_000;

type StoredRow = {
  seq: number;
  subject: sql.Subject;
  operation: string;
  subjectId: number | null;
  plannedRevision: number | null;
  externalId: string;
  groupsGained: number;
  groupsLost: number;
  after: string | null;
  source: string | null;
};

export type ChunkUser = StoredRow & { readonly state: UserState; readonly folded: string };
export type ChunkGroup = StoredRow & {
  readonly state: GroupAttributes | null;
  readonly folded: string | null;
};

/** Rows of one statement. */
export type ChunkSlice = {
  readonly first: number;
  readonly last: number;
  readonly users: readonly ChunkUser[];
  readonly groups: readonly ChunkGroup[];
};

/** The next pending rows of a plan, read and folded; the statements of the transaction test everything again. */
export type Chunk = ChunkSlice & { readonly slices: readonly ChunkSlice[] };

export async function readChunk(reader: SqlReader, planId: number): Promise<Chunk | null> {
  const slices: ChunkSlice[] = [];
  let subjects = 0;
  let memberships = 0;
  let after = -1;
  while (subjects < chunkSize && memberships < chunkMemberships) {
    const limit = Math.min(sliceSize, chunkSize - subjects);
    const rows = withinMemberships(reader.all<StoredRow>(sql.selectSlice, planId, after, limit));
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) break;
    const groups = rows.filter((row) => row.subject === 'group').map(toGroup);
    const users = rows.filter((row) => row.subject === 'user').map(toUser);
    slices.push({ first: first.seq, last: last.seq, users, groups });
    subjects += rows.length;
    memberships += countMemberships(rows);
    after = last.seq;
    await setImmediate();
  }
  const [first, last] = [slices[0], slices.at(-1)];
  if (first === undefined || last === undefined) return null;
  return {
    first: first.first,
    last: last.last,
    users: slices.flatMap(({ users }) => users),
    groups: slices.flatMap(({ groups }) => groups),
    slices,
  };
}

function countMemberships(rows: readonly StoredRow[]): number {
  return rows.reduce((sum, row) => sum + row.groupsGained + row.groupsLost, 0);
}

function withinMemberships(rows: readonly StoredRow[]): readonly StoredRow[] {
  let memberships = 0;
  const end = rows.findIndex((row, index) => {
    memberships += row.groupsGained + row.groupsLost;
    return index > 0 && memberships > sliceMemberships;
  });
  return end === -1 ? rows : rows.slice(0, end);
}

function toGroup(row: StoredRow): ChunkGroup {
  const state = row.after === null ? null : (JSON.parse(row.after) as GroupAttributes);
  return { ...row, state, folded: state === null ? null : foldName(state.name) };
}

function toUser(row: StoredRow): ChunkUser {
  if (row.after === null)
    throw new TypeError(`row ${row.seq} of a plan writes a person and says nothing of them`);
  const state = JSON.parse(row.after) as UserState;
  return { ...row, state, folded: foldName(state.username) };
}

/** The source's own word for a person's state. */
export function statusOf({ source }: ChunkUser): string | null {
  return source === null ? null : (JSON.parse(source) as StoredSource).status;
}
