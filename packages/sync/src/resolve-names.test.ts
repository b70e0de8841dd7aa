import type { NameHolder } from '@gatehouse/directory/directory-person';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NameClaim } from './resolve-names.ts';
import { ClaimCollector, takersInOrder } from './resolve-names.ts';

function claim(key: string, folded: string, current: string | null = null): NameClaim {
  return { key, name: folded.toUpperCase(), folded, current };
}

function held(folded: string, externalId: string | null, ownedByThisConnector = true) {
  return [folded, { id: 1, name: folded, externalId, ownedByThisConnector }] as const;
}

function collect(claims: NameClaim[], holders: (readonly [string, NameHolder])[]) {
  const collector = new ClaimCollector();
  const holderOf = new Map(holders);
  for (const entry of claims) collector.add(entry, holderOf.get(entry.folded));
  return collector;
}

function resolve(claims: NameClaim[], holders: (readonly [string, NameHolder])[], leaving: string[] = []) {
  const { conflicts, takers } = collect(claims, holders).resolve(new Set(leaving));
  const refused = [...conflicts].map(([key, { other, otherExternalId }]) => [key, other, otherExternalId]);
  return { refused: refused.sort(), takers: [...takers].sort() };
}

describe('ClaimCollector', () => {
  it.each([
    // what, claims, holders, leaving, refused, takers
    ['a free name', [claim('1', 'a')], [], [], [], []],
    [
      'two that are new to a name: the smaller id gets it',
      [claim('1b', 'a'), claim('1B', 'a'), claim('1C', 'a')],
      [],
      [],
      [
        ['1C', 'planned', '1B'],
        ['1b', 'planned', '1B'],
      ],
      [],
    ],
    ['one that keeps it', [claim('1', 'a')], [held('a', '2')], [], [['1', 'kept', '2']], []],
    ['a local row', [claim('1', 'a')], [held('a', null, false)], [], [['1', 'foreign', null]], []],
    ['another connector’s row', [claim('1', 'a')], [held('a', '9', false)], [], [['1', 'foreign', '9']], []],
    ['one that is deleted', [claim('1', 'a')], [held('a', '2')], ['2'], [], [['1', '2']]],
    ['one that moves away', [claim('1', 'a'), claim('2', 'b', 'a')], [held('a', '2')], [], [], [['1', '2']]],
    [
      'two that swap',
      [claim('1', 'b', 'a'), claim('2', 'a', 'b')],
      [held('a', '1'), held('b', '2')],
      [],
      [],
      [
        ['1', '2'],
        ['2', '1'],
      ],
    ],
    [
      'one that would move away, but may not',
      [claim('1', 'a'), claim('2', 'b', 'a')],
      [held('a', '2'), held('b', null, false)],
      [],
      [
        ['1', 'kept', '2'],
        ['2', 'foreign', null],
      ],
      [],
    ],
    [
      'a chain that breaks at its end',
      [claim('1', 'a'), claim('2', 'b', 'a'), claim('3', 'c', 'b'), claim('4', 'c')],
      [held('a', '2'), held('b', '3'), held('c', '9', false)],
      [],
      [
        ['1', 'kept', '2'],
        ['2', 'kept', '3'],
        ['3', 'foreign', '9'],
        ['4', 'foreign', '9'],
      ],
      [],
    ],
    [
      'the loser of a name keeps the one that it has',
      [claim('5', 'x', 'y'), claim('4', 'x'), claim('1', 'y')],
      [held('y', '5')],
      [],
      [
        ['1', 'kept', '5'],
        ['5', 'planned', '4'],
      ],
      [],
    ],
  ])('decides on %s', (_what, claims, holders, leaving, refused, takers) => {
    expect(resolve(claims, holders, leaving)).toEqual({ refused, takers });
  });

  it('leaves every name with one holder, and does not care about the order of claims', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const person = fc.record({
      key: fc.string({ minLength: 1, maxLength: 3 }),
      current: fc.option(fc.constantFrom(...names)),
      wanted: fc.constantFrom(...names),
    });
    const people = fc.uniqueArray(person, { selector: ({ key }) => key, maxLength: 8 });
    fc.assert(
      fc.property(people, fc.infiniteStream(fc.nat()), (drawn, random) => {
        const taken = new Set<string>();
        const rows = drawn.map((row) => {
          const current = row.current === null || taken.has(row.current) ? null : row.current;
          if (current !== null) taken.add(current);
          return { ...row, current };
        });
        const holders = rows.flatMap((row) => (row.current === null ? [] : [held(row.current, row.key)]));
        const claims = rows
          .filter((row) => row.current !== row.wanted)
          .map((row) => claim(row.key, row.wanted, row.current));
        const shuffled = claims
          .map((entry) => ({ entry, rank: random.next().value }))
          .sort((left, right) => left.rank - right.rank)
          .map(({ entry }) => entry);

        const { conflicts } = collect(claims, holders).resolve(new Set());

        const after = rows
          .map((row) => (conflicts.has(row.key) ? row.current : row.wanted))
          .filter((name) => name !== null);
        expect(new Set(after).size).toBe(after.length);
        expect(resolve(shuffled, holders)).toEqual(resolve(claims, holders));
      }),
    );
  });
});

describe('takersInOrder', () => {
  it.each([
    ['nothing', [], []],
    ['a taker of one that gives up', [['1', '2']], ['1']],
    [
      'a chain: each after its giver',
      [
        ['1', '2'],
        ['2', '3'],
        ['3', '4'],
      ],
      ['3', '2', '1'],
    ],
    [
      'a ring, together',
      [
        ['0', 'x'],
        ['1', '3'],
        ['3', '1'],
        ['2', 'y'],
      ],
      ['0', '3', '1', '2'],
    ],
  ] as [string, [string, string][], string[]][])('orders %s', (_what, takers, ordered) => {
    expect(takersInOrder(new Map(takers))).toEqual(ordered);
  });
});
