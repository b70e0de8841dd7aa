import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HourStep, Interval, MinuteStep } from './interval.ts';
import {
  daysChoice,
  expressionToInterval,
  hourSteps,
  intervalToExpression,
  minuteSteps,
  sortDays,
  weekdays,
  workingDays,
} from './interval.ts';
import { parseSchedule } from './parse-schedule.ts';
import { ScheduleError } from './schedule-error.ts';

const now = new Date('2026-11-21T01:14:00Z');

const minutes = (every: MinuteStep, days = weekdays as Interval['days']): Interval => ({
  unit: 'minutes',
  every,
  days,
});
const hours = (every: HourStep, minute: number, days = weekdays as Interval['days']): Interval => ({
  unit: 'hours',
  every,
  minute,
  days,
});
const day = (hour: number, minute: number, days = weekdays as Interval['days']): Interval => ({
  unit: 'day',
  hour,
  minute,
  days,
});

describe('intervalToExpression writes', () => {
  it.each([
    [minutes(1), '* * * * *', '0 * * * * ?'],
    [minutes(15), '*/15 * * * *', '0 0/15 * * * ?'],
    [minutes(5, workingDays), '*/5 * * * 1-5', '0 0/5 * ? * MON-FRI'],
    [hours(1, 0), '0 * * * *', '0 0 * * * ?'],
    [hours(4, 0), '0 */4 * * *', '0 0 0/4 * * ?'],
    [hours(12, 30, ['sun', 'mon']), '30 */12 * * 0,1', '0 30 0/12 ? * MON,SUN'],
    [day(2, 0), '0 2 * * *', '0 0 2 * * ?'],
    [day(23, 59, ['sat']), '59 23 * * 6', '0 59 23 ? * SAT'],
  ])('%j as %j and %j', (interval, unix, quartz) => {
    expect(intervalToExpression(interval, 'unix')).toBe(unix);
    expect(intervalToExpression(interval, 'quartz')).toBe(quartz);
  });

  it.each<Interval>([
    day(24, 0),
    day(2, 60),
    day(2, Number.NaN),
    day(2.5, 0),
    day(2, 0, []),
    hours(4, -1),
    { ...hours(4, 0), every: 5 as 6 } as Interval,
    { ...minutes(15), every: 45 as 30 } as Interval,
  ])('nothing for %j', (interval) => {
    expect(() => intervalToExpression(interval, 'unix')).toThrow(ScheduleError);
  });
});

describe('expressionToInterval reads', () => {
  it.each([
    ['*/1 * * * *', minutes(1)],
    ['0-59 * * * *', minutes(1)],
    ['0,15,30,45 * * * *', minutes(15)],
    ['0-59/15 0-23 * 1-12 0-7', minutes(15)],
    ['30,0 * * * *', minutes(30)],
    ['0 0,4,8,12,16,20 * * *', hours(4, 0)],
    ['5 0-23/2 * * 1,2,3,4,5', hours(2, 5, workingDays)],
    ['0 12,0 * * *', hours(12, 0)],
    ['@hourly', hours(1, 0)],
    ['@weekly', day(0, 0, ['sun'])],
    ['0 9 * * 7', day(9, 0, ['sun'])],
    ['0 9 * * sat-sun', day(9, 0, ['sat', 'sun'])],
    ['0 0 9 ? * 1', day(9, 0, ['sun'])],
    ['0 0 9 * * 2-6', day(9, 0, workingDays)],
    ['0 0 9 ? * FRI-MON', day(9, 0, ['mon', 'fri', 'sat', 'sun'])],
    ['0 0 9 ? * * *', day(9, 0)],
    ['0 /15 * * * ?', minutes(15)],
    ['0 0 12 1/1 * ? *', day(12, 0)],
    ['0 9 */1 * 1', day(9, 0, ['mon'])],
    ['0 */15 * ? * *', minutes(15)],
  ])('%j', (expression, interval) => {
    expect(expressionToInterval(expression)).toEqual(interval);
  });

  it.each([
    '5-59/15 * * * *',
    '*/7 * * * *',
    '*/45 * * * *',
    '0 */5 * * *',
    '0 1-23/2 * * *',
    '0 9-17 * * *',
    '*/15 9-17 * * *',
    '0,30 9 * * *',
    '0 9,17 * * *',
    '0 9 1 * *',
    '0 9 1-31 * 1',
    '0 9 2-31 * *',
    '0 9 * 1 *',
    '0 9 * * 1#2',
    '0 9 * * 5L',
    '0 9 L * *',
    '30 0 9 * * ?',
    '0 0 9 * * ? 2027',
    '',
    'every day',
    '61 * * * *',
  ])('%j as nothing that the dialog has', (expression) => {
    expect(expressionToInterval(expression)).toBeNull();
  });
});

describe('interval and expression', () => {
  const days = fc.subarray([...weekdays], { minLength: 1 });
  const interval: fc.Arbitrary<Interval> = fc.oneof(
    fc.record({ unit: fc.constant('minutes' as const), every: fc.constantFrom(...minuteSteps), days }),
    fc.record({
      unit: fc.constant('hours' as const),
      every: fc.constantFrom(...hourSteps),
      minute: fc.nat(59),
      days,
    }),
    fc.record({ unit: fc.constant('day' as const), hour: fc.nat(23), minute: fc.nat(59), days }),
  );

  it('say the same in both directions and dialects, and are accepted', () => {
    fc.assert(
      fc.property(interval, fc.constantFrom('unix' as const, 'quartz' as const), (value, dialect) => {
        const expression = intervalToExpression(value, dialect);

        expect(expressionToInterval(expression)).toEqual({ ...value, days: sortDays(value.days) });
        expect(parseSchedule({ expression, dialect, timeZone: 'UTC' }, now)).toEqual({
          ok: true,
          schedule: { expression, dialect, timeZone: 'UTC' },
        });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('daysChoice', () => {
  it.each([
    [weekdays, 'every-day'],
    [[...weekdays].reverse(), 'every-day'],
    [workingDays, 'weekdays'],
    [['fri', 'thu', 'wed', 'tue', 'mon'], 'weekdays'],
    [['mon'], 'chosen-days'],
    [['mon', 'tue', 'wed', 'thu', 'sat'], 'chosen-days'],
  ] as const)('of %j is %s', (days, choice) => {
    expect(daysChoice(days)).toBe(choice);
  });
});
