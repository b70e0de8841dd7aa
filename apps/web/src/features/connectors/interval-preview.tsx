import type { Schedule } from '@gatehouse/contracts/schedule';
import { useMemo } from 'react';
import { Mono } from '../../components/ui/mono.tsx';
import { useNow } from '../../components/ui/times.tsx';
import classes from './schedule.module.css';
import { readSchedule } from './schedule-reading.ts';
import { listMoments, zonedMoments } from './zoned-time.ts';

/** What the fields of the dialog say: in words, as the next times, and as cron. */
export function IntervalPreview({ schedule }: { schedule: Schedule | null }) {
  const now = useNow();
  const reading = useMemo(
    () => (schedule === null ? null : readSchedule(schedule, new Date(now))),
    [schedule, now],
  );
  return (
    <div className={classes.preview}>
      {reading?.ok ? (
        <>
          <p className={classes.previewWords}>{reading.words}</p>
          <p className={classes.dim}>
            {listMoments(zonedMoments(reading.next, reading.schedule.timeZone, new Date(now)))}
          </p>
          <p className={classes.previewCron}>
            Same as cron <Mono>{reading.schedule.expression}</Mono>
          </p>
        </>
      ) : (
        <p className={classes.dim}>
          {reading?.reason ?? 'The next times stand here once every field is usable.'}
        </p>
      )}
    </div>
  );
}
