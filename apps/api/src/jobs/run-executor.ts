import { setTimeout as wait } from 'node:timers/promises';
import { liveTopics } from '@gatehouse/contracts/live-events';
import {
  type PlanApplier,
  type PlanningViewOpener,
  type PlanStore,
  type RunJournal,
  type RunKey,
  type SnapshotStore,
  SyncError,
} from '@gatehouse/sync/ports';
import { executeRun } from '@gatehouse/sync/run';
import type { Source } from '@gatehouse/sync/source';
import type { LivePublisher } from '../http/server-sent-events.ts';
import type { Logger } from '../logging/logger.ts';
import type { ConnectorRecord } from '../stores/connectors/rows.ts';
import type { ConnectorStore } from '../stores/connectors/store.ts';
import type { QueuedRun } from '../stores/runs/store.ts';
import type { StopReason } from './run-worker.ts';

export type RunExecutorParts = {
  readonly connectors: ConnectorStore;
  readonly snapshots: SnapshotStore;
  readonly planning: PlanningViewOpener;
  readonly plans: PlanStore;
  readonly applier: PlanApplier;
  readonly journal: RunJournal;
  /** The source with the connector's settings and secret. */
  readonly openSource: (connector: ConnectorRecord) => Promise<Source>;
  readonly live: LivePublisher;
  readonly log: Logger;
  readonly now: () => number;
  /** Clears away what old runs left; after each run. */
  readonly tidy: () => Promise<void>;
};

/** Hands one queued run to the sync engine; a simulation gets no applier. */
export function createRunExecutor(parts: RunExecutorParts) {
  return async function execute(run: QueuedRun, fence: number, signal: AbortSignal): Promise<void> {
    const { connectors, snapshots, planning, plans, applier, journal, log, now } = parts;
    const key: RunKey = {
      runId: run.id,
      connectorId: run.connectorId,
      directoryId: run.directoryId,
      settingsVersion: run.settingsVersion,
      fence,
    };
    const engineSignal = translateSignal(signal);
    const ports = {
      snapshots,
      planning,
      plans,
      journal,
      now,
      signal: engineSignal,
      onUnexpected: (error: unknown) => log.error({ err: error, run: run.id }, 'A run failed unexpectedly'),
    };
    try {
      const connector = connectors.findById(run.connectorId);
      if (connector === null) throw new Error(`run ${run.id} has no connector`);
      if (run.planId !== null) {
        // A plan is only ever applied under the settings that it was made with, also when it goes on after a crash.
        if (connector.settingsVersion !== run.settingsVersion) {
          const reason = { code: 'settings-changed', facts: {} };
          await journal.finish(key, { state: 'interrupted', reason, counters: null });
          return;
        }
        await executeRun({ kind: 'stored-plan', key, planId: run.planId }, { ...ports, applier });
        return;
      }
      const source = await parts.openSource(connector);
      if (run.intent === 'simulate') await executeRun({ kind: 'simulate', key, source }, ports);
      else await executeRun({ kind: 'apply', key, source }, { ...ports, applier });
    } finally {
      announceEnd(parts, run);
      if (!signal.aborted) await parts.tidy();
    }
  };
}

/** The engine takes a lost lease and a stopping process for one thing: end without a word. */
function translateSignal(signal: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const translate = () => {
    const reason: StopReason = signal.reason;
    controller.abort(reason === 'cancelled' ? new SyncError('cancelled') : new SyncError('lease-lost'));
  };
  if (signal.aborted) translate();
  else signal.addEventListener('abort', translate, { once: true });
  return controller.signal;
}

function announceEnd({ live }: RunExecutorParts, run: QueuedRun): void {
  for (const topic of [
    liveTopics.run(run.id),
    liveTopics.runs,
    liveTopics.connector(run.connectorPublicId),
    liveTopics.connectors,
    liveTopics.directory,
    liveTopics.overview,
  ]) {
    live.publish(topic);
  }
}

/** Announces at most once a while for each run: a diary may write many lines a second. Unit of `everyMs`: milliseconds. */
export function createRunAnnouncer(live: LivePublisher, everyMs: number): (runId: number) => void {
  const waiting = new Set<number>();
  return (runId) => {
    if (waiting.has(runId)) return;
    waiting.add(runId);
    void wait(everyMs, undefined, { ref: false }).then(() => {
      waiting.delete(runId);
      live.publish(liveTopics.run(runId));
    });
  };
}
