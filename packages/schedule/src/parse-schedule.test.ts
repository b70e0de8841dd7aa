import { Cron } from 'croner';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeSchedule } from './describe-schedule.ts';
import { nextRuns } from './next-runs.ts';
import { parseSchedule } from './parse-schedule.ts';

vi.mock('croner', async (original) => {
  const module = await original<typeof import('croner')>();
  return { ...module, Cron: vi.fn(module.Cron) };
});

const now = new Date('2026-11-21T01:14:00Z');
const berlin = 'Europe/Berlin';

afterEach(() => {
  vi.mocked(Cron).mockClear();
});

describe('parseSchedule accepts', () => {
  it.each([
    ['0 */4 * * *', '0 */4 * * *', 'unix'],
    ['  */15\t*  * * * \n', '*/15 * * * *', 'unix'],
    ['* * * * *', '* * * * *', 'unix'],
    ['0 9 * * mon-fri', '0 9 * * mon-fri', 'unix'],
    ['0 9 * * FRI-SUN', '0 9 * * FRI-SUN', 'unix'],
    ['0 9 * * 7', '0 9 * * 7', 'unix'],
    ['0 0 1,15 * 1', '0 0 1,15 * 1', 'unix'],
    ['0 0 29 2 *', '0 0 29 2 *', 'unix'],
    ['0 0 31 2 1', '0 0 31 2 1', 'unix'],
    ['0 0 * * MON#2', '0 0 * * MON#2', 'unix'],
    ['0 0 L * *', '0 0 L * *', 'unix'],
    ['@daily', '0 0 * * *', 'unix'],
    ['@Hourly', '0 * * * *', 'unix'],
    ['0 0/15 * * * ?', '0 0/15 * * * ?', 'quartz'],
    ['0 0 12 ? * 2-6', '0 0 12 ? * 2-6', 'quartz'],
    ['0 0 12 ? * FRI-MON', '0 0 12 ? * FRI-MON', 'quartz'],
    ['0 0 12 ? * 6L', '0 0 12 ? * 6L', 'quartz'],
    ['0 0 12 ? * L', '0 0 12 ? * L', 'quartz'],
    ['0 0 12 LW * ?', '0 0 12 LW * ?', 'quartz'],
    ['0 0 12 15W * ?', '0 0 12 15W * ?', 'quartz'],
    ['30 * * * * *', '30 * * * * *', 'quartz'],
    ['0 0 12 1 1 ? 2027-2099/3', '0 0 12 1 1 ? 2027-2099/3', 'quartz'],
    ['0 /20 22-2 * * ?', '0 /20 22-2 * * ?', 'quartz'],
  ])('%j as %j', (typed, expression, dialect) => {
    const parsed = parseSchedule({ expression: typed, timeZone: 'europe/berlin' }, now);

    expect(parsed).toEqual({ ok: true, schedule: { expression, dialect, timeZone: berlin } });
  });
});

