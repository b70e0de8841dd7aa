import cron from 'node-cron';
import type { Logger } from '../logging/logger.ts';
import type { Database } from '../stores/database.ts';
import { expireTrackers, purgeTrackers, type TrackerLimits } from '../stores/trackers/purge.ts';
import type { TrackerChange } from '../stores/trackers/tracer.ts';

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
  #clock: ReturnType<typeof cron.schedule> | null = null;
  #ticking: Promise<void> = Promise.resolve();

  constructor(parts: TrackerKeeperParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#clock = cron.schedule('* * * * *', () => this.tick());
    void this.tick();
  }

  async stop(): Promise<void> {
    await this.#clock?.destroy();
    await this.#ticking;
  }

  /** One tick at a time. */
  tick(): Promise<void> {
    this.#ticking = this.#ticking.then(() => this.#tidy());
    return this.#ticking;
  }

  async #tidy(): Promise<void> {
    const { database, changed, trackerDays, limits, log } = this.#parts;
    try {
      await expireTrackers(database, changed);
      const deleted = await purgeTrackers(database, { days: trackerDays(), ...(limits ? { limits } : {}) });
      if (deleted > 0) log.info({ deleted }, 'Old trackers were deleted');
    } catch (error) {
      log.error({ err: error }, 'Trackers could not be tidied');
    }
  }
}
