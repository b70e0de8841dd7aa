import type { Schedule } from '@gatehouse/contracts/schedule';
import { cronEvaluator } from './cron-evaluator.ts';
import { readCronExpression } from './cron-expression.ts';
import { ScheduleError } from './schedule-error.ts';

/**
 * The next `count` times strictly after `after`, ascending; fewer when the years of the expression end.
 *
 * @throws ScheduleError `schedule-unusable` for a schedule that `parseSchedule` refuses
 */
export function nextRuns(schedule: Schedule, after: Date, count: number): readonly Date[] {
  const expression = readCronExpression(schedule.expression);
  if ('code' in expression) throw new ScheduleError('schedule-unusable', expression.detail);
  try {
    return cronEvaluator(expression, schedule.timeZone).nextRuns(count, after);
  } catch (cause) {
    const message = `Cannot evaluate ${schedule.expression} in ${schedule.timeZone}`;
    throw new ScheduleError('schedule-unusable', message, { cause });
  }
}

/**
 * The next time strictly after `after`, or null when there is none any more.
 *
 * @throws ScheduleError as `nextRuns`
 */
export function nextRun(schedule: Schedule, after: Date): Date | null {
  return nextRuns(schedule, after, 1)[0] ?? null;
}
