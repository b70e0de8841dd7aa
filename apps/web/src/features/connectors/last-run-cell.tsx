import type { RunCounters, RunSummary } from '@gatehouse/contracts/run';
import { reasonLabel } from '@gatehouse/contracts/run-words';
import { Link } from '@tanstack/react-router';
import type { TileState } from '../../components/ui/state-vocabulary.ts';
import { Tile } from '../../components/ui/tile.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import { formatCount, formatNoun } from '../../lib/format.ts';
import classes from './connector-page.module.css';
import { groupChangesOf, hasOpenPlan, heldChangesOf, runKind } from './connector-state.ts';

const SHOWN: readonly { state: TileState; word: string; count: (counters: RunCounters) => number }[] = [
  { state: 'added', word: 'added', count: ({ added }) => added },
  { state: 'modified', word: 'modified', count: ({ modified }) => modified },
  { state: 'cleaned-up', word: 'cleaned up', count: ({ cleanedUp }) => cleanedUp },
  { state: 'drifted', word: 'drifted', count: ({ drifted }) => drifted },
  { state: 'failed', word: 'failed', count: ({ failed, groupsFailed }) => failed + groupsFailed },
];

/** What the last run did, which run it was, and when. */
export function LastRunCell({ run }: { run: RunSummary | null }) {
  if (run === null) return <span className={classes.subLine}>No run yet</span>;
  return (
    <>
      <span className={classes.counters}>
        <WhatItDid run={run} />
      </span>
      <span className={classes.subLine}>
        <Link to="/runs/$runId" params={{ runId: String(run.id) }}>
          #{run.id}
        </Link>{' '}
        {runKind(run)}, <RelativeTime instant={run.finishedAt ?? run.startedAt ?? run.queuedAt} />
        {hasOpenPlan(run) && (
          <>
            {' · '}
            <Link to="/runs/$runId/review" params={{ runId: String(run.id) }}>
              Review
            </Link>
          </>
        )}
      </span>
    </>
  );
}

function WhatItDid({ run }: { run: RunSummary }) {
  const { counters, reason, state } = run;
  if (state === 'held') {
    const held = heldChangesOf(counters);
    return <Tile state="held">{held > 0 ? `${formatCount(held)} held` : 'held'}</Tile>;
  }
  if (counters === null || (state !== 'done' && reason !== null)) {
    return reason === null ? null : <span>{reasonLabel(reason.code)}</span>;
  }
  const groups = groupChangesOf(counters);
  const shown = SHOWN.filter(({ count }) => count(counters) > 0);
  const people = shown.filter(({ state: tile }) => tile !== 'failed').length;
  return (
    <>
      {people === 0 && groups > 0 && <Tile state="modified">{formatNoun(groups, 'group')} changed</Tile>}
      {people === 0 && groups === 0 && <Tile state="not-modified">nothing to do</Tile>}
      {shown.map(({ state: tile, word, count }) => (
        <Tile key={tile} state={tile}>
          {formatCount(count(counters))} {word}
        </Tile>
      ))}
    </>
  );
}
