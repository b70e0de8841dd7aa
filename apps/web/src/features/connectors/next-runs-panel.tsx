import { Panel } from '../../components/ui/panel.tsx';
import { useNow } from '../../components/ui/times.tsx';
import { timeZoneCity } from '../../lib/format.ts';
import { minutesAhead } from './minutes-ahead.ts';
import classes from './schedule.module.css';
import type { ScheduleReading } from './schedule-reading.ts';
import { zonedMoments } from './zoned-time.ts';

type NextRunsPanelProps = {
  /** Null: nothing is set. */
  reading: ScheduleReading | null;
  enabled: boolean;
  unsaved: boolean;
};

/** The next five times of the schedule, on the clock of its zone. */
export function NextRunsPanel({ reading, enabled, unsaved }: NextRunsPanelProps) {
  const zone = reading?.ok ? reading.schedule.timeZone : undefined;
  return (
    <Panel
      title="Next five runs"
      action={zone !== undefined && <span className={classes.zone}>{timeZoneCity(zone)} time</span>}
      padded={false}
      foot={reading?.ok ? footText(enabled, unsaved) : undefined}
    >
      {reading?.ok ? (
        <Times next={reading.next} timeZone={reading.schedule.timeZone} />
      ) : (
        <p className={classes.noRuns}>
          {reading === null ? 'No interval is set.' : 'None: the expression cannot be used as it is.'}
        </p>
      )}
    </Panel>
  );
}

function Times({ next, timeZone }: { next: readonly Date[]; timeZone: string }) {
  const now = useNow();
  const moments = zonedMoments(next, timeZone, new Date(now));
  return (
    <ol className={classes.runs}>
      {next.map((time, index) => (
        <li key={time.getTime()} className={classes.run}>
          <span className={classes.runDay}>{moments[index]?.day}</span>
          <time className={classes.runTime} dateTime={time.toISOString()}>
            {moments[index]?.time}
          </time>
          <span className={classes.runAhead}>{minutesAhead(time, now)}</span>
        </li>
      ))}
    </ol>
  );
}

function footText(enabled: boolean, unsaved: boolean): string | undefined {
  if (!enabled) return 'The schedule is off: none of these starts by itself.';
  return unsaved ? 'This holds from the next save on.' : undefined;
}
