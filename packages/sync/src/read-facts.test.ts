import { describe, expect, it } from 'vitest';
import { emptyFacts } from './conformance/harness.ts';
import { seesAsMuch, snapshotFacts } from './read-facts.ts';
import type { SourceFacts } from './source.ts';

const read: SourceFacts = { ...emptyFacts, usersRead: 1000, groupsRead: 100 };
const nobodyAsked = { asked: 0, unknown: 0, present: 0 };

describe('snapshotFacts', () => {
  it.each([
    ['a clean read', {}, nobodyAsked, [true, true], []],
    ['1 % unreadable', { unreadableUsers: 10 }, nobodyAsked, [true, true], []],
    ['3 of 20 unreadable', { usersRead: 20, unreadableUsers: 3 }, nobodyAsked, [true, true], []],
    ['more than 1 % unreadable', { unreadableUsers: 11 }, nobodyAsked, [false, true], ['unreadable-users']],
    ['unreadable groups', { unreadableGroups: 4 }, nobodyAsked, [true, false], ['unreadable-groups']],
    [
      'a person without id',
      { recordsWithoutId: { users: 1, groups: 0 } },
      nobodyAsked,
      [false, true],
      ['records-without-id'],
    ],
    [
      'a group without id',
      { recordsWithoutId: { users: 0, groups: 1 } },
      nobodyAsked,
      [true, false],
      ['records-without-id'],
    ],
    [
      'an absence without an answer',
      {},
      { asked: 3, unknown: 1, present: 0 },
      [false, true],
      ['absence-unknown'],
    ],
    [
      'somebody absent who is there',
      {},
      { asked: 3, unknown: 0, present: 1 },
      [false, true],
      ['absence-present'],
    ],
    ['absences that are confirmed', {}, { asked: 3, unknown: 0, present: 0 }, [true, true], []],
  ] as const)('%s', (_what, facts, absences, [usersComplete, groupsComplete], gaps) => {
    const result = snapshotFacts({ ...read, ...facts }, absences);

    expect([result.usersComplete, result.groupsComplete]).toEqual([usersComplete, groupsComplete]);
    expect(result.gaps.map(({ code }) => code)).toEqual(gaps);
  });
});

describe('seesAsMuch', () => {
  const before = snapshotFacts(read, nobodyAsked);
  const other = { id: '00uOther', login: 'x' };

  it.each([
    ['the same', {}, true],
    ['90 % of the groups', { groupsRead: 90 }, true],
    ['fewer than 90 % of the groups', { groupsRead: 89 }, false],
    ['fewer people only: they may have left', { usersRead: 5 }, true],
    ['no built-in group', { builtInGroups: 0 }, false],
    ['another owner', { owner: other }, false],
    ['no owner', { owner: null }, false],
  ])('%s', (_what, change, expected) => {
    expect(seesAsMuch({ ...read, ...change }, { lastGood: before, lastRead: before })).toBe(expected);
  });

  it('compares the owner with the last read and the rest with the last good one', () => {
    const heldRead = { ...before, owner: other, groupsRead: 7 };

    expect(seesAsMuch({ ...read, owner: other }, { lastGood: before, lastRead: heldRead })).toBe(true);
    expect(
      seesAsMuch({ ...read, owner: other, groupsRead: 7 }, { lastGood: before, lastRead: heldRead }),
    ).toBe(false);
  });

  it('cannot say so before the first good run', () => {
    expect(seesAsMuch(read, { lastGood: null, lastRead: before })).toBe(false);
  });
});
