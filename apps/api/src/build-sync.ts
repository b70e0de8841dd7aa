import type { OktaTiming } from '@gatehouse/connectors/okta/okta-timing';
import type { OutboundFetch } from '@gatehouse/contracts/outbound';
import type { LivePublisher } from './http/server-sent-events.ts';
import { ConnectionTests } from './jobs/connection-tests.ts';
import { createOktaDoors } from './jobs/okta-doors.ts';
import { createRunAnnouncer, createRunExecutor } from './jobs/run-executor.ts';
import { RunStarter } from './jobs/run-starter.ts';
import { RunWorker } from './jobs/run-worker.ts';
import { Scheduler } from './jobs/scheduler.ts';
import type { Logger } from './logging/logger.ts';
import { connectorRoutes } from './routes/connector-routes.ts';
import type { ConnectorViewParts } from './routes/connector-view.ts';
import { directoryRoutes } from './routes/directory-routes.ts';
import { reviewRoutes } from './routes/review-routes.ts';
import { runRoutes } from './routes/run-routes.ts';
import { apiTokenKey, ConnectorStore } from './stores/connectors/store.ts';
import type { Database } from './stores/database.ts';
import { DirectoryStore } from './stores/directory/store.ts';
import { SqlitePlanningViewOpener } from './stores/planning-view/store.ts';
import { SqlitePlanApplier } from './stores/plans/applier.ts';
import { purgePlans } from './stores/plans/purge.ts';
import { SqlitePlanStore } from './stores/plans/store.ts';
import { readVerdict } from './stores/review/rows.ts';
import { ReviewStore } from './stores/review/store.ts';
import { SqliteRunJournal } from './stores/runs/journal.ts';
import { LeaseStore } from './stores/runs/leases.ts';
import { RunStore } from './stores/runs/store.ts';
import type { SecretStore } from './stores/secrets/store.ts';
import { purgeSnapshots } from './stores/snapshots/purge.ts';
import { SqliteSnapshotStore } from './stores/snapshots/store.ts';

/** A run's page is told of news at most this often. Unit: milliseconds. */
const announceEveryMs = 300;

export type SyncParts = {
  readonly database: Database;
  readonly secrets: SecretStore;
  readonly fetch: OutboundFetch;
  readonly originOf: (domain: string) => string;
  readonly live: LivePublisher;
  readonly logger: Logger;
  /** Names this process in leases. */
  readonly holder: string;
  readonly now: () => number;
  readonly oktaTiming?: OktaTiming;
};

/** Joins connectors, runs, review and directory: stores, jobs and routes. */
export function buildSync(parts: SyncParts) {
  const { database, secrets, live, logger: log, now, originOf } = parts;

  // stores
  const connectors = new ConnectorStore(database, secrets);
  const runs = new RunStore(database);
  const leases = new LeaseStore(database, parts.holder);
  const review = new ReviewStore(database);
  const directory = new DirectoryStore(database);
  const snapshots = new SqliteSnapshotStore(database);
  const announce = createRunAnnouncer(live, announceEveryMs);
  const journal = new SqliteRunJournal(database, {
    changed: ({ runId }) => announce(runId),
    onError: (error) => log.error({ err: error }, 'The progress of a run could not be written'),
  });

  // jobs
  const okta = createOktaDoors({
    fetch: parts.fetch,
    originOf,
    secrets,
    snapshots,
    now,
    ...(parts.oktaTiming ? { timing: parts.oktaTiming } : {}),
  });
  const execute = createRunExecutor({
    connectors,
    snapshots,
    planning: new SqlitePlanningViewOpener(database),
    plans: new SqlitePlanStore(database),
    applier: new SqlitePlanApplier(database),
    journal,
    openSource: okta.openSource,
    live,
    log,
    now,
    tidy: async () => {
      await purgePlans(database);
      await purgeSnapshots(database);
    },
  });
  const worker = new RunWorker({ runs, leases, execute, log });
  const starter = new RunStarter({ runs, live, wake: () => worker.wake() });
  const scheduler = new Scheduler({ connectors, secrets, starter, log, now });
  const tests = new ConnectionTests({
    connectors,
    tokenMark: (connectorId) => secrets.state(apiTokenKey(connectorId)).updatedAt,
    live,
    test: okta.testConnection,
    now,
  });

  // routes
  const view: ConnectorViewParts = {
    secrets,
    runsOf: (connectorId) => runs.runsOf(connectorId),
    originOf,
    runningTest: (connectorId) => tests.running(connectorId),
  };
  const routes = {
    ...connectorRoutes({ connectors, runs, starter, tests, view, live, now }),
    ...directoryRoutes({ directory, connectors }),
    ...reviewRoutes({ runs, connectors, review }),
    ...runRoutes({
      runs,
      connectors,
      starter,
      live,
      cancelWork: (runId) => worker.cancel(runId),
      planState: (run) => {
        const plan = review.findPlan(run.id);
        return plan === null ? null : { state: plan.state, outcome: readVerdict(plan.verdict).outcome };
      },
    }),
  };

  return {
    routes,
    connectors,
    runs,
    directory,
    /** A connector's source with its secret; shares the rate limit with its runs. */
    openSource: okta.openSource,
    /** Goes on with what the former process left, then starts the schedule. */
    async start(): Promise<void> {
      await connectors.finishRemovals();
      await worker.recover();
      scheduler.start();
    },
    /** Waits until no run works any more. */
    async stop(): Promise<void> {
      await scheduler.stop();
      await worker.stop();
      await journal.close();
    },
  };
}
