import { noCounters, type Run, type RunCounters, type RunProgress } from '@gatehouse/contracts/run';
import { sourceErrorCodes } from '@gatehouse/contracts/run-codes';
import { describe, expect, it } from 'vitest';
import {
  adviceFor,
  appliedSentence,
  changeCount,
  failedSentence,
  whatWasWritten,
  wouldBeHeld,
} from './run-end-words.ts';

const none: RunCounters = noCounters;

function ended(
  intent: Run['intent'],
  applied: number | null,
  expected: number | null,
  origin: 'source' | 'plan',
) {
  const progress = applied === null ? null : ({ applied, applyExpected: expected } as RunProgress);
  const entered = intent === 'apply' && applied !== null;
  return {
    intent,
    origin: { kind: origin, runId: null },
    state: 'cancelled' as const,
    counters: null,
    progress,
    steps: entered
      ? [
          {
            seq: 4,
            at: '2026-11-21T02:00:00.000Z',
            level: 'info' as const,
            code: 'state-applying',
            facts: {},
          },
        ]
      : [],
  };
}

describe('whatWasWritten', () => {
  it.each([
    ['simulate', null, null, 'source', 'Nothing was written.'],
    ['apply', null, null, 'source', 'Nothing was written.'],
    ['apply', 0, 100, 'source', 'Nothing was written.'],
    ['apply', 1500, 7165, 'source', '1,500 of 7,165 rows were written and stay.'],
    ['apply', 1500, null, 'plan', '1,500 rows were written and stay.'],
  ] as const)('%s, %s of %s from the %s', (intent, applied, expected, origin, words) => {
    expect(whatWasWritten(ended(intent, applied, expected, origin))).toBe(words);
  });
});

describe('appliedSentence', () => {
  it.each([
    [null, 'Everything of the plan is written.'],
    [none, 'Nothing differed, nothing was written.'],
    [{ ...none, added: 1 }, '1 user added.'],
    [
      { ...none, added: 1204, modified: 5961, cleanedUp: 3, groupsAdded: 1 },
      '1,204 users added, 5,961 users modified, 3 users disabled, 1 group added.',
    ],
  ])('of %j', (counters, words) => {
    expect(appliedSentence({ counters })).toBe(words);
  });
});

describe('changeCount', () => {
  it('counts users and groups that would change, not what failed, is not modified or filtered', () => {
    const counters = {
      ...none,
      added: 1,
      modified: 2,
      cleanedUp: 3,
      failed: 4,
      groupsAdded: 5,
      groupsFailed: 6,
      notModified: 100,
      filtered: 100,
    };

    expect(changeCount({ counters })).toBe(11);
    expect(changeCount({ counters: null })).toBe(0);
  });
});

describe('failedSentence', () => {
  it.each([
    [0, 0, null],
    [1, 0, '1 user failed: nothing of it is written.'],
    [0, 2, '2 groups failed: nothing of them is written.'],
    [1024, 1, '1,024 users and 1 group failed: nothing of them is written.'],
  ])('%i users, %i groups', (failed, groupsFailed, expected) => {
    expect(failedSentence({ failed, groupsFailed })).toBe(expected);
  });
});

describe('adviceFor', () => {
  it.each(sourceErrorCodes)('sends %s to the connection', (code) => {
    expect(adviceFor(code).atConnection).toBe(true);
  });

  it.each([
    ['token-invalid', 'The token is on'],
    ['host-tls', 'The domain is on'],
    ['server-failed', 'Try again.'],
    ['settings-changed', 'Simulate again'],
    ['unexpected', 'Try again.'],
    ['from-the-future', 'Try again.'],
  ])('%s: %s', (code, beginning) => {
    expect(adviceFor(code).text.startsWith(beginning)).toBe(true);
  });
});

describe('wouldBeHeld', () => {
  it.each([
    ['guard-would-hold', true],
    ['guard-passed', false],
  ])('%s: %s', (code, expected) => {
    const step = { seq: 1, at: '2026-11-21T02:00:00.000Z', level: 'warning' as const, code, facts: {} };

    expect(wouldBeHeld({ steps: [step] })).toBe(expected);
  });
});
