import type { Schedule } from '@gatehouse/contracts/schedule';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourSteps, intervalToExpression, minuteSteps, weekdays } from './interval.ts';
import { nextRun, nextRuns } from './next-runs.ts';
import { ScheduleError } from './schedule-error.ts';

function schedule(expression: string, timeZone: string): Schedule {
  return { expression, dialect: expression.split(' ').length === 5 ? 'unix' : 'quartz', timeZone };
}

describe('nextRuns', () => {
  it.each([
    // expression, zone, after, runs in UTC
    ['0 */4 * * *', 'Europe/Berlin', '2026-11-21T01:14Z', ['11-21T03:00', '11-21T07:00', '11-21T11:00']],
    ['0 */4 * * *', 'UTC', '2026-11-21T04:00Z', ['11-21T08:00', '11-21T12:00', '11-21T16:00']],
    ['* * * * *', 'UTC', '2026-11-21T04:00:59.999Z', ['11-21T04:01', '11-21T04:02', '11-21T04:03']],
    ['0 9 * * 1-5', 'Asia/Kolkata', '2026-11-20T12:00Z', ['11-23T03:30', '11-24T03:30', '11-25T03:30']],
    ['0 9 * * 5-7', 'UTC', '2026-11-20T12:00Z', ['11-21T09:00', '11-22T09:00', '11-27T09:00']],
    ['0 0 12 ? * 2', 'UTC', '2026-11-20T12:00Z', ['11-23T12:00', '11-30T12:00', '12-07T12:00']],
    ['0 0 12 ? * FRI-MON', 'UTC', '2026-11-20T12:00Z', ['11-21T12:00', '11-22T12:00', '11-23T12:00']],
    ['0 9 */1 * 1', 'UTC', '2026-11-20T12:00Z', ['11-23T09:00', '11-30T09:00']],
    ['0 9 1-31 * 1', 'UTC', '2026-11-20T12:00Z', ['11-21T09:00', '11-22T09:00']],
    ['0 9 1 * 1', 'UTC', '2026-11-23T12:00Z', ['11-30T09:00', '12-01T09:00']],
    ['0 0 12 ? * L', 'UTC', '2026-11-20T12:00Z', ['11-21T12:00', '11-28T12:00', '12-05T12:00']],
    ['0 0 23-1 * * ?', 'UTC', '2026-11-20T12:00Z', ['11-20T23:00', '11-21T00:00', '11-21T01:00']],
    ['30 0 0 20 11 ? 2026', 'UTC', '2026-11-20T00:00Z', ['11-20T00:00:30']],
    ['0 0 12 ? * 6L', 'UTC', '2026-10-31T12:00Z', ['11-27T12:00', '12-25T12:00']],
    // the clock skips 02:00 to 03:00 in Berlin: a fixed time runs after the gap, an interval leaves it out
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', ['03-29T01:00', '03-30T00:30', '03-31T00:30']],
    ['0 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', ['03-29T01:00', '03-30T00:00']],
    ['0 * * * *', 'Europe/Berlin', '2026-03-28T23:30Z', ['03-29T00:00', '03-29T01:00', '03-29T02:00']],
    ['0 */2 * * *', 'Europe/Berlin', '2026-03-28T22:30Z', ['03-28T23:00', '03-29T02:00', '03-29T04:00']],
    // it runs through 02:00 to 03:00 twice in October: a fixed time runs once, an interval both times
    ['30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', ['10-25T00:30', '10-26T01:30']],
    ['0 * * * *', 'Europe/Berlin', '2026-10-24T23:30Z', ['10-25T00:00', '10-25T01:00', '10-25T02:00']],
    // New York: the same, at 02:00 to 03:00 in March and 01:00 to 02:00 in November
    ['30 2 * * *', 'America/New_York', '2026-03-07T12:00Z', ['03-08T07:00', '03-09T06:30']],
    ['0 30 2 ? * SUN', 'America/New_York', '2026-03-07T12:00Z', ['03-08T07:00', '03-15T06:30']],
    ['30 1 * * *', 'America/New_York', '2026-10-31T12:00Z', ['11-01T05:30', '11-02T06:30']],
    ['*/30 * * * *', 'America/New_York', '2026-11-01T05:15Z', ['11-01T05:30', '11-01T06:00', '11-01T06:30']],
    ['0 */12 * * *', 'America/New_York', '2026-11-01T03:00Z', ['11-01T04:00', '11-01T17:00', '11-02T05:00']],
  ])('of %j in %s after %s', (expression, timeZone, after, expected) => {
    const runs = nextRuns(schedule(expression, timeZone), new Date(after), expected.length);

    const utc = expected.map((time) =>
      new Date(`2026-${time}${time.length === 11 ? ':00' : ''}Z`).toISOString(),
    );
    expect(runs.map((run) => run.toISOString())).toEqual(utc);
  });

  it('answers fewer when the years of the expression end', () => {
    const once = schedule('0 0 12 24 12 ? 2026', 'UTC');

    expect(nextRuns(once, new Date('2026-11-20T00:00Z'), 5)).toEqual([new Date('2026-12-24T12:00Z')]);
    expect(nextRun(once, new Date('2026-12-24T12:00Z'))).toBeNull();
  });

  it.each([
    ['0 0 * *', 'UTC'],
    ['61 0 * * *', 'UTC'],
    ['0 0 * * *', 'Mars/Olympus'],
  ])('throws for what was never validated: %j in %s', (expression, timeZone) => {
    expect(() => nextRuns({ expression, dialect: 'unix', timeZone }, new Date(0), 1)).toThrow(ScheduleError);
  });
});

