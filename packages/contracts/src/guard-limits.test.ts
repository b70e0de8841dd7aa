import { expect, it } from 'vitest';
import { defaultGuardLimits, guardRules } from './guard-limits.ts';
import { guardReasonCodes } from './run-codes.ts';

it.each([
  [
    'guard-users-dropped',
    'More than 3 and more than 20 % of the people whom the last good run saw are missing.',
  ],
  ['guard-removals', 'More than 3 and more than 10 % of the active people would be disabled.'],
  ['guard-memberships', 'More than 10 and more than 20 % of all memberships would be removed.'],
  [
    'guard-attribute-blank',
    'An attribute would become empty for more than 3 and more than 20 % of the people who have it.',
  ],
])('%s: %s', (code, rule) => {
  expect(guardRules()).toContainEqual({ code, rule });
});

it('says the numbers that it is given, for each reason to hold a plan', () => {
  const rules = guardRules({ ...defaultGuardLimits, removals: { floor: 50, share: 0.05 } });

  expect(rules.map(({ code }) => code)).toEqual(guardReasonCodes);
  expect(rules.map(({ rule }) => rule)).toContain(
    'More than 50 and more than 5 % of the active people would be disabled.',
  );
});
