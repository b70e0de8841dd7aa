import { changedSettings } from '@gatehouse/connectors/okta/okta-settings';
import { runEndpoints } from '@gatehouse/contracts/endpoints/run-endpoints';
import type { Plan } from '@gatehouse/contracts/plan';
import type { CodedReason } from '@gatehouse/contracts/run';
import { sendCsv, sendJsonList } from '../http/downloads.ts';
import { ApiError } from '../http/errors.ts';
import { implement, type RoutesFor } from '../http/route.ts';
import type { ConnectorStore } from '../stores/connectors/store.ts';
import { type PlanRow, readVerdict } from '../stores/review/rows.ts';
import type { ReviewStore } from '../stores/review/store.ts';
import type { RunStore } from '../stores/runs/store.ts';
import { changeCsvCells, changeCsvHeader } from './change-csv.ts';
import { mustFindRunRow } from './must-find-run.ts';

export type ReviewRouteParts = {
  readonly runs: RunStore;
  readonly connectors: ConnectorStore;
  readonly review: ReviewStore;
};

type Names = 'getPlan' | 'listFacet' | 'listChanges' | 'getChange' | 'exportChanges';

/** The plan of a run as the review shows it. */
export function reviewRoutes(parts: ReviewRouteParts): RoutesFor<Pick<typeof runEndpoints, Names>> {
  const { runs, review } = parts;

  /** Also for a run that applied another run's plan. */
  function find(runId: number): PlanRow {
    const run = mustFindRunRow(runs, runId);
    const plan = review.findPlan(run.origin === 'plan' && run.originRunId !== null ? run.originRunId : runId);
    if (plan === null) throw new ApiError('no-plan', `Run #${runId} has no plan: it is ${run.state}.`);
    return plan;
  }

  return {
    getPlan: implement(runEndpoints.getPlan, async ({ params }) => {
      const plan = find(params.runId);
      return review.summary(plan, await applicability(plan, parts));
    }),

    listFacet: implement(runEndpoints.listFacet, async ({ params, query }) =>
      review.listFacet(find(params.runId), params.facet, query.search ?? '', query),
    ),

    listChanges: implement(runEndpoints.listChanges, async ({ params, query }) =>
      review.listChanges(find(params.runId), query, query),
    ),

    getChange: implement(runEndpoints.getChange, async ({ params }) => {
      const change = review.findChange(find(params.runId), params.key);
      if (change === null) throw new ApiError('not-found', `Run #${params.runId} has no such row.`);
      return change;
    }),

    exportChanges: implement(runEndpoints.exportChanges, async ({ params, query, http: { response } }) => {
      const pages = review.allChanges(find(params.runId), query);
      const name = `gatehouse-run-${params.runId}-${query.category}`;
      if (query.format === 'json') return sendJsonList(response, { fileName: `${name}.json`, pages });
      return sendCsv(response, {
        fileName: `${name}.csv`,
        header: changeCsvHeader,
        pages,
        toCells: changeCsvCells,
      });
    }),
  };
}

/** Whether the plan would be taken now, and every reason why not. */
async function applicability(
  plan: PlanRow,
  { connectors, review }: ReviewRouteParts,
): Promise<Plan['applicable']> {
  const reasons: CodedReason[] = [];
  if (plan.state !== 'open') reasons.push({ code: 'plan-not-open', facts: { state: plan.state } });
  if (readVerdict(plan.verdict).outcome === 'hold') reasons.push({ code: 'guard-held', facts: {} });
  const isStale = plan.state === 'open' && plan.settingsVersion !== plan.headVersion;
  if (isStale) reasons.push({ code: 'settings-changed', facts: {} });
  const before = isStale ? connectors.settingsOf(plan.connectorId, plan.settingsVersion) : null;
  const after = isStale ? connectors.settingsOf(plan.connectorId, plan.headVersion) : null;
  return {
    possible: reasons.length === 0,
    reasons,
    settingsChanged: before && after ? changedSettings(before, after) : [],
    drifting: plan.state === 'open' ? await review.countDrifting(plan) : 0,
  };
}
