import { describe, expect, test } from 'vitest';
import { nextRow } from './grid-keys.ts';

describe('nextRow', () => {
  const cases: [key: string, current: number | null, rowCount: number, expected: number | null][] = [
    ['ArrowDown', 4, 100, 5],
    ['ArrowDown', 99, 100, 99],
    ['ArrowDown', null, 100, 0],
    ['ArrowUp', 4, 100, 3],
    ['ArrowUp', 0, 100, 0],
    ['ArrowUp', null, 100, 0],
    ['PageDown', 4, 100, 24],
    ['PageDown', 90, 100, 99],
    ['PageDown', null, 100, 0],
    ['PageUp', 24, 100, 4],
    ['PageUp', 3, 100, 0],
    ['Home', 50_000, 100_000, 0],
    ['End', 0, 100_000, 99_999],
    ['End', null, 100_000, 99_999],
    ['ArrowDown', null, 0, null],
    ['Enter', 4, 100, null],
    ['a', 4, 100, null],
  ];

  test.each(cases)('%s from %s of %s rows goes to %s', (key, current, rowCount, expected) => {
    expect(nextRow(key, { current, rowCount, pageSize: 20 })).toBe(expected);
  });
});
