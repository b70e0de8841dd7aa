import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FoundPerson, needsOf, planPerson } from '../person-plan.ts';
import type { PersonApplied, PersonPlan } from '../person-ports.ts';
import { changeOfUser, emptyFacts, sourceGroup, sourceUser, userState } from './harness.ts';
import type { PersonHarnessFactory, PersonStoresHarness } from './person-harness.ts';
import { summaryOf } from './summary.ts';

let harness: PersonStoresHarness;

/** What a directory has to keep of single-user runs; also beside a full run. */
export function describePersonStores(name: string, create: PersonHarnessFactory): void {
  describe(`PersonDirectory and PersonApplier on ${name}`, () => {
    beforeEach(async () => {
      harness = await create();
    });
    afterEach(() => harness.close());

    describeLooking();
    describeWriting();
    describeDrift();
    describeFullRuns();
  });
}

function inOkta(login: string, groups: readonly [id: string, name: string][] = [], status = 'ACTIVE') {
  const read: FoundPerson = {
    outcome: 'found',
    user: sourceUser('00u1', login, status),
    groups: groups.map(([id, group]) => sourceGroup(id, group)),
    groupsComplete: true,
  };
  return read;
}

async function plan(read: FoundPerson): Promise<PersonPlan> {
  return planPerson(read, await harness.people.look(harness.personKey('00u1'), needsOf(read)));
}

async function refresh(read: FoundPerson): Promise<PersonApplied> {
  return harness.personApplier.apply(harness.personKey('00u1'), await plan(read));
}

async function groupsOf(userId: number): Promise<string[]> {
  const { groups, memberships } = await harness.directory();
  return memberships
    .filter((row) => row.userId === userId)
    .map(({ groupId, origin }) => `${groups.find(({ id }) => id === groupId)?.name} by ${origin}`);
}

function describeLooking(): void {
  it('finds nobody where nobody is', async () => {
    const state = await harness.people.look(
      harness.personKey('00u1'),
      needsOf(inOkta('ada', [['00g1', 'Team']])),
    );

    expect(state).toEqual({
      person: null,
      groups: [],
      memberships: [],
      userNames: new Map(),
      groupNames: new Map(),
    });
  });

  it('finds the person byte by byte, with what they have by this connector alone', async () => {
    const ada = await harness.addUser({ username: 'Ada', externalId: '00u1', active: false });
    await harness.addUser({ username: 'other', externalId: '00U1' });
    await harness.addUser({ username: 'third', externalId: '00u1', owner: 'other-connector' });
    const team = await harness.addGroup({ name: 'Team', externalId: '00g1' });
    const left = await harness.addGroup({ name: 'Left', externalId: '00g2' });
    const byHand = await harness.addGroup({ name: 'By hand', externalId: '00g3' });
    await harness.addGroup({ name: 'Foreign', externalId: '00g1', owner: 'other-connector' });
    await harness.addMembership(ada, left, 'connector');
    await harness.addMembership(ada, byHand, 'hand');

    const state = await harness.people.look(harness.personKey('00u1'), {
      groups: ['00g1', '00G2'],
      userNames: [],
      groupNames: [],
    });

    expect(state.person).toMatchObject({ id: ada, username: 'Ada', active: false, revision: 1 });
    expect(state.memberships).toEqual([left]);
    expect(state.groups.map(({ id }) => id).sort()).toEqual([team, left].sort());
  });

  it('says who holds a name, and whose row that is', async () => {
    await harness.addUser({ username: 'BO', externalId: '00u2' });
    await harness.addUser({ username: 'Eve', externalId: null, owner: 'local' });
    await harness.addGroup({ name: 'Équipe', externalId: '00g9', owner: 'other-connector' });

    const { userNames, groupNames } = await harness.people.look(harness.personKey('00u1'), {
      groups: [],
      userNames: ['bo', 'eve', 'nobody'],
      groupNames: ['équipe'],
    });

    expect([...userNames.keys()].sort()).toEqual(['bo', 'eve']);
    expect(userNames.get('bo')).toMatchObject({ name: 'BO', externalId: '00u2', ownedByThisConnector: true });
    expect(userNames.get('eve')).toMatchObject({ externalId: null, ownedByThisConnector: false });
    expect(groupNames.get('équipe')).toMatchObject({ name: 'Équipe', ownedByThisConnector: false });
  });
}

