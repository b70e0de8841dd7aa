import type { Plan, ReviewCategory } from '@gatehouse/contracts/plan';
import type { SummaryCell } from '../../components/ui/summary-bar.tsx';

/** Counts that the plan's totals do not hold; undefined until they are known. */
export type ExtraCounts = { drifted?: number | undefined; groupsFiltered?: number | undefined };

/** The cells of the summary bar. *Not modified* and *filtered* stand outside of *all changes*. */
export function userCells(
  totals: Plan['totals'],
  { drifted = 0 }: ExtraCounts,
): SummaryCell<ReviewCategory>[] {
  const { counters } = totals;
  const cells: SummaryCell<ReviewCategory>[] = [
    { key: 'all', count: totals.changes, word: 'all changes' },
    { key: 'added', count: counters.added, tile: 'added' },
    { key: 'modified', count: counters.modified, tile: 'modified' },
    { key: 'not-modified', count: counters.notModified, tile: 'not-modified' },
    { key: 'cleaned-up', count: counters.cleanedUp, tile: 'cleaned-up' },
    { key: 'failed', count: counters.failed, tile: 'failed' },
    { key: 'filtered', count: counters.filtered, tile: 'filtered' },
  ];
  if (drifted > 0) cells.push({ key: 'drifted', count: drifted, tile: 'drifted' });
  return cells;
}

export function groupCells(
  totals: Plan['totals'],
  { drifted = 0, groupsFiltered = 0 }: ExtraCounts,
): SummaryCell<ReviewCategory>[] {
  const { counters } = totals;
  const cells: SummaryCell<ReviewCategory>[] = [
    { key: 'all', count: totals.groupChanges, word: 'all changes' },
    { key: 'added', count: counters.groupsAdded, tile: 'added' },
    { key: 'modified', count: counters.groupsModified, tile: 'modified' },
    { key: 'cleaned-up', count: counters.groupsCleanedUp, tile: 'cleaned-up' },
    { key: 'failed', count: counters.groupsFailed, tile: 'failed' },
    { key: 'filtered', count: groupsFiltered, tile: 'filtered' },
  ];
  if (drifted > 0) cells.push({ key: 'drifted', count: drifted, tile: 'drifted' });
  return cells;
}
