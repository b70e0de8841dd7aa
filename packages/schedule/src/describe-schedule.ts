import type { Schedule } from '@gatehouse/contracts/schedule';
import { toString as describeCron } from 'cronstrue';
import type { Interval, Weekday } from './interval.ts';
import { daysChoice, expressionToInterval, sortDays } from './interval.ts';

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
 * A schedule in words, without its time zone: "Every 4 hours, on the hour". What the dialog can set has
 * sentences of its own; the rest is told by cronstrue.
 */
export function describeSchedule(schedule: Pick<Schedule, 'expression' | 'dialect'>): string {
  const interval = expressionToInterval(schedule.expression);
  if (interval !== null) return describeInterval(interval);
  return describeCron(schedule.expression, {
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
  const last = names.at(-1) ?? '';
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