function describeWriting(): void {
  it('creates a person with their groups, known and new', async () => {
    const team = await harness.addGroup({ name: 'Team', externalId: '00g1' });

    expect(
      await refresh(
        inOkta('ada', [
          ['00g1', 'Team'],
          ['00g2', 'New'],
          ['00g3', 'Newer'],
        ]),
      ),
    ).toBe('written');

    const { users, groups } = await harness.directory();
    expect(users).toMatchObject([
      {
        externalId: '00u1',
        username: 'ada',
        lastName: 'Byron',
        active: true,
        sourceStatus: 'ACTIVE',
        revision: 1,
      },
    ]);
    expect(groups.map(({ externalId, revision }) => [externalId, revision])).toEqual([
      ['00g1', 2],
      ['00g2', 1],
      ['00g3', 1],
    ]);
    expect(team).toBe(groups[0]?.id);
    expect(await groupsOf(users[0]?.id ?? 0)).toEqual([
      'Team by connector',
      'New by connector',
      'Newer by connector',
    ]);
  });

  it('changes a person, and takes from them only what they have by this connector', async () => {
    const ada = await harness.addUser({ username: 'old', externalId: '00u1' });
    const left = await harness.addGroup({ name: 'Left', externalId: '00g1' });
    const both = await harness.addGroup({ name: 'Both', externalId: '00g2' });
    const stays = await harness.addGroup({ name: 'Stays', externalId: '00g3' });
    for (const group of [left, both, stays]) await harness.addMembership(ada, group, 'connector');
    await harness.addMembership(ada, both, 'hand');

    expect(await refresh(inOkta('ada', [['00g3', 'Stays']]))).toBe('written');

    const { users, groups } = await harness.directory();
    expect(users).toMatchObject([{ username: 'ada', revision: 2 }]);
    expect(groups.map(({ revision }) => revision)).toEqual([2, 2, 1]);
    expect(await groupsOf(ada)).toEqual(['Both by hand', 'Stays by connector']);
    expect((await plan(inOkta('ada', [['00g3', 'Stays']]))).change).toBeNull();
  });

  it('disables a person whose memberships stay as the source has them, and enables them again', async () => {
    const ada = await harness.addUser({ username: 'ada', externalId: '00u1' });
    const team = await harness.addGroup({ name: 'Team', externalId: '00g1' });
    await harness.addMembership(ada, team, 'connector');

    await refresh(inOkta('ada', [['00g1', 'Team']], 'SUSPENDED'));
    expect((await harness.directory()).users).toMatchObject([{ active: false, sourceStatus: 'SUSPENDED' }]);
    await refresh(inOkta('ada', [['00g1', 'Team']]));

    expect((await harness.directory()).users).toMatchObject([
      { active: true, sourceStatus: 'ACTIVE', revision: 3 },
    ]);
    expect(await groupsOf(ada)).toEqual(['Team by connector']);
  });

  it('touches nobody and no group beside the person’s', async () => {
    await harness.addUser({ username: 'bo', externalId: '00u2' });
    await harness.addGroup({ name: 'Other', externalId: '00g9' });
    const before = await harness.directory();

    await refresh(inOkta('ada', [['00g1', 'Team']]));

    const { users, groups } = await harness.directory();
    expect(users.filter(({ username }) => username === 'bo')).toEqual(before.users);
    expect(groups.filter(({ name }) => name === 'Other')).toEqual(before.groups);
  });
}

