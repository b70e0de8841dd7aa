import type { GroupAttributes } from '@gatehouse/directory/directory-person';
import { foldName } from '@gatehouse/mapping/fold-name';
import type { UserState } from '@gatehouse/sync/change';
import { randomPublicId } from '../random-id.ts';
import { jsonList } from '../raw.ts';
import type { SqlReader } from '../sql-reader.ts';
import * as sql from './apply-queries.ts';
import { type StoredSource, searchOfGroup, searchOfUser } from './rows.ts';

/** Subjects of one chunk: its transaction is one step that nothing interrupts. */
const chunkSize = 200;
/** Memberships of one chunk, unless a single person has more. */
const chunkMemberships = 2_000;

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

/** The next pending rows of a plan, read and folded; the statements of the batch test everything again. */
export type Chunk = {
  readonly first: number;
  readonly last: number;
  readonly users: readonly ChunkUser[];
  readonly groups: readonly ChunkGroup[];
};

export function readChunk(reader: SqlReader, planId: number): Chunk | null {
  const rows = withinMemberships(reader.all<StoredRow>(sql.selectChunk, planId, chunkSize));
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return null;

  const groups = rows.filter((row) => row.subject === 'group').map(toGroup);
  const users = rows.filter((row) => row.subject === 'user').map(toUser);
  return { first: first.seq, last: last.seq, users, groups };
}

function withinMemberships(rows: readonly StoredRow[]): readonly StoredRow[] {
  let memberships = 0;
  const end = rows.findIndex((row, index) => {
    memberships += row.groupsGained + row.groupsLost;
    return index > 0 && memberships > chunkMemberships;
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

/** For `updateGroups` and `insertGroups`. */
export function groupRows(groups: readonly ChunkGroup[]): string {
  return jsonList(
    groups.flatMap(({ seq, state, folded, subjectId }) =>
      state === null
        ? []
        : [[seq, randomPublicId(), state.name, folded, state.description, searchOfGroup(state), subjectId]],
    ),
  );
}

/** For `updateUsers` and `insertUsers`. */
export function userRows(users: readonly ChunkUser[]): string {
  return jsonList(
    users.map(({ seq, state, folded, source, subjectId }) => [
      ...[seq, randomPublicId(), state.username, folded, state.email, state.firstName, state.lastName],
      ...[state.displayName, state.active ? 1 : 0, statusOf(source), searchOfUser(state), subjectId],
    ]),
  );
}

function statusOf(source: string | null): string | null {
  return source === null ? null : (JSON.parse(source) as StoredSource).status;
}
