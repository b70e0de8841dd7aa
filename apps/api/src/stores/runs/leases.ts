import type { Database } from '../database.ts';
import { numberedStatement } from '../numbered-statement.ts';
import { returning, toNumber } from '../raw.ts';
import { claimLease, releaseLease, renewLease } from './queries.ts';

/** How long a lease holds without a heartbeat. Unit: milliseconds. */
export const leaseDuration = 60_000;
/** Unit: milliseconds. */
export const leaseHeartbeat = 15_000;

/** One lease per connector; each claim raises the fence, which every chunk of an apply tests. */
export class LeaseStore {
  readonly #database: Database;
  /** Names this process. */
  readonly #holder: string;

  constructor(database: Database, holder: string) {
    this.#database = database;
    this.#holder = holder;
  }

  /** The fence, or null while another run holds the lease. */
  async claim(connectorId: number, runId: number): Promise<number | null> {
    const now = this.#database.now();
    const [claimed] = await this.#database.write((db) => [
      returning<{ fence: number }>(
        db,
        claimLease,
        this.#holder,
        runId,
        now + leaseDuration,
        connectorId,
        now,
      ),
    ]);
    const [row] = claimed;
    return row === undefined ? null : toNumber(row.fence);
  }

  /** False when the lease was lost. */
  async renew(connectorId: number, fence: number): Promise<boolean> {
    const until = this.#database.now() + leaseDuration;
    const [renewed] = await this.#database.write((db) => [
      numberedStatement(db, renewLease, connectorId, fence, until),
    ]);
    return renewed > 0;
  }

  async release(connectorId: number, fence: number): Promise<void> {
    await this.#database.write((db) => [numberedStatement(db, releaseLease, connectorId, fence)]);
  }
}
