import type { UserAttributeName } from '@gatehouse/directory/directory-person';
import { describe, expect, it } from 'vitest';
import { emptyFacts } from './conformance/harness.ts';
import type { GuardInput } from './guard.ts';
import { judge } from './guard.ts';
import type { PlannedRemovals } from './plan-counts.ts';
import type { SnapshotFacts } from './source.ts';

function blanks(change: Partial<Record<UserAttributeName, [had: number, blank: number]>> = {}) {
  const of = (name: UserAttributeName) => {
    const [had, blank] = change[name] ?? [100, 0];
    return { had, blank };
  };
  return {
    username: of('username'),
    email: of('email'),
    firstName: of('firstName'),
    lastName: of('lastName'),
    displayName: of('displayName'),
  };
}

type Case = {
  seen?: Partial<SnapshotFacts>;
  before?: Partial<SnapshotFacts> | null;
  lastRead?: Partial<SnapshotFacts>;
  directory?: Partial<GuardInput['directory']>;
  removals?: Partial<PlannedRemovals>;
};

const usual = { ...emptyFacts, usersRead: 1000, groupsRead: 100 };

function judged({ seen, before, lastRead, directory, removals }: Case) {
  const lastGood = before === null ? null : { ...usual, ...before };
  return judge({
    facts: { ...usual, ...seen },
    lastGood,
    lastRead: lastGood === null ? null : { ...lastGood, ...lastRead },
    directory: { activeUsers: 1000, memberships: 5000, ...directory },
    removals: { disabled: 0, groupsDeleted: 0, memberships: 0, blanks: blanks(), ...removals },
  });
}

const other = { id: '00uOther', login: 'other@acme.example' };

describe('judge', () => {
  it.each([
    ['a usual run', {}],
    ['the first run', { before: null }],
    ['80 % of the people', { seen: { usersRead: 800 } }],
    ['80 % of the groups', { seen: { groupsRead: 80 } }],
    ['3 of 4 people missing', { seen: { usersRead: 1 }, before: { usersRead: 4 } }],
    ['10 % to be disabled', { removals: { disabled: 100 } }],
    ['3 of 5 to be disabled', { removals: { disabled: 3 }, directory: { activeUsers: 5 } }],
    ['20 % of the memberships', { removals: { memberships: 1000 } }],
    ['10 of 12 memberships', { removals: { memberships: 10 }, directory: { memberships: 12 } }],
    ['20 % blank', { removals: { blanks: blanks({ lastName: [100, 20] }) } }],
    ['3 of 3 blank', { removals: { blanks: blanks({ lastName: [3, 3] }) } }],
    ['more people than before', { seen: { usersRead: 5000 } }],
    ['an owner who held the last run already', { seen: { owner: other }, lastRead: { owner: other } }],
  ] as [string, Case][])('passes %s', (_what, input) => {
    expect(judged(input)).toEqual({ outcome: 'pass', reasons: [] });
  });

  it.each([
    ['no people', { seen: { usersRead: 0 } }, 'guard-no-users', { before: 1000 }],
    [
      'no people at the first run',
      { seen: { usersRead: 0 }, before: null },
      'guard-no-users',
      { before: null },
    ],
    [
      'fewer than 80 % of the people',
      { seen: { usersRead: 799 } },
      'guard-users-dropped',
      { seen: 799, before: 1000, missing: 201, limit: 200 },
    ],
    [
      '4 of 5 people missing',
      { seen: { usersRead: 1 }, before: { usersRead: 5 } },
      'guard-users-dropped',
      { missing: 4, limit: 3 },
    ],
    [
      '7 of 120 groups',
      { seen: { groupsRead: 7 }, before: { groupsRead: 120 } },
      'guard-groups-dropped',
      { seen: 7, before: 120 },
    ],
    [
      'more than 10 % to be disabled',
      { removals: { disabled: 101 } },
      'guard-removals',
      { planned: 101, active: 1000, limit: 100 },
    ],
    [
      '4 of 5 to be disabled',
      { removals: { disabled: 4 }, directory: { activeUsers: 5 } },
      'guard-removals',
      { limit: 3 },
    ],
    [
      'more than 20 % of the memberships',
      { removals: { memberships: 1001 } },
      'guard-memberships',
      { planned: 1001, total: 5000, limit: 1000 },
    ],
    [
      'more than 20 % blank',
      { removals: { blanks: blanks({ lastName: [100, 21] }) } },
      'guard-attribute-blank',
      { attribute: 'lastName', label: 'last name', blank: 21, had: 100, limit: 20 },
    ],
    [
      'another owner',
      { seen: { owner: other } },
      'guard-owner-changed',
      { owner: 'other@acme.example', before: 'owner@acme.example' },
    ],
    ['an owner who is not said any more', { seen: { owner: null } }, 'guard-owner-changed', { owner: null }],
    [
      'people not read completely',
      { seen: { usersComplete: false, gaps: [{ code: 'absence-unknown', facts: {} }] } },
      'guard-incomplete-read',
      { collections: 'people', gaps: [{ code: 'absence-unknown', facts: {} }] },
    ],
    [
      'nothing read completely',
      { seen: { usersComplete: false, groupsComplete: false } },
      'guard-incomplete-read',
      { collections: 'people and groups' },
    ],
  ] as [string, Case, string, object][])('holds %s', (_what, input, code, facts) => {
    const verdict = judged(input);

    expect(verdict.outcome).toBe('hold');
    expect(verdict.reasons).toMatchObject([{ code, facts }]);
  });

  it('says every limit that is crossed', () => {
    const verdict = judged({
      seen: { usersRead: 7, groupsRead: 7, owner: other },
      removals: { disabled: 993, memberships: 4000 },
    });

    expect(verdict.reasons.map(({ code }) => code)).toEqual([
      'guard-users-dropped',
      'guard-groups-dropped',
      'guard-removals',
      'guard-memberships',
      'guard-owner-changed',
    ]);
  });
});