describe('an interval over a change of the clock', () => {
  const minuteMs = 60_000;

  /** Asks the clock of the zone at every minute, which is slow and obviously right. */
  function minutesWhere(
    timeZone: string,
    from: Date,
    matches: (weekday: string, hour: number, minute: number) => boolean,
  ) {
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    const found: string[] = [];
    for (let time = from.getTime() + minuteMs; time < from.getTime() + 36 * 60 * minuteMs; time += minuteMs) {
      const parts = new Map(clock.formatToParts(time).map((part) => [part.type, part.value]));
      const weekday = (parts.get('weekday') ?? '').toLowerCase();
      if (matches(weekday, Number(parts.get('hour')), Number(parts.get('minute'))))
        found.push(new Date(time).toISOString());
    }
    return found;
  }

  const days = fc.subarray([...weekdays], { minLength: 1 });
  const change = fc.constantFrom(
    ['Europe/Berlin', '2026-03-28T12:00Z'],
    ['Europe/Berlin', '2026-10-24T12:00Z'],
    ['America/New_York', '2026-03-07T20:00Z'],
    ['America/New_York', '2026-10-31T20:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T06:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T06:00Z'],
  );
  const dialect = fc.constantFrom('unix' as const, 'quartz' as const);

  it('of hours runs whenever the local clock shows such a time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...hourSteps),
        fc.nat(59),
        days,
        change,
        dialect,
        (every, minute, chosen, [timeZone = '', from = ''], inDialect) => {
          const expression = intervalToExpression({ unit: 'hours', every, minute, days: chosen }, inDialect);
          const expected = minutesWhere(
            timeZone,
            new Date(from),
            (day, hour, clockMinute) =>
              chosen.some((name) => name === day) && hour % every === 0 && clockMinute === minute,
          );

          const runs = nextRuns(schedule(expression, timeZone), new Date(from), expected.length);

          expect(runs.map((run) => run.toISOString())).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of minutes runs whenever the local clock shows such a minute', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...minuteSteps),
        change,
        dialect,
        (every, [timeZone = '', from = ''], inDialect) => {
          const expression = intervalToExpression({ unit: 'minutes', every, days: weekdays }, inDialect);
          const expected = minutesWhere(
            timeZone,
            new Date(from),
            (_day, _hour, minute) => minute % every === 0,
          );

          const runs = nextRuns(schedule(expression, timeZone), new Date(from), expected.length);

          expect(runs.map((run) => run.toISOString())).toEqual(expected);
        },
      ),
      { numRuns: 20 },
    );
  });
});
