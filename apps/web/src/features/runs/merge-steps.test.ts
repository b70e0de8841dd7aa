import type { RunStep } from '@gatehouse/contracts/run';
import { describe, expect, it } from 'vitest';
import { mergeSteps } from './merge-steps.ts';

function step(seq: number): RunStep {
  return { seq, at: new Date(seq * 1000).toISOString(), level: 'info', code: 'users-read', facts: {} };
}

describe('mergeSteps', () => {
  it.each([
    // newest, older pages, the whole diary
    [[], [], []],
    [[3, 2], [], [3, 2]],
    [
      [5, 4],
      [3, 2, 1],
      [5, 4, 3, 2, 1],
    ],
    [
      [6, 5, 4],
      [4, 3],
      [6, 5, 4, 3],
    ],
    [
      [5, 4],
      [2, 1, 3, 2],
      [5, 4, 3, 2, 1],
    ],
  ])('of %j and %j', (newest, older, expected) => {
    expect(mergeSteps(newest.map(step), older.map(step)).map(({ seq }) => seq)).toEqual(expected);
  });
});
