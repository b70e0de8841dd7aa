import { existsSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import BetterSqlite3 from 'better-sqlite3';
import type { Database } from './database.ts';
import { randomPublicId } from './random-id.ts';
import { returning, statement } from './raw.ts';

/** Unit: milliseconds. */
export const ownerHeartbeatInterval = 5_000;
/** A heartbeat older than this is that of a process that is gone. Unit: milliseconds. */
export const ownerStaleAfter = 20_000;

const HAS_TABLE = `select count(*) from sqlite_schema where name = 'ProcessOwner'`;
const READ_OWNER = `select processId, hostName, claim, address, startedAt, heartbeatAt from ProcessOwner where id = 1`;
/** Takes the place of exactly the owner that was judged before, or of none. */
const CLAIM = `insert into ProcessOwner (id, processId, hostName, claim, address, startedAt, heartbeatAt)
  values (1, ?, ?, ?, null, ?, ?)
  on conflict (id) do update set processId = excluded.processId, hostName = excluded.hostName,
    claim = excluded.claim, address = null, startedAt = excluded.startedAt, heartbeatAt = excluded.heartbeatAt
    where ProcessOwner.claim = ?
  returning claim`;
const VOID_LEASES = `update Lease set fence = fence + 1, holder = '', runId = null, expiresAt = 0
  where exists (select 1 from ProcessOwner where claim = ?)`;
const BEAT = 'update ProcessOwner set heartbeatAt = ? where claim = ?';
const SET_ADDRESS = 'update ProcessOwner set address = ? where claim = ?';
const RELEASE = 'delete from ProcessOwner where claim = ?';

type OwnerRow = {
  processId: number;
  hostName: string;
  claim: string;
  address: string | null;
  startedAt: number;
  heartbeatAt: number;
};

/** What tells processes apart; tests play other processes and hosts. */
export type ProcessIdentity = {
  readonly processId: number;
  readonly hostName: string;
  /** When this host started; no process of before is alive. Milliseconds since 1970. */
  readonly hostStartedAt: number;
  isAlive(processId: number): boolean;
};

/** Another process uses this data directory. The message names it. */
export class DataDirectoryInUseError extends Error {
  readonly owner: { processId: number; hostName: string; startedAt: Date; address: string | null };

  constructor(row: OwnerRow) {
    const since = new Date(row.startedAt).toISOString();
    const where = row.address === null ? '' : `, at ${row.address}`;
    super(
      `Another Gatehouse uses this data directory: process ${row.processId} on ${row.hostName}, since ${since}${where}. Stop it first, or give this one another DATA_DIR.`,
    );
    this.name = 'DataDirectoryInUseError';
    this.owner = {
      processId: row.processId,
      hostName: row.hostName,
      startedAt: new Date(row.startedAt),
      address: row.address,
    };
  }
}

export type ProcessOwnership = {
  /** So that a second process can say where the first one listens. */
  setAddress(address: string): Promise<void>;
  /** Stops the heartbeat and frees the directory. */
  release(): Promise<void>;
};

export function thisProcess(): ProcessIdentity {
  return {
    processId: process.pid,
    hostName: hostname(),
    hostStartedAt: Date.now() - uptime() * 1000,
    isAlive,
  };
}

/**
 * Looks before migrations touch the file; it writes nothing.
 * @throws DataDirectoryInUseError
 */
export function refuseWhenOwned(file: string, identity: ProcessIdentity, now: number): void {
  if (!existsSync(file)) return;
  const connection = new BetterSqlite3(file, { fileMustExist: true, timeout: 5000 });
  try {
    if (connection.prepare(HAS_TABLE).pluck().get() === 0) return;
    const row = connection.prepare(READ_OWNER).get() as OwnerRow | undefined;
    if (row !== undefined && isHeld(row, identity, now)) throw new DataDirectoryInUseError(row);
  } finally {
    connection.close();
  }
}

/**
 * Makes this process the owner of the database and voids all leases of the one before. The claim is one statement that
 * names whom it replaces, so of two that start together one is refused.
 * @throws DataDirectoryInUseError
 */
export async function claimProcessOwner(
  database: Database,
  identity: ProcessIdentity,
  onLost: (cause: unknown) => void,
): Promise<ProcessOwnership> {
  const former = database.sql.get<OwnerRow>(READ_OWNER);
  const now = database.now();
  if (former !== undefined && isHeld(former, identity, now)) throw new DataDirectoryInUseError(former);

  const claim = randomPublicId();
  const { processId, hostName } = identity;
  const [claimed] = await database.write((db) => [
    returning(db, CLAIM, processId, hostName, claim, now, now, former?.claim ?? ''),
    statement(db, VOID_LEASES, claim),
  ]);
  if (claimed.length === 0) {
    const other = database.sql.get<OwnerRow>(READ_OWNER);
    if (other !== undefined) throw new DataDirectoryInUseError(other);
    throw new Error('the data directory was claimed and freed by another process at the same time');
  }
  return keepOwnership(database, claim, onLost);
}

function keepOwnership(
  database: Database,
  claim: string,
  onLost: (cause: unknown) => void,
): ProcessOwnership {
  const beat = async () => {
    const [changed] = await database.write((db) => [statement(db, BEAT, database.now(), claim)]);
    if (changed > 0) return;
    clearInterval(timer);
    onLost(new Error('another process has taken over this data directory'));
  };
  const timer = setInterval(() => beat().catch(onLost), ownerHeartbeatInterval);
  timer.unref();
  return {
    setAddress: async (address) => {
      await database.write((db) => [statement(db, SET_ADDRESS, address, claim)]);
    },
    release: async () => {
      clearInterval(timer);
      await database.write((db) => [statement(db, RELEASE, claim)]);
    },
  };
}

/** On the same host the process table knows better than a heartbeat, which may come late under load. */
function isHeld(row: OwnerRow, identity: ProcessIdentity, now: number): boolean {
  if (row.hostName !== identity.hostName) return now - row.heartbeatAt <= ownerStaleAfter;
  // A restarted container gives the same number to the new process.
  if (row.processId === identity.processId) return false;
  if (row.heartbeatAt < identity.hostStartedAt) return false;
  return identity.isAlive(row.processId);
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Not allowed to signal it: it lives, as another account's process.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
