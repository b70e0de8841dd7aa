import { type RunKey, SyncError } from '@gatehouse/sync/ports';
import { jsonList, type SqlValue } from '../raw.ts';
import { eachRow, type Step, type Steps, step } from '../step-writer.ts';
import * as sql from './apply-queries.ts';
import type { Chunk, ChunkSlice } from './chunk.ts';
import type { ChunkNames } from './held-names.ts';
import { createdGroups, createdUsers, updatedGroups, updatedUsers } from './subject-rows.ts';

export type ChunkInput = {
  readonly planId: number;
  readonly key: RunKey;
  readonly directoryId: number;
  readonly chunk: Chunk;
  readonly names: { readonly users: ChunkNames; readonly groups: ChunkNames };
  readonly now: number;
  /** A new epoch instead of events; null: neither, the chunk is in the middle of such a plan. */
  readonly announcement: 'events' | { readonly epoch: string } | null;
};

type Run = (text: string, ...more: SqlValue[]) => Step;

/**
 * One chunk as the steps of one transaction; answers how many rows were applied. What drifted is marked and names are
 * freed in the whole chunk before anything is given, so that two subjects may swap theirs.
 * @throws SyncError `lease-lost`
 */
export function* chunkSteps(input: ChunkInput): Steps<number> {
  const { planId, key, chunk, announcement, directoryId } = input;
  const lease = [planId, key.connectorId, key.fence];
  const held = yield step(sql.findLease, ...lease);
  if (held === 0) throw new SyncError('lease-lost');

  const runOf =
    ({ first, last }: { first: number; last: number }): Run =>
    (text, ...more) =>
      step(text, ...lease, first, last, ...more);
  for (const slice of chunk.slices) yield* markDrift(runOf(slice), slice);
  yield* freeNames(runOf(chunk), input);
  for (const slice of chunk.slices) yield* deleteGroups(runOf(slice), slice);
  let applied = 0;
  for (const slice of chunk.slices) {
    const run = runOf(slice);
    yield* writeGroups(slice, input);
    yield* writeUsers(run, slice, input);
    if (announcement === 'events') yield run(sql.insertEvents, input.now, directoryId);
    applied += yield run(sql.markApplied);
  }
  if (typeof announcement === 'object' && announcement !== null) {
    yield step(sql.raiseEpoch, ...lease, announcement.epoch, directoryId);
  }
  return applied;
}

function* markDrift(run: Run, slice: ChunkSlice): Steps<void> {
  if (slice.groups.length > 0) for (const text of sql.markDrift.group) yield run(text);
  if (slice.users.length > 0) for (const text of sql.markDrift.user) yield run(text);
}

function* freeNames(run: Run, { names: { users, groups } }: ChunkInput): Steps<void> {
  const held = [...users.held, ...groups.held];
  if (held.length > 0) yield run(sql.markNameHeld, jsonList(held));
  if (groups.moving.length > 0) yield run(sql.freeGroupNames, jsonList(groups.moving));
  if (users.moving.length > 0) yield run(sql.freeUserNames, jsonList(users.moving));
}

function* deleteGroups(run: Run, { groups }: ChunkSlice): Steps<void> {
  if (!groups.some((group) => group.operation === 'delete')) return;
  yield run(sql.deleteOwnMembershipsOfGroups);
  yield run(sql.addLosses);
  yield run(sql.deleteMembershipsOfGroups);
  yield run(sql.deleteGroups);
}

function* writeGroups({ groups }: ChunkSlice, input: ChunkInput): Steps<void> {
  const [created, updated] = partition(groups.filter((group) => group.operation !== 'delete'));
  if (updated.length > 0) yield eachRow(sql.updateGroup, updatedGroups(updated, input));
  if (created.length > 0) yield eachRow(sql.insertGroup, createdGroups(created, input));
}

function* writeUsers(run: Run, { users }: ChunkSlice, input: ChunkInput): Steps<void> {
  const [created, updated] = partition(users);
  if (updated.length > 0) yield eachRow(sql.updateUser, updatedUsers(updated, input));
  if (created.length > 0) yield eachRow(sql.insertUser, createdUsers(created, input));
  if (users.some((user) => user.groupsLost > 0)) {
    yield run(sql.removeMemberships);
    yield run(sql.addLosses);
  }
  if (users.some((user) => user.groupsGained > 0)) {
    yield run(sql.insertMemberships);
    yield run(sql.addGains);
  }
}

/** Who is not there yet, and who is. */
function partition<Row extends { subjectId: number | null }>(rows: readonly Row[]): [Row[], Row[]] {
  const created = rows.filter((row) => row.subjectId === null);
  return [created, rows.filter((row) => row.subjectId !== null)];
}
