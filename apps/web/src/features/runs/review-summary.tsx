import type { Plan } from '@gatehouse/contracts/plan';
import { useQuery } from '@tanstack/react-query';
import { StatePill } from '../../components/ui/state-pill.tsx';
import { SummaryBar } from '../../components/ui/summary-bar.tsx';
import { type ChangeFilter, changeCountQuery } from './api.ts';
import { groupCells, userCells } from './review-cells.ts';
import { type ReviewSearch, withFilter } from './review-search.ts';

type ReviewSummaryProps = {
  runId: number;
  plan: Plan;
  search: ReviewSearch;
  onChange: (next: ReviewSearch) => void;
};

/** One cell for each operation; each is a filter. */
export function ReviewSummary({ runId, plan, search, onChange }: ReviewSummaryProps) {
  const subject = search.subject ?? 'user';
  const written = plan.state === 'applied' || plan.state === 'applying';
  const drifted = useCount(runId, { category: 'drifted', subject }, written);
  const groupsFiltered = useCount(runId, { category: 'filtered', subject }, subject === 'group');
  const build = subject === 'group' ? groupCells : userCells;
  const cells = build(plan.totals, { drifted, groupsFiltered });
  const held = plan.verdict.outcome === 'hold' && plan.state === 'open';
  return (
    <SummaryBar
      label="Changes by operation"
      cells={held ? cells.map((cell) => (cell.key === 'all' ? { ...cell, extra: heldPill } : cell)) : cells}
      chosen={search.category ?? 'all'}
      onChoose={(category) => onChange(withFilter(search, { category }))}
    />
  );
}

const heldPill = <StatePill state="held">held</StatePill>;

/** Rows that the totals of the plan do not count: asked for with an empty window. */
function useCount(runId: number, filter: ChangeFilter, enabled: boolean): number | undefined {
  return useQuery({ ...changeCountQuery(runId, filter), enabled }).data;
}
