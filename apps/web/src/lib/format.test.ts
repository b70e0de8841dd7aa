import { describe, expect, test } from 'vitest';
import {
  formatCount,
  formatDateTime,
  formatDay,
  formatDuration,
  formatLongDay,
  formatNoun,
  formatRelative,
  formatRows,
  initialsOf,
  timeZoneCity,
} from './format.ts';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute);
const now = at(21, 2, 14);

describe('formatDuration', () => {
  const cases: [milliseconds: number, expected: string][] = [
    [0, '< 1 ms'],
    [0.4, '< 1 ms'],
    [61, '61 ms'],
    [1_000, '1 s'],
    [1_249, '1.2 s'],
    [31_900, '31 s'],
    [60_000, '1 min'],
    [251_000, '4 min 11 s'],
    [242_000, '4 min 02 s'],
    [13_560_000, '3 h 46 min'],
    [86_400_000, '1 day'],
    [187_200_000, '2 days 4 h'],
  ];
  test.each(cases)('%s ms is %s', (milliseconds, expected) => {
    expect(formatDuration(milliseconds)).toBe(expected);
  });
});

describe('formatRelative', () => {
  const cases: [instant: Date, expected: string][] = [
    [new Date(now.getTime() - 3_000), 'a moment ago'],
    [new Date(now.getTime() - 58_000), '58 seconds ago'],
    [at(21, 2, 13), '1 minute ago'],
    [at(21, 2, 11), '3 minutes ago'],
    [at(20, 22), '4 hours ago'],
    [at(16, 9), '4 days ago'],
    [at(21, 6), 'in 3 h 46 min'],
    [new Date(now.getTime() + 29_000), 'in 29 s'],
  ];
  test.each(cases)('%s', (instant, expected) => {
    expect(formatRelative(instant, now)).toBe(expected);
  });
});

describe('formatDateTime', () => {
  const cases: [instant: Date, expected: string][] = [
    [at(21, 2), 'today 02:00'],
    [at(20, 22), 'yesterday 22:00'],
    [at(22, 2), 'tomorrow 02:00'],
    [at(16, 9, 12), '16 Nov, 09:12'],
    [new Date(2025, 8, 3, 9, 12), '3 Sep 2025, 09:12'],
  ];
  test.each(cases)('%s', (instant, expected) => {
    expect(formatDateTime(instant, now)).toBe(expected);
  });
});

test('small ones', () => {
  expect(formatCount(97_639)).toBe('97,639');
  expect(formatNoun(1, 'user')).toBe('1 user');
  expect(formatNoun(688, 'user')).toBe('688 users');
  expect(formatNoun(0, 'entry', 'entries')).toBe('0 entries');
  expect(formatRows(1, 'users')).toBe('1 user');
  expect(formatRows(1, 'entries')).toBe('1 entry');
  expect(formatRows(7877, 'entries')).toBe('7,877 entries');
  expect(formatDay(at(3, 1), now)).toBe('3 Nov');
  expect(formatLongDay(now)).toBe('Saturday 21 November 2026');
  expect(timeZoneCity('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
});

describe('initialsOf', () => {
  const cases: [name: string, expected: string][] = [
    ['Priya Raman', 'PR'],
    ['Đặng Thị Hương', 'ĐH'],
    ['root', 'R'],
    ['  ', ''],
    ['𝒜da Lovelace', '𝒜L'],
  ];
  test.each(cases)('%s', (name, expected) => {
    expect(initialsOf(name)).toBe(expected);
  });
});
