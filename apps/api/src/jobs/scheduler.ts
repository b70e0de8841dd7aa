import type { Logger } from '../logging/logger.ts';
import { bySystem } from '../stores/audit/audit-entry.ts';
import type { ConnectorRecord } from '../stores/connectors/rows.ts';
import { apiTokenKey, type ConnectorStore } from '../stores/connectors/store.ts';
import type { SecretStore } from '../stores/secrets/store.ts';
import { nextRunAfter } from './next-run.ts';
import type { RunStarter } from './run-starter.ts';
import { Ticker } from './ticker.ts';

export type SchedulerParts = {
  readonly connectors: ConnectorStore;
  readonly secrets: SecretStore;
  readonly starter: RunStarter;
  readonly log: Logger;
  readonly now: () => number;
};

/**
 * Starts what is due. node-cron is only the clock that ticks once a minute; the next time of each connector is computed
 * by packages/schedule and stored, so a run that became due while the process was down starts once, at its start.
 */
export class Scheduler {
  readonly #parts: SchedulerParts;
  readonly #ticker: Ticker;

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
    this.#ticker = new Ticker({
      expression: '* * * * *',
      work: () => this.#startDue(),
      onError: (error) => parts.log.error({ err: error }, 'The schedule could not be read'),
    });
  }

  start(): void {
    this.#ticker.start();
  }

  stop(): Promise<void> {
    return this.#ticker.stop();
  }

  /** Starts every run that is due now. */
  tick(): Promise<void> {
    return this.#ticker.tick();
  }

  async #startDue(): Promise<void> {
    const { connectors, log, now } = this.#parts;
    for (const id of connectors.due(now())) {
      const connector = connectors.findById(id);
      if (connector === null) continue;
      try {
        await this.#startOne(connector);
      } catch (error) {
        log.error({ err: error, connector: connector.publicId }, 'A scheduled run could not be started');
      }
    }
  }

  async #startOne(connector: ConnectorRecord): Promise<void> {
    const { connectors, secrets, starter, log, now } = this.#parts;
    await connectors.setNextRun(connector.id, nextRunAfter(connector.settings, now()));
    if (!secrets.state(apiTokenKey(connector.id)).set) {
      log.warn({ connector: connector.publicId }, 'A scheduled run was left out: the API token is missing');
      return;
    }
    const runId = await starter.start(
      { connector, intent: 'apply', scope: 'full', trigger: 'scheduled', startedBy: 'Schedule' },
      bySystem,
    );
    if (runId === null) {
      log.info({ connector: connector.publicId }, 'A scheduled run was left out: another run is in progress');
    }
  }
}
