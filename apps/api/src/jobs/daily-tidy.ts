import type { Logger } from '../logging/logger.ts';
import { Ticker } from './ticker.ts';

/** What is tidied once a day, and at every start. One after the other; one that fails does not keep the others. */
export class DailyTidy {
  readonly #tasks: Readonly<Record<string, () => Promise<void>>>;
  readonly #log: Logger;
  readonly #ticker: Ticker;

  constructor(tasks: Readonly<Record<string, () => Promise<void>>>, log: Logger) {
    this.#tasks = tasks;
    this.#log = log;
    this.#ticker = new Ticker({
      expression: '23 3 * * *',
      work: () => this.#tidy(),
      onError: (error) => log.error({ err: error }, 'Something could not be tidied'),
    });
  }

  start(): void {
    this.#ticker.start();
  }

  stop(): Promise<void> {
    return this.#ticker.stop();
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
