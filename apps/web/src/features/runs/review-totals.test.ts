import type { Plan } from '@gatehouse/contracts/plan';
import { describe, expect, it } from 'vitest';
import {
  applySentences,
  comparedSentence,
  goingThrough,
  isNothingToDo,
  staleSentence,
} from './review-totals.ts';

const counters = {
  added: 1204,
  modified: 5961,
  notModified: 90_025,
  cleanedUp: 688,
  filtered: 312,
  held: 0,
  drifted: 0,
  failed: 24,
  groupsAdded: 9,
  groupsModified: 2,
  groupsCleanedUp: 1,
  groupsFailed: 1,
  membershipsGained: 4210,
  membershipsLost: 1,
};
const totals: Plan['totals'] = {
  counters,
  changes: 7877,
  groupChanges: 13,
  usersRead: 97_639,
  usersOnlyInDirectory: 575,
};
const zero = Object.fromEntries(Object.keys(counters).map((key) => [key, 0])) as typeof counters;
const nothing: Plan['totals'] = {
  counters: zero,
  changes: 0,
  groupChanges: 0,
  usersRead: 1,
  usersOnlyInDirectory: 0,
};

describe('what a plan would do', () => {
  it('counts users and groups that go through, not what failed', () => {
    expect(goingThrough(totals)).toEqual({
      changes: 7853 + 12,
      parts: [
        '1,204 added',
        '5,961 modified',
        '688 disabled',
        '9 groups added',
        '2 groups modified',
        '1 group cleaned up',
      ],
      failed: 25,
    });
    expect(goingThrough(nothing)).toEqual({ changes: 0, parts: [], failed: 0 });
  });

  it.each([
    [totals, false],
    [nothing, true],
    [{ ...nothing, groupChanges: 1 }, false],
    [{ ...nothing, groupChanges: 2, counters: { ...zero, groupsFailed: 2 } }, true],
    [{ ...nothing, changes: 1, counters: { ...zero, failed: 1 } }, true],
  ])('is nothing: %#', (one, expected) => {
    expect(isNothingToDo(one)).toBe(expected);
  });

  it.each([
    [totals, '98,214 users compared: 97,639 from Okta, 575 only in the directory'],
    [nothing, '1 user compared, all from Okta'],
  ])('says what was compared: %#', (one, expected) => {
    expect(comparedSentence(one)).toBe(expected);
  });

  it('asks with the numbers and says what does not happen', () => {
    expect(applySentences(totals, 12)).toEqual([
      '1,204 users added.',
      '5,961 users modified.',
      '688 users disabled: no more logins. Nothing is deleted.',
      '9 groups added.',
      '2 groups modified.',
      '1 group cleaned up.',
      '4,210 memberships gained.',
      '1 membership lost.',
      '25 failed rows, of which nothing is written.',
      '12 rows skipped and listed as drifted: changed since this plan.',
    ]);
    expect(applySentences(nothing, 0)).toEqual([]);
  });
});

describe('staleSentence', () => {
  it.each([
    [[], 0, null],
    [['Okta domain'], 0, '1 setting differs since 01:51'],
    [[], 1, '1 row differs since 01:51'],
    [['Okta domain', 'API token', 'Name'], 12, '3 settings and 12 rows differ since 01:51'],
  ])('%j and %i rows', (settingsChanged, drifting, expected) => {
    expect(staleSentence({ possible: true, reasons: [], settingsChanged, drifting }, '01:51')).toBe(expected);
  });

  it('knows that settings changed although none of them has a name', () => {
    const reasons = [{ code: 'settings-changed', facts: {} }];

    expect(staleSentence({ possible: false, reasons, settingsChanged: [], drifting: 1 }, '01:51')).toBe(
      'The settings and 1 row differ since 01:51',
    );
  });
});
