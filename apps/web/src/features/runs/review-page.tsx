import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useIsAdmin } from '../../lib/session.ts';
import { planQuery, runQuery, useMarkReviewed } from './api.ts';
import { ReviewBody } from './review-body.tsx';
import { ReviewFailed, ReviewLoading } from './review-states.tsx';
import { useReviewSearch } from './use-review-search.ts';

/** The simulated sync in the browser: every change of a plan, and the button that applies exactly this. */
export function ReviewPage() {
  const { runId, search, setSearch } = useReviewSearch();
  const run = useQuery(runQuery(runId));
  const plan = useQuery(planQuery(runId));
  useRememberReview(runId, run.data !== undefined && plan.data !== undefined && run.data.reviewed === null);

  const failed = [run, plan].find((query) => query.isError && query.data === undefined);
  if (failed) {
    return (
      <ReviewFailed runId={runId} run={run.data} error={failed.error} onRetry={() => void failed.refetch()} />
    );
  }
  if (run.data === undefined || plan.data === undefined) return <ReviewLoading runId={runId} />;
  return <ReviewBody run={run.data} plan={plan.data} search={search} setSearch={setSearch} />;
}

/** The set-up list asks whether a simulation was reviewed: opening it here is that. */
function useRememberReview(runId: number, unseen: boolean): void {
  const isAdmin = useIsAdmin();
  const { mutate } = useMarkReviewed(runId);
  const told = useRef<number | null>(null);
  useEffect(() => {
    if (!isAdmin || !unseen || told.current === runId) return;
    told.current = runId;
    mutate();
  }, [isAdmin, unseen, runId, mutate]);
}
