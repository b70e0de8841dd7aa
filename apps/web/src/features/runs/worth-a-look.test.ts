import type { Facet, Plan } from '@gatehouse/contracts/plan';
import type { RunCounters } from '@gatehouse/contracts/run';
import { describe, expect, it } from 'vitest';
import { fittingChips, worthALook } from './worth-a-look.ts';

function planOf(
  counters: Partial<RunCounters>,
  attributes: Record<string, number>,
): Pick<Plan, 'totals' | 'facets'> {
  const facets = Object.entries(attributes).map(
    ([value, count]): Facet => ({ facet: 'attribute', value, label: value, count }),
  );
  return {
    totals: {
      counters: { cleanedUp: 0, groupsCleanedUp: 0, failed: 0, groupsFailed: 0, ...counters },
    } as Plan['totals'],
    facets,
  };
}

describe('worthALook', () => {
  it.each([
    ['nothing of the kind', planOf({}, { lastName: 12 }), []],
    [
      'e-mails and usernames',
      planOf({}, { email: 41, username: 1 }),
      ['1 username changed', '41 e-mails changed'],
    ],
    [
      'people and groups',
      planOf({ cleanedUp: 688, groupsCleanedUp: 1 }, {}),
      ['688 users disabled', '1 group cleaned up'],
    ],
    ['failures', planOf({ failed: 1024, groupsFailed: 2 }, {}), ['1,024 failed', '2 groups failed']],
  ])('%s', (_name, plan, expected) => {
    expect(worthALook(plan).map(({ text }) => text)).toEqual(expected);
  });

  it('filters by what it says', () => {
    const chips = worthALook(
      planOf({ cleanedUp: 1, groupsCleanedUp: 1, failed: 1, groupsFailed: 1 }, { email: 1 }),
    );

    expect(chips.map(({ search }) => search)).toEqual([
      { attribute: 'email' },
      { category: 'cleaned-up' },
      { subject: 'group', category: 'cleaned-up' },
      { category: 'failed' },
      { subject: 'group', category: 'failed' },
    ]);
  });
});

describe('fittingChips', () => {
  const texts = ['3 usernames changed', '41 e-mails changed', '688 users disabled'];

  it.each([
    [1200, 3],
    [600, 2],
    [430, 1],
    [100, 1],
  ])('in %i px: %i', (width, expected) => {
    expect(fittingChips(texts, width)).toBe(expected);
  });
});
