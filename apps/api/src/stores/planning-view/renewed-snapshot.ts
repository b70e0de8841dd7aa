import type { Database } from '../database.ts';
import type { Snapshot } from '../snapshot.ts';
import type { SqlReader } from '../sql-reader.ts';

/** An open one keeps the write-ahead log growing, and one checkpoint of all of it takes long. Unit: milliseconds. */
const renewAfter = 1_000;

/**
 * A snapshot for work that may take longer than one may stay open: it is renewed between two reads. Only for rows that
 * nobody else writes meanwhile, and for cursors that go on from a key.
 */
export class RenewedSnapshot {
  readonly #database: Database;
  #snapshot: Snapshot;
  #openedAt: number;

  constructor(database: Database) {
    this.#database = database;
    this.#snapshot = database.openSnapshot();
    this.#openedAt = performance.now();
  }

  get reader(): SqlReader {
    if (performance.now() - this.#openedAt > renewAfter) {
      this.#snapshot.close();
      this.#snapshot = this.#database.openSnapshot();
      this.#openedAt = performance.now();
    }
    return this.#snapshot;
  }

  close(): void {
    // From now on `reader` must not open another one.
    this.#openedAt = Number.POSITIVE_INFINITY;
    this.#snapshot.close();
  }
}
