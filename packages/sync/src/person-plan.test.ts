import type { DirectoryPerson, DirectoryTeam, NameHolder } from '@gatehouse/directory/directory-person';
import { describe, expect, it } from 'vitest';
import { sourceGroup, sourceUser } from './conformance/harness.ts';
import { type FoundPerson, needsOf, planPerson } from './person-plan.ts';
import type { PersonState } from './person-ports.ts';

const everyone = { ...sourceGroup('00gE', 'Everyone'), type: 'BUILT_IN', selected: false };
const failure = { code: 'record-unreadable', facts: { field: 'status' } };

const ada: DirectoryPerson = {
  id: 7,
  externalId: '00u1',
  revision: 3,
  username: 'ada',
  email: 'ada@acme.example',
  firstName: 'Ada',
  lastName: 'Byron',
  displayName: 'Ada Byron',
  active: true,
  sourceStatus: 'ACTIVE',
};

function inOkta(change: Partial<FoundPerson> = {}): FoundPerson {
  const base = {
    outcome: 'found',
    user: sourceUser('00u1', 'ada'),
    groups: [],
    groupsComplete: true,
  } as const;
  return { ...base, ...change };
}

function team(id: number, externalId: string, name: string): DirectoryTeam {
  return { id, externalId, name, description: '', revision: 1 };
}

function holder(id: number, change: Partial<NameHolder> = {}): NameHolder {
  return { id, name: 'Holder', externalId: '00x9', ownedByThisConnector: true, ...change };
}

function state(change: Partial<PersonState> = {}): PersonState {
  const base = { person: null, groups: [], memberships: [], userNames: new Map(), groupNames: new Map() };
  return { ...base, ...change };
}

/** What a plan says, in words: the operation with its reason, and groups by name. */
function said(read: FoundPerson, directory: PersonState): Said {
  const { change, groups, createdGroups, leftOut } = planPerson(read, directory);
  const names = (ordinals: readonly number[] = []) =>
    ordinals.map((ordinal) => groups.find((group) => group.ordinal === ordinal)?.name);
  return {
    change: change === null ? null : `${change.operation} ${change.reason.code}`,
    added: names(change?.groupsAdded),
    removed: names(change?.groupsRemoved),
    created: createdGroups.map(({ key }) => key),
    leftOut: leftOut.map(({ key, reason }) => `${key} ${reason.code}`),
  };
}

type Said = {
  change: string | null;
  added: (string | undefined)[];
  removed: (string | undefined)[];
  created: string[];
  leftOut: string[];
};

const nothing: Said = { change: null, added: [], removed: [], created: [], leftOut: [] };

type Case = [string, FoundPerson, PersonState, Partial<Said>];

describe('planPerson: the person', () => {
  it.each<Case>([
    ['active, new', inOkta(), state(), { change: 'create new-in-source' }],
    ['the same', inOkta(), state({ person: ada }), {}],
    [
      'renamed',
      inOkta({ user: sourceUser('00u1', 'ada.l') }),
      state({ person: ada }),
      { change: 'update profile-changed' },
    ],
    [
      'suspended',
      inOkta({ user: sourceUser('00u1', 'ada', 'SUSPENDED') }),
      state({ person: ada }),
      { change: 'disable status-suspended' },
    ],
    [
      'deactivated',
      inOkta({ user: sourceUser('00u1', 'ada', 'DEPROVISIONED') }),
      state({ person: ada }),
      { change: 'disable status-deprovisioned' },
    ],
    [
      'active again',
      inOkta(),
      state({ person: { ...ada, active: false } }),
      { change: 'enable became-active' },
    ],
    [
      'not active, new',
      inOkta({ user: sourceUser('00u1', 'ada', 'STAGED'), groups: [sourceGroup('00g1', 'Team')] }),
      state(),
      { change: 'skip not-created-inactive' },
    ],
    [
      'unreadable',
      inOkta({ user: { externalId: '00u1', failure, label: 'ada' } }),
      state({ person: ada, groups: [team(1, '00g1', 'Team')], memberships: [1] }),
      { change: 'skip record-unreadable' },
    ],
    [
      'a name that a local user has',
      inOkta(),
      state({ userNames: new Map([['ada', holder(9, { externalId: null, ownedByThisConnector: false })]]) }),
      { change: 'skip name-taken' },
    ],
    [
      'a name that another one of Okta’s has, who may give it up in a full run only',
      inOkta({ user: sourceUser('00u1', 'Bo') }),
      state({ person: ada, userNames: new Map([['bo', holder(9)]]) }),
      { change: 'skip name-taken' },
    ],
    [
      'their own name in other letters',
      inOkta({ user: sourceUser('00u1', 'ADA') }),
      state({ person: ada, userNames: new Map([['ada', holder(7, { externalId: '00u1' })]]) }),
      { change: 'update profile-changed' },
    ],
  ])('%s', (_name, read, directory, expected) => {
    expect(said(read, directory)).toEqual({ ...nothing, ...expected });
  });
});

