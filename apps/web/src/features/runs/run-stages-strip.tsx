import type { Run } from '@gatehouse/contracts/run';
import { classNames } from '../../components/ui/class-names.ts';
import { Glyph } from '../../components/ui/glyph.tsx';
import colors from '../../components/ui/state-colors.module.css';
import type { GlyphState, StateColor } from '../../components/ui/state-vocabulary.ts';
import { useNow } from '../../components/ui/times.tsx';
import { formatDuration, formatExactTime } from '../../lib/format.ts';
import classes from './run-page.module.css';
import { runStages, type Stage, type StageName, type StageState } from './run-stages.ts';

const NAMES: Record<StageName, string> = {
  queued: 'Queued',
  reading: 'Reading Okta',
  planning: 'Planning',
  held: 'Held by the guard',
  applying: 'Applying',
  done: 'Done',
};

const LOOKS: Record<StageState, { glyph: GlyphState; color: StateColor | null }> = {
  passed: { glyph: 'passed', color: null },
  running: { glyph: 'running', color: 'blue' },
  held: { glyph: 'held', color: 'violet' },
  failed: { glyph: 'failed', color: 'red' },
  interrupted: { glyph: 'warning', color: 'amber' },
  stopped: { glyph: 'not-done', color: 'grey' },
  coming: { glyph: 'not-done', color: null },
  'not-reached': { glyph: 'not-reached', color: null },
};

/** The stages side by side, each with its time; the present one is coloured. */
export function RunStages({ run }: { run: Run }) {
  const now = useNow(1000);
  return (
    <ol className={classes.stages} aria-label="Stages of the run">
      {runStages(run).map((stage) => {
        const { glyph, color } = LOOKS[stage.state];
        const time = timeOf(stage, now);
        return (
          <li
            key={stage.name}
            className={classNames(classes.stage, color !== null && `${colors[color]} ${classes.present}`)}
            data-coming={stage.state === 'coming' || stage.state === 'not-reached' || undefined}
            aria-current={color === null ? undefined : 'step'}
          >
            <Glyph state={glyph} />
            <span>
              <span className={classes.stageName}>{NAMES[stage.name]}</span>
              {time !== null && <span className={classes.stageTime}>{time}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** What has passed says how long it took, what lasts how long it has; the ends say when. */
function timeOf({ name, state, since, until }: Stage, now: number): string | null {
  if (since === null || state === 'coming' || state === 'not-reached') return null;
  if (name === 'queued' && state !== 'running') return formatExactTime(since);
  if (name === 'done') return formatExactTime(since);
  if (state === 'running') return `${formatDuration(Math.max(1000, now - Date.parse(since)))} so far`;
  if (state === 'held') return `since ${formatExactTime(since)}`;
  if (until === null) return formatExactTime(since);
  return formatDuration(Date.parse(until) - Date.parse(since));
}
