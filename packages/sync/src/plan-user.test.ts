import type { DirectoryPerson } from '@gatehouse/directory/directory-person';
import { describe, expect, it } from 'vitest';
import type { UserPair, UserPlanContext } from './plan-user.ts';
import { planUser } from './plan-user.ts';
import type { SourcePresence, SourceUser } from './source.ts';

const profile = { login: 'ada', email: 'ada@acme.example', firstName: 'Ada', lastName: 'Byron' };

function inOkta(status = 'ACTIVE', change: Record<string, unknown> = {}): SourceUser {
  const presences: Record<string, SourcePresence> = {
    ACTIVE: 'active',
    LOCKED_OUT: 'active',
    NEW: 'unknown',
  };
  const presence = presences[status] ?? 'inactive';
  return { externalId: '00u1', status, presence, updatedAt: 'then', profile: { ...profile, ...change } };
}

const unreadable = {
  externalId: '00u1',
  failure: { code: 'record-unreadable', facts: { field: 'status' } },
  label: 'ada',
};

function there(active = true, change: Partial<DirectoryPerson> = {}): DirectoryPerson {
  return {
    id: 7,
    externalId: '00u1',
    revision: 3,
    username: 'ada',
    email: 'ada@acme.example',
    firstName: 'Ada',
    lastName: 'Byron',
    displayName: 'Ada Byron',
    active,
    sourceStatus: 'ACTIVE',
    ...change,
  };
}

/** Groups 0 to 3 follow the source, 4 is untouched, 5 is deleted. */
const context: UserPlanContext = {
  usersComplete: true,
  absences: new Map(),
  conflicts: new Map(),
  fateOf: (ordinal) => (ordinal === 4 ? 'untouched' : ordinal === 5 ? 'deleted' : 'as-in-source'),
};

type Case = {
  source: UserPair['source'];
  directory: UserPair['directory'];
  now?: number[];
  wanted?: number[];
};

function plan({ source, directory, now = [], wanted = [] }: Case, change: Partial<UserPlanContext> = {}) {
  const pair = { key: '00u1', source, directory, groupsNow: now, groupsWanted: wanted };
  return planUser(pair, { ...context, ...change });
}

