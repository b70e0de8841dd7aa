import type { ScheduleDialect } from '@gatehouse/contracts/schedule';
import type { CronFields } from './cron-expression.ts';
import { readCronExpression } from './cron-expression.ts';
import { ScheduleError } from './schedule-error.ts';

/** Divisors of 60: others would start anew in each hour ("every 45 minutes" runs at :00 and :45). */
export const minuteSteps = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30] as const;
/** Divisors of 24, for the same reason. */
export const hourSteps = [1, 2, 3, 4, 6, 8, 12] as const;

/** In the order of the week as it is shown. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export type MinuteStep = (typeof minuteSteps)[number];
export type HourStep = (typeof hourSteps)[number];
export type Weekday = (typeof weekdays)[number];

export const workingDays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

/** What the dialog can set. `days` is never empty; its order does not matter. */
export type Interval =
  | { readonly unit: 'minutes'; readonly every: MinuteStep; readonly days: readonly Weekday[] }
  | {
      readonly unit: 'hours';
      readonly every: HourStep;
      /** 0 to 59, past the hour. */
      readonly minute: number;
      readonly days: readonly Weekday[];
    }
  | {
      readonly unit: 'day';
      /** 0 to 23. */
      readonly hour: number;
      /** 0 to 59. */
      readonly minute: number;
      readonly days: readonly Weekday[];
    };

export type DaysChoice = 'every-day' | 'weekdays' | 'chosen-days';

/** Which of the three answers to "On" a list of days is. */
export function daysChoice(days: readonly Weekday[]): DaysChoice {
  const sorted = sortDays(days);
  if (sorted.length === weekdays.length) return 'every-day';
  return sorted.join() === workingDays.join() ? 'weekdays' : 'chosen-days';
}

/** Each day once, from Monday to Sunday. */
export function sortDays(days: readonly Weekday[]): readonly Weekday[] {
  return weekdays.filter((day) => days.includes(day));
}

/**
 * The expression that says the same, with steps as Unix (from `*`) or Quartz (from `0`) authors write them.
 *
 * @throws ScheduleError `interval-unusable` when a step, time or day is none that can be chosen
 */
export function intervalToExpression(interval: Interval, dialect: ScheduleDialect): string {
  checkInterval(interval);
  const step = (every: number) => (every === 1 ? '*' : `${dialect === 'unix' ? '*' : '0'}/${every}`);
  const [minute, hour] =
    interval.unit === 'minutes'
      ? [step(interval.every), '*']
      : [String(interval.minute), interval.unit === 'hours' ? step(interval.every) : String(interval.hour)];
  const days = weekdayField(sortDays(interval.days), dialect);
  if (dialect === 'unix') return `${minute} ${hour} * * ${days}`;
  return days === '*' ? `0 ${minute} ${hour} * * ?` : `0 ${minute} ${hour} ? * ${days}`;
}

/** Null when the dialog cannot express it; nothing is rounded or left out. */
export function expressionToInterval(expression: string): Interval | null {
  const read = readCronExpression(expression);
  if ('code' in read) return null;
  const { fields } = read;
  const days = readWeekdaysOnly(fields);
  if (days === null) return null;

  const { minute, hour } = fields;
  const [firstMinute = 0] = minute.values;
  const minuteStep = stepOf(minute.values, 60);
  if (minute.isAny || minute.values.length > 1) {
    const every = minuteSteps.find((candidate) => candidate === (minute.isAny ? 1 : minuteStep));
    return every !== undefined && isEveryHour(fields) ? { unit: 'minutes', every, days } : null;
  }
  const [firstHour = 0] = hour.values;
  if (!hour.isAny && hour.values.length === 1)
    return { unit: 'day', hour: firstHour, minute: firstMinute, days };
  const hourStep = hour.isAny ? 1 : stepOf(hour.values, 24);
  const every = hourSteps.find((candidate) => candidate === hourStep);
  return every === undefined ? null : { unit: 'hours', every, minute: firstMinute, days };
}

/** The weekdays of a schedule that has no other condition on its dates, and runs at second 0; else null. */
export function readWeekdaysOnly(fields: CronFields): readonly Weekday[] | null {
  return runsOnSecondZero(fields) && isEveryDate(fields) ? readDays(fields) : null;
}

function weekdayField(days: readonly Weekday[], dialect: ScheduleDialect): string {
  const choice = daysChoice(days);
  if (choice === 'every-day') return '*';
  if (dialect === 'quartz')
    return choice === 'weekdays' ? 'MON-FRI' : days.map((day) => day.toUpperCase()).join(',');
  return choice === 'weekdays' ? '1-5' : sundayFirst(days).join(',');
}

/** Unix numbers, ascending: 0 = Sunday. */
function sundayFirst(days: readonly Weekday[]): readonly number[] {
  return days.map((day) => (weekdays.indexOf(day) + 1) % 7).sort((left, right) => left - right);
}

function checkInterval(interval: Interval): void {
  const isTime = (value: number, max: number) => Number.isInteger(value) && value >= 0 && value <= max;
  const steps: readonly number[] = interval.unit === 'minutes' ? minuteSteps : hourSteps;
  const isUsable =
    sortDays(interval.days).length > 0 &&
    (interval.unit === 'day' ? isTime(interval.hour, 23) : steps.includes(interval.every)) &&
    (interval.unit === 'minutes' || isTime(interval.minute, 59));
  if (!isUsable)
    throw new ScheduleError('interval-unusable', `No such interval: ${JSON.stringify(interval)}`);
}

function runsOnSecondZero({ second }: CronFields): boolean {
  return second.values.length === 1 && second.values[0] === 0;
}

function isEveryDate({ dayOfMonth, dayOfWeek, month, year }: CronFields): boolean {
  // 1/1, as generators of Quartz expressions write it; beside chosen weekdays it would add all other days.
  const isEveryDay = dayOfMonth.isAny || (dayOfWeek.isAny && dayOfMonth.values.length === 31);
  return isEveryDay && year.isAny && (month.isAny || month.values.length === 12);
}

function isEveryHour({ hour }: CronFields): boolean {
  return hour.isAny || hour.values.length === 24;
}

function readDays({ dayOfWeek }: CronFields): readonly Weekday[] | null {
  if (dayOfWeek.isAny) return weekdays;
  if (!dayOfWeek.isPlain) return null;
  return weekdays.filter((_, index) => dayOfWeek.values.includes((index + 1) % 7));
}

/** The step that reaches exactly these values from 0 on, or undefined. */
function stepOf(values: readonly number[], cycle: number): number | undefined {
  const step = cycle / values.length;
  return values.every((value, index) => value === index * step) ? step : undefined;
}
