import type { Schedule } from '@gatehouse/contracts/schedule';
import { toString as describeCron } from 'cronstrue';
import { readCronExpression } from './cron-expression.ts';
import type { Interval, Weekday } from './interval.ts';
import { daysChoice, expressionToInterval, readWeekdaysOnly, sortDays } from './interval.ts';
import { unevenSteps, writeOutUnevenSteps } from './uneven-steps.ts';

const DAY_NAMES: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/**
 * A schedule in words, without its time zone: "Every 4 hours, on the hour". What the dialog can set and steps that
 * start anew have sentences of their own; the rest is told by cronstrue.
 */
export function describeSchedule(schedule: Pick<Schedule, 'expression' | 'dialect'>): string {
  const interval = expressionToInterval(schedule.expression);
  if (interval !== null) return describeInterval(interval);
  const times = describeUnevenTimes(schedule.expression);
  if (times !== null) return times;
  return describeCron(writeOutUnevenSteps(schedule.expression), {
    dayOfWeekStartIndexZero: schedule.dialect === 'unix',
    use24HourTimeFormat: true,
  });
}

/** "Every 15 minutes, on weekdays", "Every Monday and Friday, at 02:00". */
export function describeInterval(interval: Interval): string {
  switch (interval.unit) {
    case 'minutes':
      return `${every(interval.every, 'minute')}${onDays(interval.days)}`;
    case 'hours':
      return `${every(interval.every, 'hour')}, ${pastTheHour(interval.minute)}${onDays(interval.days)}`;
    case 'day':
      return `Every ${dayWords(interval.days, 'day', 'weekday')}, at ${twoDigits(interval.hour)}:${twoDigits(interval.minute)}`;
  }
}

/** "At :00 and :45 of each hour"; null when the times are even, or on days that have no such sentence. */
function describeUnevenTimes(expression: string): string | null {
  const read = readCronExpression(expression);
  if ('code' in read) return null;
  const days = readWeekdaysOnly(read.fields);
  const uneven = unevenSteps(expression).map(({ field }) => field);
  if (days === null) return null;

  const { minute, hour } = read.fields;
  const hours = hour.values.map(twoDigits);
  const minutes = minute.values.map((value) => `:${twoDigits(value)}`);
  const times = hours.flatMap((each) => minutes.map((past) => each + past));
  const isHourUneven = uneven.includes('hour');
  if (!isHourUneven && !uneven.includes('minute')) return null;
  if (hour.isAny) return `At ${listWords(minutes)} of each hour${onDays(days)}`;
  if (hours.length === 1 || minutes.length === 1) return `At ${listWords(times)}${onDays(days)}`;
  if (!isHourUneven) return null;
  const within = minute.isAny ? 'Every minute' : `At ${listWords(minutes)}`;
  return `${within} of the hours ${listWords(hours)}${onDays(days)}`;
}

function every(count: number, unit: string): string {
  return count === 1 ? `Every ${unit}` : `Every ${count} ${unit}s`;
}

function pastTheHour(minute: number): string {
  if (minute === 0) return 'on the hour';
  return minute === 1 ? '1 minute past the hour' : `${minute} minutes past the hour`;
}

function onDays(days: readonly Weekday[]): string {
  return daysChoice(days) === 'every-day' ? '' : `, on ${dayWords(days, 'every day', 'weekdays')}`;
}

function dayWords(days: readonly Weekday[], everyDay: string, workingDays: string): string {
  const choice = daysChoice(days);
  if (choice === 'every-day') return everyDay;
  if (choice === 'weekdays') return workingDays;
  const names = sortDays(days).map((day) => DAY_NAMES[day]);
  return listWords(names);
}

/** "a, b and c". */
function listWords(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length <= 1 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
