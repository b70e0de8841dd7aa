import type { RunKey } from '@gatehouse/sync/ports';
import type { DatabaseClient } from '../database.ts';
import type { Prisma } from '../generated/client.ts';
import { numberedReturning, numberedStatement } from '../numbered-statement.ts';
import { jsonList, type SqlValue } from '../raw.ts';
import * as sql from './apply-queries.ts';
import { type Chunk, groupRows, userRows } from './chunk.ts';
import type { ChunkNames } from './held-names.ts';

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

type Statement = Prisma.PrismaPromise<number>;

/**
 * One chunk as the statements of one transaction, the last of which answers how many rows were applied. The first
 * answers whether the lease is held; every other one tests it as well.
 */
export function chunkStatements(db: DatabaseClient, input: ChunkInput) {
  const { planId, key, chunk } = input;
  const run = (text: string, ...more: SqlValue[]) =>
    numberedStatement(db, text, planId, key.connectorId, key.fence, chunk.first, chunk.last, ...more);
  return [
    numberedReturning<{ held: number }>(db, sql.countLease, planId, key.connectorId, key.fence),
    ...driftStatements(run, input),
    ...groupStatements(run, input),
    ...userStatements(run, input),
    ...announcementStatements(db, run, input),
    run(sql.markApplied),
  ] as const;
}

type Run = (text: string, ...more: SqlValue[]) => Statement;

function driftStatements(run: Run, { chunk, names }: ChunkInput): Statement[] {
  const held = [...names.users.held, ...names.groups.held];
  return [
    ...(chunk.groups.length > 0 ? sql.markDrift.group.map((text) => run(text)) : []),
    ...(chunk.users.length > 0 ? sql.markDrift.user.map((text) => run(text)) : []),
    ...(held.length > 0 ? [run(sql.markNameHeld, jsonList(held))] : []),
  ];
}

/** Names are freed before they are given, so that two groups may swap theirs. */
function groupStatements(run: Run, { chunk, names, now, directoryId }: ChunkInput): Statement[] {
  const { groups } = chunk;
  const [created, updated] = partition(groups.filter((group) => group.operation !== 'delete'));
  const { moving } = names.groups;
  return [
    ...(groups.some((group) => group.operation === 'delete')
      ? [
          run(sql.deleteOwnMembershipsOfGroups),
          run(sql.addLosses),
          run(sql.deleteMembershipsOfGroups),
          run(sql.deleteGroups),
        ]
      : []),
    ...(moving.length > 0 ? [run(sql.freeGroupNames, jsonList(moving))] : []),
    ...(updated.length > 0 ? [run(sql.updateGroups, groupRows(updated), now)] : []),
    ...(created.length > 0 ? [run(sql.insertGroups, groupRows(created), now, directoryId)] : []),
  ];
}

function userStatements(run: Run, { chunk, names, now, directoryId }: ChunkInput): Statement[] {
  const { users } = chunk;
  const [created, updated] = partition(users);
  const { moving } = names.users;
  return [
    ...(moving.length > 0 ? [run(sql.freeUserNames, jsonList(moving))] : []),
    ...(updated.length > 0 ? [run(sql.updateUsers, userRows(updated), now)] : []),
    ...(created.length > 0 ? [run(sql.insertUsers, userRows(created), now, directoryId)] : []),
    ...(users.some((user) => user.groupsLost > 0) ? [run(sql.removeMemberships), run(sql.addLosses)] : []),
    ...(users.some((user) => user.groupsGained > 0) ? [run(sql.insertMemberships), run(sql.addGains)] : []),
  ];
}

/** Who is not there yet, and who is. */
function partition<Row extends { subjectId: number | null }>(rows: readonly Row[]): [Row[], Row[]] {
  const created = rows.filter((row) => row.subjectId === null);
  return [created, rows.filter((row) => row.subjectId !== null)];
}

function announcementStatements(db: DatabaseClient, run: Run, input: ChunkInput): Statement[] {
  const { announcement, planId, key, directoryId, now } = input;
  if (announcement === null) return [];
  if (announcement === 'events') return [run(sql.insertEvents, now, directoryId)];
  const { connectorId, fence } = key;
  const { epoch } = announcement;
  return [numberedStatement(db, sql.raiseEpoch, planId, connectorId, fence, epoch, directoryId)];
}
