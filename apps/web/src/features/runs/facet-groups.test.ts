import type { Facet } from '@gatehouse/contracts/plan';
import { describe, expect, it } from 'vitest';
import { chosenCount, facetGroups, toggledFacet } from './facet-groups.ts';

function facet(kind: Facet['facet'], value: string, count: number): Facet {
  return { facet: kind, value, label: value, count };
}

describe('facetGroups', () => {
  it('puts groups gained and lost together, the most frequent first', () => {
    const groups = facetGroups([
      facet('group-lost', '1', 46),
      facet('group-gained', '2', 1198),
      facet('group-gained', '3', 1),
    ]);

    expect(groups.map(({ title }) => title)).toEqual(['Groups']);
    expect(groups[0]?.shown.map(({ value }) => value)).toEqual(['2', '1', '3']);
    expect(groups[0]?.hasMore).toBe(false);
  });

  it('shows eight attributes and says that there are more', () => {
    const groups = facetGroups(
      Array.from({ length: 9 }, (_, index) => facet('attribute', `a${index}`, index)),
    );

    expect(groups[0]).toMatchObject({ title: 'Changed attribute', hasMore: true });
    expect(groups[0]?.shown).toHaveLength(8);
    expect(groups[0]?.shown[0]?.value).toBe('a8');
  });

  it('leaves out what a plan does not have', () => {
    expect(facetGroups([])).toEqual([]);
  });
});

describe('toggledFacet', () => {
  it.each([
    [{ row: 'c1', at: 3 }, facet('attribute', 'email', 1), { attribute: 'email' }],
    [{ attribute: 'email' }, facet('attribute', 'email', 1), {}],
    [{ attribute: 'email' }, facet('attribute', 'username', 1), { attribute: 'username' }],
    [{ attribute: 'email' }, facet('group-gained', '7', 1), { attribute: 'email', groupGained: '7' }],
    [{ groupGained: '7' }, facet('group-lost', '7', 1), { groupGained: '7', groupLost: '7' }],
    [
      { category: 'added' as const },
      facet('reason', 'new-in-source', 1),
      { category: 'added', reason: 'new-in-source' },
    ],
  ])('on %j with %j', (search, chosen, expected) => {
    expect(toggledFacet(search, chosen)).toEqual(expected);
  });

  it('counts what narrows the list', () => {
    expect(chosenCount({ search: 'a', attribute: 'email', groupLost: '1' })).toBe(2);
  });
});
