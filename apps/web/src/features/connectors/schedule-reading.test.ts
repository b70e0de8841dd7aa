import { describe, expect, it } from 'vitest';
import { readSchedule, typedSchedule, unevenNote } from './schedule-reading.ts';
import { listMoments, zonedMoments } from './zoned-time.ts';

const now = new Date('2026-11-21T01:14:00Z'); // 02:14 in Berlin
const timeZone = 'Europe/Berlin';

function nextIn(expression: string, zone = timeZone): string {
  const reading = readSchedule({ expression, timeZone: zone }, now);
  return reading.ok ? listMoments(zonedMoments(reading.next, zone, now)) : reading.reason;
}

describe('the next five runs', () => {
  it.each([
    ['0 */4 * * *', timeZone, 'Today 04:00, 08:00, 12:00, 16:00, 20:00'],
    ['0 */12 * * *', timeZone, 'Today 12:00; tomorrow 00:00, 12:00; Mon 23 Nov 00:00, 12:00'],
    // In Lima it is still Friday 20:14.
    ['0 */12 * * *', 'America/Lima', 'Tomorrow 00:00, 12:00; Sun 22 Nov 00:00, 12:00; Mon 23 Nov 00:00'],
  ])('of %j in %s', (expression, zone, text) => {
    expect(nextIn(expression, zone)).toBe(text);
  });

  it('name the year when it is another one', () => {
    expect(nextIn('0 0 0 1 1 ? 2030')).toBe('Tue 1 Jan 2030 00:00');
  });
});

describe('what cannot be a schedule is refused at once', () => {
  it.each([
    ['no such date', '0 0 31 2 *', /never runs/],
    ['every second', '* * * * * *', /60 times a minute/],
    ['100 kB', 'x'.repeat(100_000), /100000 characters/],
    ['words', 'every day', /2 fields/],
    ['nothing', '', /Type a cron expression/],
  ])('%s', (_case, expression, reason) => {
    expect(readSchedule({ expression, timeZone }, now)).toMatchObject({
      ok: false,
      field: 'schedule.expression',
      reason: expect.stringMatching(reason),
    });
  });

  it('at the zone, when that is the cause', () => {
    expect(readSchedule({ expression: '0 2 * * *', timeZone: 'Europe/Berlino' }, now)).toMatchObject({
      field: 'schedule.timeZone',
    });
  });
});

describe('typedSchedule', () => {
  it.each([
    ['0 0 2 * * ?', 'quartz'],
    ['0 2 * * *', 'unix'],
    ['0 2 * *', 'unix'], // not readable: as before
  ] as const)('reads %j as %s and keeps the text', (expression, dialect) => {
    const before = { expression: '0 1 * * *', dialect: 'unix' as const, timeZone };

    expect(typedSchedule(expression, before, now)).toEqual({ expression, dialect, timeZone });
  });
});

describe('unevenNote', () => {
  const hour = 'Not evenly: cron starts anew each hour. See the next runs.';
  const day = 'Not evenly: cron starts anew each day. See the next runs.';
  it.each([
    ['*/45 * * * *', hour],
    ['0 0/45 * * * ?', hour],
    ['0 */5 * * *', day],
    ['0 0 0/7 * * ? 2027', day],
    ['0 2 */10 * *', 'Not evenly: cron starts anew each month. See the next runs.'],
    ['*/15 * * * *', null],
    ['0 */4 * * *', null],
    ['*/0 * * * *', null],
    ['0 8 * * 1-5', null],
    ['@daily', null],
    ['', null],
  ])('of %j is %j', (expression, words) => {
    expect(unevenNote(expression)).toBe(words);
  });
});