describe('parseSchedule refuses', () => {
  it.each([
    ['', 'empty', 'Type a cron expression'],
    [' \n ', 'empty', 'Type a cron expression'],
    [`${'0,'.repeat(100)}0 * * * *`, 'too-long', 'at most 200'],
    ['hello', 'field-count', 'This has 1 field.'],
    ['* * * *', 'field-count', 'This has 4 fields.'],
    ['* * * * * * * *', 'field-count', 'This has 8 fields.'],
    ['@reboot', 'field-count', '“@reboot” is no schedule.'],
    ['60 * * * *', 'field-range', 'The minute field says 60. It goes from 0 to 59.'],
    ['0 24 * * *', 'field-range', 'The hour field says 24'],
    ['0 0 0 * *', 'field-range', 'The day-of-month field says 0'],
    ['0 0 * 13 *', 'field-range', 'The month field says 13'],
    ['0 0 * * 8', 'field-range', 'The day-of-week field says 8'],
    ['0 0 12 ? * 0', 'field-range', 'It goes from 1 to 7.'],
    ['0 0 12 ? * 8', 'field-range', 'It goes from 1 to 7.'],
    ['0 0 12 1 1 ? 1969', 'field-range', 'It goes from 1970 to 2099.'],
    ['0 0 12 1 1 ? 2100', 'field-range', 'It goes from 1970 to 2099.'],
    ['1-100000000 * * * *', 'field-range', 'The minute field says 1-100000000'],
    [`${'9'.repeat(150)} * * * *`, 'field-range', 'The minute field says 999'],
    ['*/45000000000 * * * *', 'field-range', 'go from 1 to 59'],
    ['*/90 * * * *', 'field-range', 'cron starts anew'],
    ['*/0 * * * *', 'field-range', 'go from 1 to 59'],
    ['0 22-2 * * *', 'field-range', 'Write 22-23,0-2 instead.'],
    ['0 0 * * FRI-MON', 'field-range', 'Write 5-6,0-1 instead.'],
    ['0 0 12 1 1 ? 2030-2028', 'field-range', 'Write 2028-2030 instead.'],
    ['0 0 * * MON#6', 'field-range', 'There are 1 to 5.'],
    ['0 0 32W * *', 'field-range', 'The day-of-month field says 32W'],
    ['5/15 * * * *', 'field-syntax', 'Write 5-59/15 instead.'],
    ['/15 * * * *', 'field-syntax', 'Write */15 instead.'],
    ['0 0 12 ? * 1,L', 'field-syntax', 'write SAT'],
    ['*,5 * * * *', 'field-syntax', 'Write * alone.'],
    ['a * * * *', 'field-syntax', '“a” means nothing in the minute field'],
    ['0 0 * foo *', 'field-syntax', 'names JAN to DEC'],
    ['0 0 * * MONDAY', 'field-syntax', 'names SUN to SAT'],
    ['0, * * * *', 'field-syntax', 'has an empty place'],
    ['-5 * * * *', 'field-syntax', '“-5” means nothing'],
    ['1.5 * * * *', 'field-syntax', '“1.5” means nothing'],
    ['0 0 * * +1', 'field-syntax', '“+1” means nothing'],
    ['0 0 L-3 * *', 'field-syntax', '“L-3” means nothing'],
    ['0 0 LW,1 * *', 'field-syntax', '“LW” cannot stand in a list'],
    ['0 0 1,15w * *', 'field-syntax', '“15w” cannot stand in a list'],
    ['0 0 ? * *', 'field-syntax', 'write *'],
    ['0 10 * * ? *', 'field-syntax', '“?” stands in the month field'],
    ['<script> * * * *', 'field-syntax', '“<script>” means nothing'],
    ['* * * * * *', 'too-often', '60 times a minute'],
    ['*/30 * * * * ?', 'too-often', '2 times a minute'],
    ['0,30 0 0 * * ?', 'too-often', '2 times a minute'],
    ['0 0 30 2 *', 'never-fires', 'no date has such a day'],
    ['0 0 31 2,4,6,9,11 *', 'never-fires', 'no date has such a day'],
    ['0 0 0 29 2 ? 2027', 'never-fires', 'no date has such a day'],
    ['0 0 0 ? 2 1#5 2027-2099/2', 'never-fires', 'no date has such a day'],
    ['0 0 0 1 1 ? 2020-2025', 'never-fires', 'its last year is 2025'],
    ['0 0 0 1 1 ? 2026', 'never-fires', 'never runs'],
    ['0 0 0 1 * MON', 'days-conflict', 'Write ? in one of them'],
  ])('%j with %s', (expression, code, words) => {
    const refusal = parseSchedule({ expression, timeZone: berlin }, now);

    expect(refusal).toMatchObject({ ok: false, code, field: 'expression' });
    expect(!refusal.ok && refusal.detail).toContain(words);
  });

  it.each(['', 'Mars/Olympus', '+01:00', 'Europe/', '../etc', 'Europe/Berlin\u0000', 'x'.repeat(100_000)])(
    'the time zone %.40j',
    (timeZone) => {
      const refusal = parseSchedule({ expression: '0 0 * * *', timeZone }, now);

      expect(refusal).toMatchObject({ ok: false, code: 'time-zone-unknown', field: 'timeZone' });
      expect(!refusal.ok && refusal.detail.length).toBeLessThan(200);
    },
  );

  it.each([
    ['0 0 * * *', 'quartz'],
    ['0 0 0 * * ?', 'unix'],
  ] as const)('%j as %s', (expression, dialect) => {
    const refusal = parseSchedule({ expression, timeZone: berlin, dialect }, now);

    expect(refusal).toMatchObject({ ok: false, code: 'dialect-differs' });
  });
});

