import type { Schedule } from '@gatehouse/contracts/schedule';
import { describeSchedule } from '@gatehouse/schedule/describe-schedule';
import { nextRuns } from '@gatehouse/schedule/next-runs';
import { parseSchedule } from '@gatehouse/schedule/parse-schedule';
import { unevenSteps } from '@gatehouse/schedule/uneven-steps';

export type ScheduleReading =
  | {
      ok: true;
      /** As it would be stored. */
      schedule: Schedule;
      words: string;
      /** At most five, ascending; fewer when its years end. */
      next: readonly Date[];
    }
  | { ok: false; field: 'schedule.expression' | 'schedule.timeZone'; reason: string };

const SHOWN = 5;

/** What a schedule as typed means, or why it is refused. The number of fields tells the dialect. */
export function readSchedule(typed: Pick<Schedule, 'expression' | 'timeZone'>, now: Date): ScheduleReading {
  const { expression, timeZone } = typed;
  const parsed = parseSchedule({ expression, timeZone }, now);
  if (!parsed.ok) return { ok: false, field: `schedule.${parsed.field}`, reason: parsed.detail };
  const { schedule } = parsed;
  return { ok: true, schedule, words: describeSchedule(schedule), next: nextRuns(schedule, now, SHOWN) };
}

/** Why "every 45 minutes" is not even, for steps that do not divide the hour or the day; null for all others. */
export function unevenNote(expression: string): string | null {
  const [first] = unevenSteps(expression);
  return first === undefined ? null : `Not evenly: cron starts anew each ${first.cycle}. See the next runs.`;
}

/** What the form keeps of a typed expression: the text as it is, with the dialect that it is read in. */
export function typedSchedule(expression: string, before: Schedule, now: Date): Schedule {
  const reading = readSchedule({ expression, timeZone: before.timeZone }, now);
  return { ...before, expression, dialect: reading.ok ? reading.schedule.dialect : before.dialect };
}
