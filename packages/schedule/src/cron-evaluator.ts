import { Cron } from 'croner';
import type { CronExpression } from './cron-expression.ts';

/**
 * The one place that evaluates. Times are local to the zone: a fixed time that the clock skips in spring
 * runs at the first minute after the gap and, when the clock goes back, once; intervals leave the skipped
 * times out and run in both of the repeated hours.
 *
 * @throws TypeError or RangeError of croner, for what it cannot read
 */
export function cronEvaluator(expression: CronExpression, timeZone: string): Cron {
  const quartz = { alternativeWeekdays: true, sloppyRanges: true };
  return new Cron(expression.pattern, {
    timezone: timeZone,
    mode: expression.dialect === 'unix' ? '5-part' : '6-or-7-parts',
    ...(expression.dialect === 'quartz' ? quartz : {}),
  });
}
