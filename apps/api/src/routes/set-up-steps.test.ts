import { noCounters, type RunCounters, type RunSummary } from '@gatehouse/contracts/run';
import { expect, it } from 'vitest';
import type { LoginMilestones } from './login-steps.ts';
import { setUpSteps } from './set-up-steps.ts';

const noLogin: LoginMilestones = {
  idps: [],
  redirectIdps: { find: () => null, finished: () => [] },
  application: null,
  redirecting: null,
};

it.each<[Partial<RunCounters>, string]>([
  [{ added: 400, modified: 9, cleanedUp: 1, groupsAdded: 37, groupsFailed: 2 }, 'Run #3 applied 447 changes'],
  [{ groupsModified: 1 }, 'Run #3 applied 1 change'],
  [{ groupsCleanedUp: 2, notModified: 9, failed: 1 }, 'Run #3 applied 2 changes'],
])('the first sync with %j: %s, as its own page says', (counters, fact) => {
  const firstSync = { id: 3, counters: { ...noCounters, ...counters }, finishedAt: null } as RunSummary;

  const steps = setUpSteps([], { firstSync, firstReviewed: null, newestSimulation: null }, noLogin);

  expect(steps.find(({ code }) => code === 'first-sync-done')?.fact).toBe(fact);
});
