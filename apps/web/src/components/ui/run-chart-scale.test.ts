import { describe, expect, test } from 'vitest';
import { type RunBar, stackBar, topOfScale } from './run-chart-scale.ts';

const bar = (parts: Partial<RunBar>): RunBar => ({
  id: 1,
  added: 0,
  modified: 0,
  cleanedUp: 0,
  held: 0,
  duration: 0,
  ...parts,
});

describe('topOfScale', () => {
  const cases: [name: string, values: number[], expected: number][] = [
    ['the largest', [10, 40, 20], 40],
    ['one that leaves the scale', [10, 100, 7853], 140],
    ['a single one', [7], 7],
    ['zeros do not count', [0, 0, 7], 7],
    ['nothing', [], 1],
  ];
  test.each(cases)('%s', (_, values, expected) => {
    expect(topOfScale(values)).toBe(expected);
  });
});

describe('stackBar', () => {
  test('parts stand on each other from the bottom, modified first', () => {
    const parts = stackBar(bar({ added: 25, modified: 50, cleanedUp: 25 }), 100, 40);

    expect(parts.map((part) => part.kind)).toEqual(['modified', 'added', 'cleanedUp']);
    expect(parts.map((part) => part.y)).toEqual([20, 10, 0]);
  });

  test('a bar above the scale stops at the top', () => {
    const parts = stackBar(bar({ modified: 1000 }), 100, 40);

    expect(parts).toEqual([{ kind: 'modified', y: 0, height: 39 }]);
  });

  test('one change among thousands is still seen', () => {
    const parts = stackBar(bar({ modified: 9999, held: 1 }), 10_000, 40);

    expect(parts.at(-1)?.height).toBeGreaterThanOrEqual(1);
  });

  test('no change draws nothing', () => {
    expect(stackBar(bar({}), 100, 40)).toEqual([]);
  });
});
