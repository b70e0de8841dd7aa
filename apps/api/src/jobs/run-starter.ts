import { liveTopics } from '@gatehouse/contracts/live-events';
import type { RunSummary } from '@gatehouse/contracts/run';
import type { LivePublisher } from '../http/server-sent-events.ts';
import type { AuditBy } from '../stores/audit/audit-entry.ts';
import type { ConnectorRecord } from '../stores/connectors/rows.ts';
import type { RunDetailRow } from '../stores/runs/rows.ts';
import type { RunStore } from '../stores/runs/store.ts';

export type RunOrder = {
  readonly connector: ConnectorRecord;
  readonly intent: RunSummary['intent'];
  readonly scope: RunSummary['scope'];
  readonly trigger: RunSummary['trigger'];
  readonly startedBy: string;
};

export type RunStarterParts = {
  readonly runs: RunStore;
  readonly live: LivePublisher;
  /** Tells the worker that the queue has something. */
  readonly wake: () => void;
};

/** Puts runs into the queue, for people and for the schedule alike. */
export class RunStarter {
  readonly #parts: RunStarterParts;

  constructor(parts: RunStarterParts) {
    this.#parts = parts;
  }

  /** The run's number; null while another run of the connector is active. */
  async start(order: RunOrder, by: AuditBy): Promise<number | null> {
    const { connector, ...run } = order;
    const runId = await this.#parts.runs.enqueue({ ...run, connectorId: connector.id, connector }, by);
    if (runId !== null) this.#announce(connector.publicId, runId);
    return runId;
  }

  /** The number of the run that applies the plan; null when the plan cannot be applied (any more). */
  async applyPlan(source: RunDetailRow, startedBy: string, by: AuditBy): Promise<number | null> {
    const runId = await this.#parts.runs.enqueuePlan(source, startedBy, by);
    if (runId === null) return null;
    this.#announce(source.connectorPublicId, runId);
    this.#parts.live.publish(liveTopics.run(source.id));
    return runId;
  }

  #announce(connectorId: string, runId: number): void {
    const { live, wake } = this.#parts;
    for (const topic of [
      liveTopics.runs,
      liveTopics.connectors,
      liveTopics.connector(connectorId),
      liveTopics.run(runId),
      liveTopics.overview,
      liveTopics.audit,
    ]) {
      live.publish(topic);
    }
    wake();
  }
}
