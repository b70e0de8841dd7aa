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
  if (chunk.groups.length === 0) return [];
  const rows = groupRows(chunk.groups);
  const deletes = chunk.groups.some((group) => group.operation === 'delete');
  return [
    ...(deletes
      ? [
          run(sql.deleteOwnMembershipsOfGroups),
          run(sql.addLosses),
          run(sql.deleteMembershipsOfGroups),
          run(sql.deleteGroups),
        ]
      : []),
    run(sql.freeGroupNames, jsonList(names.groups.moving)),
    run(sql.updateGroups, rows, now),
    run(sql.insertGroups, rows, now, directoryId),
  ];
}

function userStatements(run: Run, { chunk, names, now, directoryId }: ChunkInput): Statement[] {
  if (chunk.users.length === 0) return [];
  const rows = userRows(chunk.users);
  const memberships = chunk.users.some((user) => user.groupsGained + user.groupsLost > 0);
  return [
    run(sql.freeUserNames, jsonList(names.users.moving)),
    run(sql.updateUsers, rows, now),
    run(sql.insertUsers, rows, now, directoryId),
    ...(memberships
      ? [run(sql.removeMemberships), run(sql.addLosses), run(sql.insertMemberships), run(sql.addGains)]
      : []),
  ];
}

function announcementStatements(db: DatabaseClient, run: Run, input: ChunkInput): Statement[] {
  const { announcement, planId, key, directoryId, now } = input;
  if (announcement === null) return [];
  if (announcement === 'events') return [run(sql.insertEvents, now, directoryId)];
  const { connectorId, fence } = key;
  const { epoch } = announcement;
  return [numberedStatement(db, sql.raiseEpoch, planId, connectorId, fence, epoch, directoryId)];
}
