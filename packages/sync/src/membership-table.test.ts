import { describe, expect, it } from 'vitest';
import { MembershipCollector } from './membership-table.ts';

describe('MembershipCollector', () => {
  it('answers the groups of each person, rising, without doubles', () => {
    const collector = new MembershipCollector();
    for (const [person, group] of [
      [2, 0],
      [0, 0],
      [2, 0],
      [0, 3],
      [3, 3],
      [2, 7],
      [2, 7],
    ] as const) {
      collector.add(person, group);
    }

    const table = collector.toTable(5);

    expect([0, 1, 2, 3, 4].map((person) => [...table.of(person)])).toEqual([[0, 3], [], [0, 7], [3], []]);
    expect(table.total).toBe(5);
  });

  it('has nothing to say about nobody', () => {
    expect(new MembershipCollector().toTable(0).total).toBe(0);
  });

  it('grows beyond its first capacity', () => {
    const collector = new MembershipCollector();
    for (let group = 0; group < 100; group += 1) {
      for (let person = 0; person < 200; person += 1) collector.add(person, group);
    }

    const table = collector.toTable(200);

    expect(table.total).toBe(20_000);
    expect([...table.of(199)]).toEqual(Array.from({ length: 100 }, (_, group) => group));
  });
});
