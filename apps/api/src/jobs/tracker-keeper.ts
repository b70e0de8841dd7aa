import type { Logger } from '../logging/logger.ts';
import type { Database } from '../stores/database.ts';
import { expireTrackers, purgeTrackers, type TrackerLimits } from '../stores/trackers/purge.ts';
import type { TrackerChange } from '../stores/trackers/tracer.ts';
import { Ticker } from './ticker.ts';

export type TrackerKeeperParts = {
  readonly database: Database;
  readonly changed: (change: TrackerChange) => void;
  /** How long trackers are kept. Unit: days. */
  readonly trackerDays: () => number;
  readonly limits?: TrackerLimits;
  readonly log: Logger;
};

/** Every minute: ends trackers that nobody came back to, and deletes old ones. */
export class TrackerKeeper {
  readonly #parts: TrackerKeeperParts;
  readonly #ticker: Ticker;

  constructor(parts: TrackerKeeperParts) {
    this.#parts = parts;
    this.#ticker = new Ticker({
      expression: '* * * * *',
      work: () => this.#tidy(),
      onError: (error) => parts.log.error({ err: error }, 'Trackers could not be tidied'),
    });
  }

  start(): void {
    this.#ticker.start();
  }

  stop(): Promise<void> {
    return this.#ticker.stop();
  }

  tick(): Promise<void> {
    return this.#ticker.tick();
  }

  async #tidy(): Promise<void> {
    const { database, changed, trackerDays, limits, log } = this.#parts;
    await expireTrackers(database, changed);
    const deleted = await purgeTrackers(database, { days: trackerDays(), ...(limits ? { limits } : {}) });
    if (deleted > 0) log.info({ deleted }, 'Old trackers were deleted');
  }
}
