import { describe, expect, it } from 'vitest';
import { describeSchedule } from './describe-schedule.ts';

describe('describeSchedule says', () => {
  it.each([
    // what the dialog can set
    ['* * * * *', 'Every minute'],
    ['*/15 * * * *', 'Every 15 minutes'],
    ['*/15 * * * 1-5', 'Every 15 minutes, on weekdays'],
    ['0 * * * *', 'Every hour, on the hour'],
    ['1 * * * *', 'Every hour, 1 minute past the hour'],
    ['0 */4 * * *', 'Every 4 hours, on the hour'],
    ['0 0 0/4 * * ?', 'Every 4 hours, on the hour'],
    ['20 */4 * * 6,0', 'Every 4 hours, 20 minutes past the hour, on Saturday and Sunday'],
    ['0 2 * * *', 'Every day, at 02:00'],
    ['0 0 2 * * ?', 'Every day, at 02:00'],
    ['5 14 * * MON-FRI', 'Every weekday, at 14:05'],
    ['0 0 9 ? * 2', 'Every Monday, at 09:00'],
    ['0 9 * * 5,1,3', 'Every Monday, Wednesday and Friday, at 09:00'],
    // steps that start anew
    ['*/45 * * * *', 'At :00 and :45 of each hour'],
    ['0 0/45 * * * ?', 'At :00 and :45 of each hour'],
    ['5-59/45 * * * 1-5', 'At :05 and :50 of each hour, on weekdays'],
    ['0 */5 * * *', 'At 00:00, 05:00, 10:00, 15:00 and 20:00'],
    ['30 */9 * * 6', 'At 00:30, 09:30 and 18:30, on Saturday'],
    ['*/15 */9 * * *', 'At :00, :15, :30 and :45 of the hours 00, 09 and 18'],
    ['* */9 * * *', 'Every minute of the hours 00, 09 and 18'],
    ['*/45 9-17 * * *', 'At 0 and 45 minutes past the hour, between 09:00 and 17:59'],
    ['*/45 9 * * *', 'At 09:00 and 09:45'],
    ['0 2 */10 * *', 'At 02:00, on day 1, 11, 21, and 31 of the month'],
    ['0 2 1 */5 *', 'At 02:00, on day 1 of the month, only in January, June, and November'],
    ['*/45 * 1 * *', 'At 0 and 45 minutes past the hour, on day 1 of the month'],
    ['0 0 9 ? 6 */3', 'At 09:00, only on Sunday, Wednesday, and Saturday, only in June'],
    ['0 0 9 ? 1/5 MON-FRI', 'At 09:00, Monday through Friday, only in January, June, and November'],
    // what it cannot
    ['5-59/15 * * * *', 'Every 15 minutes, minutes 5 through 59 past the hour'],
    ['0 9-17 * * 1-5', 'Every hour, between 09:00 and 17:00, Monday through Friday'],
    ['0 9 1 * *', 'At 09:00, on day 1 of the month'],
    ['0 0 9 ? * 6L', 'At 09:00, on the last Friday of the month'],
    ['0 0 9 ? * 2#1', 'At 09:00, on the first Monday of the month'],
    ['0 9 * * 5L', 'At 09:00, on the last Friday of the month'],
    ['0 0 9 LW * ?', 'At 09:00, on the last weekday of the month'],
    ['0 0 9 1 1 ? 2027', 'At 09:00, on day 1 of the month, only in January, only in 2027'],
    ['0 0 23-1 * * ?', 'Every hour, between 23:00 and 01:00'],
    ['0 0 9 ? 11-2 FRI-MON', 'At 09:00, Friday through Monday, November through February'],
  ])('%j: %s', (expression, words) => {
    const dialect = expression.split(' ').length === 5 ? 'unix' : 'quartz';

    expect(describeSchedule({ expression, dialect })).toBe(words);
  });
});