describe('planPerson: their groups', () => {
  const known = state({ person: ada, groups: [team(1, '00g1', 'Team')] });
  const member = { ...known, memberships: [1] };

  it.each<Case>([
    [
      'joined, known',
      inOkta({ groups: [everyone, sourceGroup('00g1', 'Team')] }),
      known,
      { change: 'update groups-changed', added: ['Team'], leftOut: ['00gE built-in'] },
    ],
    ['in it already', inOkta({ groups: [sourceGroup('00g1', 'Team')] }), member, {}],
    ['left', inOkta(), member, { change: 'update groups-changed', removed: ['Team'] }],
    ['not in a list that may lack it', inOkta({ groupsComplete: false }), member, {}],
    [
      'joined, from a list that may lack others',
      inOkta({ groupsComplete: false, groups: [sourceGroup('00g2', 'New')] }),
      member,
      { change: 'update groups-changed', added: ['New'], created: ['00g2'] },
    ],
    [
      'renamed in Okta: the membership stays, the name too',
      inOkta({ groups: [sourceGroup('00g1', 'Crew')] }),
      member,
      {},
    ],
    [
      'new, and free to have the name that a known one has in Okta no more: left out',
      inOkta({ groups: [sourceGroup('00g1', 'Crew'), sourceGroup('00g2', 'Team')] }),
      { ...member, groupNames: new Map([['team', holder(1, { name: 'Team', externalId: '00g1' })]]) },
      { leftOut: ['00g2 name-taken'] },
    ],
    [
      'two new ones of one name: the smaller id gets it',
      inOkta({ groups: [sourceGroup('00g3', 'new'), sourceGroup('00g2', 'New')] }),
      known,
      {
        change: 'update groups-changed',
        added: ['New'],
        created: ['00g2'],
        leftOut: ['00g3 name-taken'],
      },
    ],
    [
      'new ones that cannot be created',
      inOkta({
        groups: [
          sourceGroup('00g4', ' '),
          { externalId: '00g5', failure, label: 'x' },
          sourceGroup('00g6', 'Taken'),
        ],
      }),
      { ...known, groupNames: new Map([['taken', holder(5, { ownedByThisConnector: false })]]) },
      { leftOut: ['00g4 group-name-missing', '00g5 record-unreadable', '00g6 name-taken'] },
    ],
    [
      'unreadable and known: neither joined nor left',
      inOkta({ groups: [{ externalId: '00g1', failure, label: 'x' }] }),
      known,
      {},
    ],
    [
      'of a person who is created',
      inOkta({ groups: [sourceGroup('00g1', 'Team'), sourceGroup('00g2', 'New')] }),
      state({ groups: [team(1, '00g1', 'Team')] }),
      { change: 'create new-in-source', added: ['Team', 'New'], created: ['00g2'] },
    ],
    [
      'new, of a person who cannot be written: not created',
      inOkta({
        user: { externalId: '00u1', failure, label: 'ada' },
        groups: [sourceGroup('00g2', 'New')],
      }),
      member,
      { change: 'skip record-unreadable' },
    ],
    [
      'whose ids differ in letter case only',
      inOkta({ groups: [sourceGroup('00G1', 'Other')] }),
      member,
      { change: 'update groups-changed', added: ['Other'], removed: ['Team'], created: ['00G1'] },
    ],
  ])('%s', (_name, read, directory, expected) => {
    expect(said(read, directory)).toEqual({ ...nothing, ...expected });
  });

  it('are looked up by id and folded name, with the person’s', () => {
    const groups = [everyone, sourceGroup('00g1', ' Équipe '), sourceGroup('00g2', 'équipe')];

    expect(needsOf(inOkta({ user: sourceUser('00u1', 'ADA'), groups }))).toEqual({
      groups: ['00gE', '00g1', '00g2'],
      userNames: ['ada'],
      groupNames: ['équipe'],
    });
  });
});
