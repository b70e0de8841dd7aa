import { noCounters, type RunCounters, type RunSummary } from '@gatehouse/contracts/run';
import { expect, it } from 'vitest';
import { heldWords } from './held-words.ts';
import { minutesAhead } from './minutes-ahead.ts';

function heldRun(counters: Partial<RunCounters> | null, reasons: unknown = []): RunSummary {
  const run: Pick<RunSummary, 'id' | 'reason'> = {
    id: 149,
    reason: { code: 'guard-held', facts: { reasons } },
  };
  return { ...run, counters: counters && { ...noCounters, ...counters } } as RunSummary;
}

it.each([
  [{ cleanedUp: 688, held: 7853 }, '688 clean-ups are held.', 'Review 688 clean-ups'],
  [{ cleanedUp: 1, held: 1 }, '1 clean-up is held.', 'Review 1 clean-up'],
  [{ cleanedUp: 0, held: 1204 }, '1,204 changes are held.', 'Review 1,204 changes'],
  [{ held: 71, groupsCleanedUp: 24 }, '95 changes are held.', 'Review 95 changes'],
  [{ groupsModified: 1 }, '1 change is held.', 'Review 1 change'],
  [{ cleanedUp: 0, held: 0 }, 'Run #149 is held.', 'Review run #149'],
  [null, 'Run #149 is held.', 'Review run #149'],
])('a held run with %j says %j', (counters, title, reviewText) => {
  expect(heldWords(heldRun(counters))).toMatchObject({ title, reviewText });
});

it.each([
  [
    ['guard-removals'],
    'The guard holds run #149 (many people to disable). Nothing of it is applied. Find the cause in Okta or in the rights of the token, then sync again, or discard the plan.',
  ],
  [
    [],
    'The guard holds run #149. Nothing of it is applied. Find the cause in Okta or in the rights of the token, then sync again, or discard the plan.',
  ],
  [
    'not a list',
    'The guard holds run #149. Nothing of it is applied. Find the cause in Okta or in the rights of the token, then sync again, or discard the plan.',
  ],
])('and %j why', (reasons, text) => {
  expect(heldWords(heldRun(null, reasons)).text).toBe(text);
});

const now = Date.UTC(2026, 10, 21, 1, 14, 10);

it.each([
  [25 * 60 + 50, 'in 26 min'],
  [20, 'in less than a minute'],
  [3 * 3600 + 46 * 60, 'in 3 h 46 min'],
  [-5, 'due'],
])('%i seconds ahead is %j', (seconds, text) => {
  expect(minutesAhead(now + seconds * 1000, now)).toBe(text);
});
