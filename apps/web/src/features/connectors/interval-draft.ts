import type { Schedule } from '@gatehouse/contracts/schedule';
import {
  type DaysChoice,
  daysChoice,
  expressionToInterval,
  type HourStep,
  hourSteps,
  type Interval,
  intervalToExpression,
  type MinuteStep,
  minuteSteps,
  type Weekday,
  weekdays,
  workingDays,
} from '@gatehouse/schedule/interval';

/** What stands in the fields of the interval dialog, as typed; hidden ones keep their value. */
export type IntervalDraft = {
  unit: Interval['unit'];
  minutes: string;
  hours: string;
  /** Minute past the hour. */
  minute: string;
  /** "02:00" */
  time: string;
  choice: DaysChoice;
  days: readonly Weekday[];
  timeZone: string;
};

export type IntervalDraftErrors = Partial<Record<'every' | 'minute' | 'time' | 'days', string>>;

const DEFAULT: Interval = { unit: 'hours', every: 4, minute: 0, days: weekdays };

/** The schedule as fields. `expressible` is false when the dialog cannot say it: then the fields show a default. */
export function intervalDraftOf(
  schedule: Schedule | null,
  browserZone: string,
): { draft: IntervalDraft; expressible: boolean } {
  const read = schedule === null ? DEFAULT : expressionToInterval(schedule.expression);
  const interval = read ?? DEFAULT;
  const draft: IntervalDraft = {
    unit: interval.unit,
    minutes: interval.unit === 'minutes' ? String(interval.every) : '15',
    hours: interval.unit === 'hours' ? String(interval.every) : '4',
    minute: interval.unit === 'hours' ? String(interval.minute) : '0',
    time: interval.unit === 'day' ? `${twoDigits(interval.hour)}:${twoDigits(interval.minute)}` : '02:00',
    choice: daysChoice(interval.days),
    days: interval.days,
    timeZone: schedule?.timeZone ?? browserZone,
  };
  return { draft, expressible: read !== null };
}

/** The interval that the fields say, or the sentence at each field that needs another value. */
export function readIntervalDraft(
  draft: IntervalDraft,
): { ok: true; interval: Interval } | { ok: false; errors: IntervalDraftErrors } {
  const errors: IntervalDraftErrors = {};
  const days = daysOf(draft);
  if (days.length === 0) errors.days = 'Choose at least one day.';
  const interval = readTimes(draft, days, errors);
  return interval !== null && Object.keys(errors).length === 0
    ? { ok: true, interval }
    : { ok: false, errors };
}

function readTimes(
  draft: IntervalDraft,
  days: readonly Weekday[],
  errors: IntervalDraftErrors,
): Interval | null {
  if (draft.unit === 'minutes') {
    const every = offered(draft.minutes, minuteSteps);
    if (every === undefined) errors.every = whyNot(draft.minutes, 'minutes');
    return every === undefined ? null : { unit: 'minutes', every: every as MinuteStep, days };
  }
  if (draft.unit === 'hours') {
    const every = offered(draft.hours, hourSteps);
    const minute = wholeNumber(draft.minute);
    if (every === undefined) errors.every = whyNot(draft.hours, 'hours');
    if (minute === undefined || minute > 59) errors.minute = 'Type a minute from 0 to 59.';
    if (every === undefined || minute === undefined) return null;
    return { unit: 'hours', every: every as HourStep, minute, days };
  }
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(draft.time.trim()) ?? [];
  if (hour === undefined || minute === undefined) {
    errors.time = 'Type a time such as 02:00.';
    return null;
  }
  return { unit: 'day', hour: Number(hour), minute: Number(minute), days };
}

export function daysOf({ choice, days }: Pick<IntervalDraft, 'choice' | 'days'>): readonly Weekday[] {
  if (choice === 'every-day') return weekdays;
  return choice === 'weekdays' ? workingDays : days;
}

/** The steps of a unit, and why there are no others. */
export function offerOf(unit: 'minutes' | 'hours'): { steps: readonly number[]; reason: string } {
  return unit === 'minutes'
    ? {
        steps: minuteSteps,
        reason: 'Cron starts anew each hour: “every 45 minutes” would run at :00 and :45.',
      }
    : {
        steps: hourSteps,
        reason: 'Cron starts anew each day: “every 5 hours” would run at 20:00 and again at 00:00.',
      };
}

/** "1, 2, 3 or 4" */
export function listNumbers(numbers: readonly number[]): string {
  return `${numbers.slice(0, -1).join(', ')} or ${numbers.at(-1)}`;
}

/** The next offered step above or below a typed number; the end of the list stays. */
export function nextStep(typed: string, steps: readonly number[], direction: 1 | -1): number {
  const value = wholeNumber(typed);
  const ordered = direction === 1 ? steps : [...steps].reverse();
  const beyond = ordered.find((step) => (step - (value ?? 0)) * direction > 0);
  return beyond ?? ordered.at(-1) ?? 1;
}

/**
 * The schedule that the dialog hands back. An interval that says what the present expression says leaves that
 * text as its author wrote it.
 */
export function scheduleOf(interval: Interval, timeZone: string, present: Schedule | null): Schedule {
  const dialect = present?.dialect ?? 'unix';
  const expression = intervalToExpression(interval, dialect);
  if (present === null) return { expression, dialect, timeZone };
  const current = expressionToInterval(present.expression);
  const same = current !== null && intervalToExpression(current, dialect) === expression;
  return { expression: same ? present.expression : expression, dialect, timeZone };
}

function offered(typed: string, steps: readonly number[]): number | undefined {
  return steps.find((step) => step === wholeNumber(typed));
}

function whyNot(typed: string, unit: 'minutes' | 'hours'): string {
  const value = wholeNumber(typed);
  if (value === undefined || value === 0) return `Type a number of ${unit}.`;
  const cycle = unit === 'minutes' ? 60 : 24;
  if (value >= cycle) {
    return unit === 'minutes'
      ? `${value} minutes are an hour or more. Choose hours.`
      : `${value} hours are a day or more. Choose day.`;
  }
  const last = Math.floor((cycle - 1) / value) * value;
  const restart = cycle - last;
  const choose = `Choose ${listNumbers(offerOf(unit).steps)}.`;
  return unit === 'minutes'
    ? `${value} does not divide an hour: the run at :${twoDigits(last)} is followed by one at :00, ${restart} min later. ${choose}`
    : `${value} does not divide a day: the run at ${twoDigits(last)}:00 is followed by one at 00:00, ${restart} h later. ${choose}`;
}

function wholeNumber(typed: string): number | undefined {
  return /^\d{1,4}$/.test(typed.trim()) ? Number(typed.trim()) : undefined;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
