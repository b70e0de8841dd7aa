import type { Run, RunCounters } from '@gatehouse/contracts/run';
import { useQuery } from '@tanstack/react-query';
import { Panel } from '../../components/ui/panel.tsx';
import type { TileState } from '../../components/ui/state-vocabulary.ts';
import { Tile } from '../../components/ui/tile.tsx';
import { formatCount } from '../../lib/format.ts';
import { changeCountQuery, planQuery } from './api.ts';
import { groupSentence } from './group-sentence.ts';
import { wouldBeHeld } from './run-end-words.ts';
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
      <GroupsOfRun run={run} counters={counters} />
    </Panel>
  );
}

/** What the counters do not hold is asked of the plan. */
function GroupsOfRun({ run, counters }: { run: Run; counters: RunCounters }) {
  const filtered = useQuery(changeCountQuery(run.id, { category: 'filtered', subject: 'group' }));
  const isHeld = run.state === 'held' || (run.intent === 'simulate' && wouldBeHeld(run));
  const plan = useQuery({ ...planQuery(run.id), enabled: isHeld });
  const beside = {
    groupsFiltered: filtered.data ?? 0,
    guardReasons: plan.data?.verdict.reasons ?? [],
  };
  return <p className={classes.counterNote}>{groupSentence(counters, beside)}</p>;
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
