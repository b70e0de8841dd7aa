import cron from 'node-cron';
import type { Logger } from '../logging/logger.ts';

/** What is tidied once a day, and at every start. One after the other; one that fails does not keep the others. */
export class DailyTidy {
  readonly #tasks: Readonly<Record<string, () => Promise<void>>>;
  readonly #log: Logger;
  #clock: ReturnType<typeof cron.schedule> | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(tasks: Readonly<Record<string, () => Promise<void>>>, log: Logger) {
    this.#tasks = tasks;
    this.#log = log;
  }

  start(): void {
    this.#clock = cron.schedule('23 3 * * *', () => this.run());
    void this.run();
  }

  async stop(): Promise<void> {
    await this.#clock?.destroy();
    await this.#running;
  }

  /** One at a time. */
  run(): Promise<void> {
    this.#running = this.#running.then(() => this.#tidy());
    return this.#running;
  }

  async #tidy(): Promise<void> {
    for (const [name, task] of Object.entries(this.#tasks)) {
      try {
        await task();
      } catch (error) {
        this.#log.error({ err: error, task: name }, 'Something could not be tidied');
      }
    }
  }
}