describe('planUser', () => {
  it.each([
    // what, case, operation, category, reason
    ['active, new', { source: inOkta(), directory: null }, 'create', 'added', 'new-in-source'],
    [
      'locked out, new',
      { source: inOkta('LOCKED_OUT'), directory: null },
      'create',
      'added',
      'new-in-source',
    ],
    [
      'suspended, new',
      { source: inOkta('SUSPENDED'), directory: null },
      'skip',
      'filtered',
      'not-created-inactive',
    ],
    [
      'an unknown status, new',
      { source: inOkta('NEW'), directory: null },
      'skip',
      'filtered',
      'not-created-unknown-status',
    ],
    ['unreadable, new', { source: unreadable, directory: null }, 'skip', 'failed', 'record-unreadable'],
    [
      'unreadable, there',
      { source: unreadable, directory: there(), now: [1] },
      'skip',
      'failed',
      'record-unreadable',
    ],
    [
      'no username, there',
      { source: inOkta('ACTIVE', { login: '' }), directory: there(), now: [1] },
      'skip',
      'failed',
      'username-missing',
    ],
    [
      'no username and suspended, there',
      { source: inOkta('SUSPENDED', { login: '' }), directory: there() },
      'skip',
      'failed',
      'username-missing',
    ],
    [
      'another last name',
      { source: inOkta('ACTIVE', { lastName: 'King' }), directory: there() },
      'update',
      'modified',
      'profile-changed',
    ],
    [
      'another last name and group',
      { source: inOkta('ACTIVE', { lastName: 'King' }), directory: there(), wanted: [1] },
      'update',
      'modified',
      'profile-changed',
    ],
    [
      'a group more',
      { source: inOkta(), directory: there(), now: [1], wanted: [1, 2] },
      'update',
      'modified',
      'groups-changed',
    ],
    [
      'a group less',
      { source: inOkta(), directory: there(), now: [1, 2], wanted: [1] },
      'update',
      'modified',
      'groups-changed',
    ],
    ['active again', { source: inOkta(), directory: there(false) }, 'enable', 'modified', 'became-active'],
    [
      'suspended',
      { source: inOkta('SUSPENDED'), directory: there() },
      'disable',
      'cleaned-up',
      'status-suspended',
    ],
    ['staged', { source: inOkta('STAGED'), directory: there() }, 'disable', 'cleaned-up', 'status-staged'],
    [
      'provisioned',
      { source: inOkta('PROVISIONED'), directory: there() },
      'disable',
      'cleaned-up',
      'status-provisioned',
    ],
    [
      'deprovisioned',
      { source: inOkta('DEPROVISIONED'), directory: there() },
      'disable',
      'cleaned-up',
      'status-deprovisioned',
    ],
    [
      'another inactive status',
      { source: inOkta('OFF'), directory: there() },
      'disable',
      'cleaned-up',
      'status-inactive',
    ],
    [
      'suspended, renamed, disabled already',
      { source: inOkta('SUSPENDED', { lastName: 'King' }), directory: there(false) },
      'update',
      'modified',
      'profile-changed',
    ],
    [
      'an unknown status, renamed',
      { source: inOkta('NEW', { lastName: 'King' }), directory: there() },
      'update',
      'modified',
      'status-unknown',
    ],
    [
      'an unknown status, renamed, disabled',
      { source: inOkta('NEW', { lastName: 'King' }), directory: there(false) },
      'update',
      'modified',
      'status-unknown',
    ],
    [
      'absent, nobody asked',
      { source: null, directory: there() },
      'disable',
      'cleaned-up',
      'absent-in-source',
    ],
    [
      'absent and disabled, a group is deleted',
      { source: null, directory: there(false), now: [5] },
      'update',
      'modified',
      'groups-changed',
    ],
  ] as [string, Case, string, string, string][])('%s', (_what, input, operation, category, code) => {
    const change = plan(input);

    expect(change).toMatchObject({ subject: 'user', key: '00u1', operation, category, reason: { code } });
    expect(change?.subjectId).toBe(input.directory?.id ?? null);
    expect(change?.plannedRevision).toBe(input.directory?.revision ?? null);
    if (operation === 'skip') {
      expect(change).toMatchObject({ after: null, groupsAdded: [], groupsRemoved: [] });
    }
  });

  it.each([
    ['nothing differs', { source: inOkta(), directory: there(), now: [1, 2], wanted: [1, 2] }],
    ['only the status’s name differs', { source: inOkta('LOCKED_OUT'), directory: there() }],
    ['suspended and disabled already', { source: inOkta('SUSPENDED'), directory: there(false) }],
    ['an unknown status', { source: inOkta('NEW'), directory: there() }],
    ['an unknown status, disabled', { source: inOkta('NEW'), directory: there(false) }],
    ['absent and disabled already', { source: null, directory: there(false), now: [1] }],
    ['neither here nor there', { source: null, directory: null }],
    ['a group whose members are not known', { source: inOkta(), directory: there(), now: [4] }],
    ['a group whose members are not known would come', { source: inOkta(), directory: there(), wanted: [4] }],
  ] as [string, Case][])('says nothing when %s', (_what, input) => {
    expect(plan(input)).toBeNull();
  });

  it.each([
    ['deprovisioned', true, 'disable', 'deactivated-in-source', {}],
    ['gone', true, 'disable', 'deleted-in-source', {}],
    ['present', true, 'skip', 'removal-suppressed', { why: 'answer-present' }],
    ['unknown', true, 'skip', 'removal-suppressed', { why: 'answer-unknown' }],
    ['deprovisioned', false, 'skip', 'removal-suppressed', { why: 'users-incomplete' }],
    ['gone', false, 'skip', 'removal-suppressed', { why: 'users-incomplete' }],
    ['unknown', false, 'skip', 'removal-suppressed', { why: 'answer-unknown' }],
  ] as const)('absent, Okta says %s, list complete %s', (answer, usersComplete, operation, code, facts) => {
    const change = plan(
      { source: null, directory: there(), now: [1, 2] },
      { usersComplete, absences: new Map([['00u1', answer]]) },
    );

    expect(change).toMatchObject({ operation, reason: { code, facts }, groupsRemoved: [] });
  });

  it('disables somebody absent and takes only groups away that are deleted', () => {
    const change = plan({ source: null, directory: there(), now: [1, 4, 5] });

    expect(change).toMatchObject({
      before: { active: true },
      after: { active: false, username: 'ada', lastName: 'Byron' },
      groupsAdded: [],
      groupsRemoved: [5],
    });
  });

  it('brings attributes and groups along when it disables', () => {
    const source = inOkta('SUSPENDED', { lastName: 'King', displayName: null });
    const change = plan({ source, directory: there(), now: [1, 4, 5], wanted: [2, 4] });

    expect(change).toMatchObject({
      operation: 'disable',
      after: { active: false, lastName: 'King', displayName: 'Ada King' },
      groupsAdded: [2],
      groupsRemoved: [1, 5],
      sourceStatus: 'SUSPENDED',
      sourceUpdatedAt: 'then',
    });
  });

  it('gives a new person the groups that follow the source, and says the rules', () => {
    const change = plan({ source: inOkta(), directory: null, wanted: [0, 3, 4, 5] });

    expect(change).toMatchObject({
      before: null,
      after: { username: 'ada', displayName: 'Ada Byron', active: true },
      groupsAdded: [0, 3],
      rules: { email: 'from profile.email', displayName: 'combines firstName and lastName' },
      label: { name: 'Ada Byron', username: 'ada', email: 'ada@acme.example' },
    });
  });

  it('leaves a person alone whose new name is taken, memberships included', () => {
    const conflict = {
      name: 'ada',
      otherName: 'Ada',
      otherExternalId: '00u0',
      other: 'kept',
    } as const;
    const change = plan(
      { source: inOkta(), directory: there(true, { username: 'old' }), now: [1], wanted: [2] },
      { conflicts: new Map([['00u1', conflict]]) },
    );

    expect(change).toMatchObject({
      operation: 'skip',
      category: 'failed',
      reason: { code: 'name-taken', facts: { subject: 'user', externalId: '00u1', ...conflict } },
      after: null,
      groupsAdded: [],
      groupsRemoved: [],
      label: { username: 'old' },
    });
  });

  it.each([
    [unreadable, { name: 'ada', username: 'ada', email: '' }],
    [
      { ...unreadable, label: '' },
      { name: '00u1', username: '', email: '' },
    ],
    [inOkta('STAGED'), { name: 'Ada Byron', username: 'ada', email: 'ada@acme.example' }],
    [inOkta('STAGED', { login: 7, firstName: null, lastName: null }), { name: '00u1', username: '' }],
    [inOkta('STAGED', { displayName: 'x'.repeat(999) }), { name: 'x'.repeat(255) }],
  ])('finds something to call %j', (source, label) => {
    expect(plan({ source, directory: null })?.label).toMatchObject(label);
  });
});
