import type { Run, RunCounters } from '@gatehouse/contracts/run';
import { Panel } from '../../components/ui/panel.tsx';
import type { TileState } from '../../components/ui/state-vocabulary.ts';
import { Tile } from '../../components/ui/tile.tsx';
import { formatCount } from '../../lib/format.ts';
import classes from './run-page.module.css';

/** The counters of a run that has them: users, then groups and memberships. */
export function RunResult({ run }: { run: Run }) {
  const { counters, intent, state } = run;
  if (counters === null) return null;
  const wouldBe = intent === 'simulate' || state === 'held' || state === 'discarded';
  return (
    <Panel title={wouldBe ? 'What would change' : 'What changed'}>
      <dl className={classes.counters}>
        {userCounters(counters).map(({ tile, count }) => (
          <div key={tile} className={classes.counter}>
            <dd data-zero={count === 0 || undefined}>{formatCount(count)}</dd>
            <dt>
              <Tile state={tile} />
            </dt>
          </div>
        ))}
      </dl>
      <p className={classes.counterNote}>{groupSentence(counters)}</p>
    </Panel>
  );
}

function userCounters(counters: RunCounters): { tile: TileState; count: number }[] {
  const always: { tile: TileState; count: number }[] = [
    { tile: 'added', count: counters.added },
    { tile: 'modified', count: counters.modified },
    { tile: 'not-modified', count: counters.notModified },
    { tile: 'cleaned-up', count: counters.cleanedUp },
  ];
  const sometimes: { tile: TileState; count: number }[] = [
    { tile: 'held', count: counters.held },
    { tile: 'failed', count: counters.failed },
    { tile: 'drifted', count: counters.drifted },
    { tile: 'filtered', count: counters.filtered },
  ];
  return [...always, ...sometimes.filter(({ count }) => count > 0)];
}

function groupSentence(counters: RunCounters): string {
  const { groupsAdded, groupsModified, groupsCleanedUp, groupsFailed, membershipsGained, membershipsLost } =
    counters;
  const groups = [
    [groupsAdded, 'added'],
    [groupsModified, 'modified'],
    [groupsCleanedUp, 'cleaned up'],
    [groupsFailed, 'failed'],
  ] as const;
  const parts = groups.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  const words = parts.length === 0 ? 'none changed' : parts.join(', ');
  return `Groups: ${words}. Memberships: ${formatCount(membershipsGained)} gained, ${formatCount(membershipsLost)} lost.`;
}