describe('parseSchedule answers at once', () => {
  it.each([
    ['100 kB', `* * * * ${'1,'.repeat(50_000)}1`],
    ['100 kB of spaces', `${' '.repeat(100_000)}* * * * *`],
    ['a long range', '1-100000000 * * * *'],
    ['a long step', '*/100000000 * * * *'],
    ['a long number', `${'9'.repeat(190)} * * * *`],
  ])('to %s, without asking the evaluator', (_, expression) => {
    const refusal = parseSchedule({ expression, timeZone: berlin }, now);

    expect(refusal.ok).toBe(false);
    expect(Cron).not.toHaveBeenCalled();
  });

  it('and asks it once, for what can be read', () => {
    const refusal = parseSchedule({ expression: '0 0 30 2 *', timeZone: berlin }, now);

    expect(refusal).toMatchObject({ code: 'never-fires' });
    expect(Cron).toHaveBeenCalledTimes(1);
  });
});

describe('parseSchedule, whatever is typed', () => {
  const list = (max: number, ...items: string[]) => {
    const item = fc.oneof(
      fc.constantFrom('*', '*/5', '1-5', '5-1', '3/7', '2-9/3', ...items),
      fc.nat(max).map(String),
    );
    return fc.array(item, { minLength: 1, maxLength: 2 }).map((texts) => texts.join(','));
  };
  const minute = list(61, '/5', '?');
  const hour = list(24, '22-2');
  const dayOfMonth = list(32, '?', 'L', 'LW', '15W', '1W', '31W', '27-3', '28-31/2');
  const month = list(13, 'JAN', 'nov-feb', 'FEB', '2');
  const dayOfWeek = list(
    8,
    '?',
    '?',
    'MON',
    'mon-fri',
    'sat-sun',
    'L',
    '5L',
    'FRIL',
    '2#3',
    '6#5',
    '6-2',
    'sun#1',
    '#',
  );
  const year = fc.constantFrom('*', '2026', '2027', '2027/5', '*/3', '2030-2040/2', '2020', '2030-2028', '1');
  const unix = fc.tuple(minute, hour, dayOfMonth, month, dayOfWeek);
  const quartz = fc.tuple(fc.constantFrom('0', '30', '*'), minute, hour, dayOfMonth, month, dayOfWeek);
  const expression = fc.oneof(
    unix.map((fields) => fields.join(' ')),
    quartz.map((fields) => fields.join(' ')),
    quartz.map((fields) => [...fields.slice(0, 5), '?'].join(' ')),
    fc
      .tuple(quartz, year)
      .map(([fields, last]) => [...fields.slice(0, 3), '?', ...fields.slice(4), last].join(' ')),
    fc.string(),
  );

  it('refuses in words of its own, or tells when it runs: at most once a minute', () => {
    let accepted = 0;
    fc.assert(
      fc.property(expression, (typed) => {
        const parsed = parseSchedule({ expression: typed, timeZone: 'America/New_York' }, now);
        if (!parsed.ok) {
          expect(parsed.detail).not.toContain('cannot be read');
          return;
        }
        accepted += 1;

        const [first, ...later] = nextRuns(parsed.schedule, now, 4).map((run) => run.getTime());

        expect(first).toBeGreaterThan(now.getTime());
        for (const [index, run] of later.entries()) {
          expect(run - ([first, ...later][index] ?? 0)).toBeGreaterThanOrEqual(60_000);
        }
        expect(parseSchedule(parsed.schedule, now)).toEqual(parsed);
        expect(describeSchedule(parsed.schedule)).toMatch(/^[A-Z\d](?!.*(undefined|null|NaN))/);
      }),
      { numRuns: 4000 },
    );
    expect(accepted).toBeGreaterThan(400);
  });
});