function describeDrift(): void {
  type Meanwhile = (ids: { ada: number; team: number }) => Promise<unknown>;

  it.each<[string, FoundPerson, Meanwhile]>([
    ['the person changed', inOkta('new'), ({ ada }) => harness.touchUser(ada)],
    [
      'the name was taken',
      inOkta('New'),
      () => harness.addUser({ username: 'NEW', externalId: null, owner: 'local' }),
    ],
    [
      'the name of a new group was taken',
      inOkta('ada', [['00g2', 'Crew']]),
      () => harness.addGroup({ name: 'crew', externalId: null, owner: 'local' }),
    ],
    [
      'a new group is there',
      inOkta('ada', [['00g2', 'Crew']]),
      () => harness.addGroup({ name: 'Crew 2', externalId: '00g2' }),
    ],
    ['a group of theirs is gone', inOkta('ada', [['00g1', 'Team']]), ({ team }) => harness.removeGroup(team)],
  ])('writes nothing when %s meanwhile', async (_name, read, meanwhile) => {
    const ada = await harness.addUser({ username: 'ada', externalId: '00u1' });
    const team = await harness.addGroup({ name: 'Team', externalId: '00g1' });
    const planned = await plan(read);
    await meanwhile({ ada, team });
    const before = await harness.directory();

    expect(await harness.personApplier.apply(harness.personKey('00u1'), planned)).toBe('drifted');
    expect(await harness.directory()).toEqual(before);
  });

  it('writes nothing of somebody who is there by now', async () => {
    const planned = await plan(inOkta('ada', [['00g1', 'Team']]));
    await harness.addUser({ username: 'ada-2', externalId: '00u1' });
    const before = await harness.directory();

    expect(await harness.personApplier.apply(harness.personKey('00u1'), planned)).toBe('drifted');
    expect(await harness.directory()).toEqual(before);
  });

  it('writes one of two plans that were made of the same state', async () => {
    const [one, two] = [await plan(inOkta('ada', [['00g1', 'Team']])), await plan(inOkta('ada'))];
    const key = harness.personKey('00u1');

    const answers = await Promise.all([
      harness.personApplier.apply(key, one),
      harness.personApplier.apply(key, two),
    ]);

    expect(answers).toEqual(['written', 'drifted']);
    expect(await harness.directory()).toMatchObject({ users: [{ revision: 1 }], groups: [{ name: 'Team' }] });
  });

  it('writes nothing that was read with other settings', async () => {
    const key = harness.personKey('00u1');
    const planned = await plan(inOkta('ada', [['00g1', 'Team']]));
    await harness.changeSettings();

    expect(await harness.personApplier.apply(key, planned)).toBe('settings-changed');
    expect(await harness.directory()).toEqual({ users: [], groups: [], memberships: [] });
  });
}

function describeFullRuns(): void {
  it('makes a full run leave the person out that it planned before', async () => {
    const ada = await harness.addUser({ username: 'ada', externalId: '00u1' });
    const bo = await harness.addUser({ username: 'bo', externalId: '00u2' });
    const key = await harness.startRun();
    const snapshotId = await harness.snapshots.begin(key);
    await harness.snapshots.finish(snapshotId, emptyFacts);
    const writer = await harness.plans.begin(key, snapshotId);
    const changes = [
      await changeOfUser(harness, ada, { after: { ...userState('ada'), lastName: 'Stale' } }),
      await changeOfUser(harness, bo, { after: { ...userState('bo'), lastName: 'New' } }),
    ];
    await writer.changes(changes.map((change, seq) => ({ seq, change })));
    await writer.finish(summaryOf({ added: 2 }));
    await harness.applier.begin(writer.planId, key);

    expect(await refresh(inOkta('ada', [['00g1', 'Team']]))).toBe('written');
    expect(await harness.applier.applyChunk(writer.planId, key)).toEqual({ applied: 1, drifted: 1 });

    const { users } = await harness.directory();
    expect(users.map(({ lastName }) => lastName)).toEqual(['Byron', 'New']);
    expect(await groupsOf(ada)).toEqual(['Team by connector']);
  });
}
