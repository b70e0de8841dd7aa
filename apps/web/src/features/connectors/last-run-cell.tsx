import type { RunCounters, RunSummary } from '@gatehouse/contracts/run';
import { Link } from '@tanstack/react-router';
import type { TileState } from '../../components/ui/state-vocabulary.ts';
import { Tile } from '../../components/ui/tile.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import { formatCount } from '../../lib/format.ts';
import classes from './connector-page.module.css';
import { runKind } from './connector-state.ts';

const SHOWN: readonly { state: TileState; word: string; count: (counters: RunCounters) => number }[] = [
  { state: 'added', word: 'added', count: ({ added }) => added },
  { state: 'modified', word: 'modified', count: ({ modified }) => modified },
  { state: 'cleaned-up', word: 'cleaned up', count: ({ cleanedUp }) => cleanedUp },
  { state: 'drifted', word: 'drifted', count: ({ drifted }) => drifted },
  { state: 'failed', word: 'failed', count: ({ failed }) => failed },
];

/** What the last run did, which run it was, and when. */
export function LastRunCell({ run }: { run: RunSummary | null }) {
  if (run === null) return <span className={classes.subLine}>No run yet</span>;
  const { counters } = run;
  const shown = counters === null ? [] : SHOWN.filter(({ count }) => count(counters) > 0);
  return (
    <>
      <span className={classes.counters}>
        {counters !== null &&
          shown.map(({ state, word, count }) => (
            <Tile key={state} state={state}>
              {formatCount(count(counters))} {word}
            </Tile>
          ))}
        {counters !== null && shown.length === 0 && <Tile state="not-modified">nothing to do</Tile>}
      </span>
      <span className={classes.subLine}>
        <Link to="/runs/$runId" params={{ runId: String(run.id) }}>
          #{run.id}
        </Link>{' '}
        {runKind(run)}, <RelativeTime instant={run.finishedAt ?? run.startedAt ?? run.queuedAt} />
      </span>
    </>
  );
}
