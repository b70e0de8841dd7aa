import { describe, expect, it } from 'vitest';
import {
  type IntervalDraft,
  intervalDraftOf,
  nextStep,
  offerOf,
  readIntervalDraft,
  scheduleOf,
} from './interval-draft.ts';

const zone = 'Europe/Berlin';
const unix = (expression: string) => ({ expression, dialect: 'unix' as const, timeZone: zone });
const quartz = (expression: string) => ({ expression, dialect: 'quartz' as const, timeZone: zone });
const base = intervalDraftOf(null, zone).draft;

describe('intervalDraftOf', () => {
  it.each<[string, Partial<IntervalDraft>]>([
    ['0 */4 * * *', { unit: 'hours', hours: '4', minute: '0', choice: 'every-day' }],
    ['30 */12 * * 1-5', { unit: 'hours', hours: '12', minute: '30', choice: 'weekdays' }],
    ['*/15 * * * *', { unit: 'minutes', minutes: '15' }],
    ['5 2 * * 0,6', { unit: 'day', time: '02:05', choice: 'chosen-days', days: ['sat', 'sun'] }],
  ])('shows %j', (expression, fields) => {
    const { draft, expressible } = intervalDraftOf(unix(expression), 'UTC');

    expect(draft).toMatchObject({ ...fields, timeZone: zone });
    expect(expressible).toBe(true);
  });

  it.each(['0 0 L * *', '*/45 * * * *', '0 9 1 * *', 'every day'])('cannot show %j and says so', (text) => {
    expect(intervalDraftOf(unix(text), 'UTC')).toMatchObject({
      expressible: false,
      draft: { timeZone: zone },
    });
  });

  it('starts in the zone of the browser', () => {
    expect(intervalDraftOf(null, 'America/Lima').draft.timeZone).toBe('America/Lima');
  });
});

describe('readIntervalDraft', () => {
  it.each<[Partial<IntervalDraft>, object]>([
    [{ unit: 'minutes', minutes: '45' }, { every: /45 does not divide an hour: .* :45 .* 15 min later/ }],
    [{ unit: 'minutes', minutes: '60' }, { every: /Choose hours/ }],
    [{ unit: 'minutes', minutes: '' }, { every: /Type a number of minutes/ }],
    [{ unit: 'hours', hours: '5' }, { every: /20:00 is followed by one at 00:00, 4 h later/ }],
    [{ unit: 'hours', hours: '24' }, { every: /Choose day/ }],
    [{ unit: 'hours', minute: '60' }, { minute: /0 to 59/ }],
    [{ unit: 'hours', minute: '-1' }, { minute: /0 to 59/ }],
    [{ unit: 'day', time: '24:00' }, { time: /02:00/ }],
    [{ unit: 'day', choice: 'chosen-days', days: [] }, { days: /at least one/ }],
  ])('refuses %j at its field', (patch, errors) => {
    const read = readIntervalDraft({ ...base, ...patch });

    expect(read.ok).toBe(false);
    for (const [field, pattern] of Object.entries(errors)) {
      expect((read as { errors: Record<string, string> }).errors[field]).toMatch(pattern as RegExp);
    }
  });
});

describe('the dialog and the expression are one value', () => {
  it.each([
    ['0 */4 * * *', {}, '0 */4 * * *'],
    ['0 */4 * * *', { hours: '6' }, '0 */6 * * *'],
    ['0 */4 * * *', { choice: 'weekdays' as const }, '0 */4 * * 1-5'],
    ['0 */4 * * *', { unit: 'day' as const, time: '2:30' }, '30 2 * * *'],
    ['0 */4 * * *', { unit: 'minutes' as const, minutes: '10' }, '*/10 * * * *'],
    // The author's own way to write it stays while it says the same.
    ['0 0,4,8,12,16,20 * * *', {}, '0 0,4,8,12,16,20 * * *'],
  ])('%j with %j becomes %j', (expression, patch, expected) => {
    const present = unix(expression);
    const read = readIntervalDraft({ ...intervalDraftOf(present, zone).draft, ...patch });

    expect(read.ok && scheduleOf(read.interval, zone, present).expression).toBe(expected);
  });

  it('stays in the dialect of its author', () => {
    const present = quartz('0 0 0/4 * * ?');
    const read = readIntervalDraft({ ...intervalDraftOf(present, zone).draft, hours: '8' });

    expect(read.ok && scheduleOf(read.interval, zone, present)).toEqual(quartz('0 0 0/8 * * ?'));
  });
});

describe('nextStep', () => {
  it.each([
    ['15', 1, 20],
    ['15', -1, 12],
    ['30', 1, 30],
    ['1', -1, 1],
    ['45', -1, 30],
    ['7', 1, 10],
    ['', 1, 1],
  ] as const)('from %j by %j is %j', (typed, direction, expected) => {
    expect(nextStep(typed, offerOf('minutes').steps, direction)).toBe(expected);
  });
});
