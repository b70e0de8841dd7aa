import type { RunSummary } from '@gatehouse/contracts/run';
import type { RunBar } from '../../components/ui/run-chart-scale.ts';
import { formatDay } from '../../lib/format.ts';
import { runDuration } from './run-state-words.ts';

/** Columns that fit side by side. */
const MOST = 24;

/**
 * The columns of the chart, oldest first: the newest syncs that have counters. Simulations changed nothing, and a held
 * run neither: all of it counts as held. The day stands below the first run of a day.
 */
export function runBars(newestFirst: readonly RunSummary[]): RunBar[] {
  const runs = newestFirst
    .filter(({ intent, counters }) => intent === 'apply' && counters !== null)
    .slice(0, MOST)
    .toReversed();
  return runs.map((run, index) => {
    const day = formatDay(run.queuedAt);
    const before = runs[index - 1];
    const counts = countsOf(run);
    return {
      id: run.id,
      ...counts,
      duration: runDuration(run) ?? 0,
      ...(before !== undefined && formatDay(before.queuedAt) === day ? {} : { day }),
    };
  });
}

function countsOf({
  counters,
  state,
}: RunSummary): Pick<RunBar, 'added' | 'modified' | 'cleanedUp' | 'held'> {
  if (counters === null) return { added: 0, modified: 0, cleanedUp: 0, held: 0 };
  const { added, modified, cleanedUp, held } = counters;
  if (state === 'held') return { added: 0, modified: 0, cleanedUp: 0, held: added + modified + cleanedUp };
  return { added, modified, cleanedUp, held };
}
