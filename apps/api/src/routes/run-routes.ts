import { runEndpoints } from '@gatehouse/contracts/endpoints/run-endpoints';
import { liveTopics } from '@gatehouse/contracts/live-events';
import { ApiError } from '../http/errors.ts';
import { implement, type RoutesFor } from '../http/route.ts';
import type { LivePublisher } from '../http/server-sent-events.ts';
import type { RunStarter } from '../jobs/run-starter.ts';
import type { ConnectorStore } from '../stores/connectors/store.ts';
import type { RunDetailRow } from '../stores/runs/rows.ts';
import type { RunStore } from '../stores/runs/store.ts';
import { auditBy } from './audit-by.ts';
import { mustFindRun, mustFindRunRow } from './must-find-run.ts';

export type RunRouteParts = {
  readonly runs: RunStore;
  readonly connectors: ConnectorStore;
  readonly starter: RunStarter;
  /** Tells the worker that the run is to end. */
  readonly cancelWork: (runId: number) => void;
  /** State of the run's plan and the guard's verdict; null when it has none. */
  readonly planState: (run: RunDetailRow) => { state: string; outcome: 'pass' | 'hold' } | null;
  readonly live: LivePublisher;
};

type Names =
  | 'listRuns'
  | 'getRun'
  | 'listRunSteps'
  | 'cancelRun'
  | 'discardRun'
  | 'markReviewed'
  | 'applyPlan';

/** Runs, and what people decide about them and their plans. */
export function runRoutes(parts: RunRouteParts): RoutesFor<Pick<typeof runEndpoints, Names>> {
  const { runs, starter, live } = parts;

  function announce(run: RunDetailRow): void {
    for (const topic of [
      liveTopics.run(run.id),
      liveTopics.runs,
      liveTopics.connector(run.connectorPublicId),
      liveTopics.connectors,
      liveTopics.overview,
      liveTopics.audit,
    ]) {
      live.publish(topic);
    }
  }

  return {
    listRuns: implement(runEndpoints.listRuns, async ({ query }) => runs.list({ state: query.state }, query)),

    getRun: implement(runEndpoints.getRun, async ({ params }) => mustFindRun(runs, params.runId)),

    listRunSteps: implement(runEndpoints.listRunSteps, async ({ params, query }) => {
      mustFindRunRow(runs, params.runId);
      return runs.listSteps(params.runId, query);
    }),

    cancelRun: implement(runEndpoints.cancelRun, async ({ params, session, request }) => {
      const run = mustFindRunRow(runs, params.runId);
      if (!(await runs.requestCancel(run, auditBy(session, request)))) {
        throw new ApiError('run-over', `Run #${run.id} is over: it is ${run.state}.`);
      }
      parts.cancelWork(run.id);
      announce(run);
      return mustFindRun(runs, run.id);
    }),

    discardRun: implement(runEndpoints.discardRun, async ({ params, session, request }) => {
      const run = mustFindRunRow(runs, params.runId);
      if (run.planId === null) throw noPlan(run);
      const { active } = runs.runsOf(run.connectorId);
      if (active?.origin.runId === run.id) throw inProgress(active.id, run);
      if (!(await runs.discard(run, auditBy(session, request)))) {
        throw new ApiError('run-over', `Run #${run.id} has nothing to discard any more: it is ${run.state}.`);
      }
      announce(run);
      return mustFindRun(runs, run.id);
    }),

    markReviewed: implement(runEndpoints.markReviewed, async ({ params, session, request }) => {
      const run = mustFindRunRow(runs, params.runId);
      if (run.planId === null) throw noPlan(run);
      await runs.markReviewed(run, auditBy(session, request));
      if (run.reviewedAt === null) announce(run);
      return mustFindRun(runs, run.id);
    }),

    applyPlan: implement(runEndpoints.applyPlan, async ({ params, body, session, request }) => {
      const run = mustFindRunRow(runs, params.runId);
      if (run.planPublicId !== null && body.planId !== run.planPublicId) {
        throw new ApiError('plan-differs', `Run #${run.id} has another plan than the one that was reviewed.`);
      }
      const refusal = refusalOf(run, parts);
      if (refusal !== null) throw refusal;
      const runId = await starter.applyPlan(run, session.account.name, auditBy(session, request));
      if (runId === null) throw refusalOf(run, parts) ?? changedMeanwhile(run);
      announce(run);
      return mustFindRun(runs, runId);
    }),
  };
}

/** Why the plan of a run cannot be applied now; null when nothing stands in the way. */
function refusalOf(run: RunDetailRow, { planState, connectors, runs }: RunRouteParts): ApiError | null {
  const plan = planState(run);
  if (plan === null) return noPlan(run);
  if (plan.outcome === 'hold') {
    return new ApiError('plan-held', `The guard holds the plan of run #${run.id}. Nothing of it is applied.`);
  }
  if (plan.state !== 'open') {
    return new ApiError('plan-closed', `The plan of run #${run.id} is ${plan.state}. Simulate again.`);
  }
  const connector = connectors.findById(run.connectorId);
  if (connector?.settingsVersion !== run.settingsVersion) {
    return new ApiError(
      'plan-settings-changed',
      `The settings of ${run.connectorName} changed since run #${run.id}. Simulate again.`,
      { facts: { plannedVersion: run.settingsVersion, version: connector?.settingsVersion ?? null } },
    );
  }
  const { active } = runs.runsOf(run.connectorId);
  return active === null ? null : inProgress(active.id, run);
}

function inProgress(runId: number, { connectorName }: RunDetailRow): ApiError {
  return new ApiError(
    'run-in-progress',
    `Run #${runId} of ${connectorName} is in progress. Wait for it, or cancel it.`,
    { facts: { runId } },
  );
}

function noPlan(run: RunDetailRow): ApiError {
  return new ApiError('no-plan', `Run #${run.id} has no plan: it is ${run.state}.`);
}

function changedMeanwhile(run: RunDetailRow): ApiError {
  return new ApiError(
    'plan-closed',
    `The plan of run #${run.id} changed its state a moment ago. Look again.`,
  );
}
