import type { ChangeDetail } from '@gatehouse/contracts/plan';
import type { Run } from '@gatehouse/contracts/run';
import { stepWords } from '@gatehouse/contracts/run-words';
import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DirectoryState, Gatehouse } from './testing.ts';

let rehearsal: Rehearsal;
let token: string;
let gatehouse: Gatehouse;
let connectorId: string;

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 60, groups: 12, rateLimit: 'off' });
  token = (await rehearsal.control.tokens.create({ name: 'sync', owner: 'read-only-admin' })).value;
});

afterAll(() => rehearsal.close());

beforeEach(async () => {
  await rehearsal.control.regenerate({ users: 60, groups: 12, seed: 7 });
  gatehouse = await Gatehouse.start({ allow: [rehearsal.url] });
  connectorId = (await gatehouse.connect({ url: rehearsal.url, token })).id;
});

afterEach(() => gatehouse.close());

/** People of the directory by their place in it, with two groups that are not built in. */
async function castOf(people: number) {
  const { users, groups } = await gatehouse.directory();
  return {
    people: Object.keys(users)
      .sort()
      .slice(5, 5 + people),
    teams: Object.keys(groups).sort(),
  };
}

/** A day at the other end: everything that an admin of Okta does to people and groups. */
async function changeTheOrg(): Promise<void> {
  const { people: person, groups } = rehearsal.control;
  const { people, teams } = await castOf(6);
  const [renamed = '', suspended = '', deactivated = '', deleted = '', moved = '', back = ''] = people;
  const [team = '', renamedTeam = '', deletedTeam = ''] = teams;
  await person.edit(renamed, { lastName: 'Renamed-Person', email: 'renamed@rehearsal.example' });
  await person.suspend(suspended);
  await person.deactivate(deactivated);
  await person.delete(deleted);
  await person.delete(deleted);
  const isMember = (await groups.members(team)).includes(moved);
  await groups.changeMembers(team, isMember ? { remove: [moved] } : { add: [moved] });
  await groups.edit(renamedTeam, { name: 'Renamed team', description: 'Told by Okta' });
  await groups.delete(deletedTeam);
  const crew = await groups.create({ name: 'Crew' });
  const login = 'nora.new@rehearsal.example';
  const made = await person.create({
    profile: { login, email: login, firstName: 'Nora', lastName: 'New' },
  });
  await groups.changeMembers(crew.id, { add: [made.id, back] });
}

/** Every row of the plan that would write, in full. */
async function planned(runId: number): Promise<ChangeDetail[]> {
  const rows = [
    ...(await gatehouse.changes(runId, 'group')),
    ...(await gatehouse.changes(runId, 'user')),
  ].filter((row) => row.category !== 'failed');
  return Promise.all(rows.map((row) => gatehouse.change(runId, row.key)));
}

/** The directory as the plan's rows say it will be. */
function predict(before: DirectoryState, plan: readonly ChangeDetail[]): DirectoryState {
  const after = structuredClone(before);
  const newNames = new Map<string, string | null>();
  for (const change of plan.filter(({ subject }) => subject === 'group')) {
    const old = before.groups[change.externalId]?.name;
    const values = Object.fromEntries(
      change.attributes.map(({ attribute, after }) => [attribute, after ?? '']),
    );
    if (change.operation === 'delete') delete after.groups[change.externalId];
    else after.groups[change.externalId] = { name: values.name ?? '', description: values.description ?? '' };
    if (old !== undefined) newNames.set(old, change.operation === 'delete' ? null : (values.name ?? ''));
  }
  for (const person of Object.values(after.users)) {
    person.groups = person.groups.flatMap((name) => newNames.get(name) ?? (newNames.has(name) ? [] : [name]));
  }
  for (const change of plan.filter(({ subject }) => subject === 'user')) {
    const person = after.users[change.externalId];
    const values = Object.fromEntries(
      change.attributes.map(({ attribute, after }) => [attribute, after ?? '']),
    );
    const groups = new Set(person?.groups ?? []);
    for (const group of change.groups) {
      if (group.change === 'gained') groups.add(group.name);
      if (group.change === 'lost') groups.delete(group.name);
    }
    after.users[change.externalId] = {
      username: values.username ?? '',
      email: values.email ?? '',
      firstName: values.firstName ?? '',
      lastName: values.lastName ?? '',
      displayName: values.displayName ?? '',
      active: values.active === 'active',
      groups: [...groups],
    };
  }
  for (const person of Object.values(after.users)) person.groups.sort();
  return after;
}

describe('a simulation', () => {
  it('writes nothing to the directory, neither to an empty one nor to a filled one', async () => {
    const empty = gatehouse.dump();

    const first = await gatehouse.run(connectorId, 'simulate');

    expect(first).toMatchObject({ state: 'done', intent: 'simulate' });
    expect(first.counters?.added).toBeGreaterThan(30);
    expect(gatehouse.dump()).toEqual(empty);

    await gatehouse.apply(first.id);
    await changeTheOrg();
    const filled = gatehouse.dump();

    const second = await gatehouse.run(connectorId, 'simulate');

    expect((await planned(second.id)).length).toBeGreaterThan(8);
    expect(gatehouse.dump()).toEqual(filled);
  });
});

describe('applying a reviewed plan', () => {
  it('fills an empty directory with exactly the rows of the plan', async () => {
    const simulation = await gatehouse.run(connectorId, 'simulate');
    const plan = await planned(simulation.id);

    const applied = await gatehouse.apply(simulation.id);

    expect(applied).toMatchObject({ state: 'done', origin: { kind: 'plan', runId: simulation.id } });
    const { counters } = simulation;
    expect(applied.counters).toMatchObject({ ...counters, drifted: 0, held: 0 });
    expect(await gatehouse.directory()).toEqual(predict({ users: {}, groups: {} }, plan));
  });

  it('changes a filled directory by exactly the rows of the plan, and names every reason', async () => {
    await gatehouse.run(connectorId, 'apply');
    await changeTheOrg();
    const before = await gatehouse.directory();
    const simulation = await gatehouse.run(connectorId, 'simulate');
    const plan = await planned(simulation.id);

    const applied = await gatehouse.apply(simulation.id);

    const after = await gatehouse.directory();
    expect(after).toEqual(predict(before, plan));
    expect(after).not.toEqual(before);
    expect(applied.counters).toMatchObject({ ...simulation.counters, drifted: 0 });
    expect(new Set(plan.map(({ reason }) => reason?.code))).toEqual(
      new Set([
        'new-in-source',
        'profile-changed',
        'groups-changed',
        'status-suspended',
        'deactivated-in-source',
        'deleted-in-source',
      ]),
    );
    const rows = [
      ...(await gatehouse.changes(applied.id, 'user')),
      ...(await gatehouse.changes(applied.id, 'group')),
    ];
    expect(
      rows.filter(({ category }) => category !== 'failed').every(({ state }) => state === 'applied'),
    ).toBe(true);
  });

  it('leaves nothing to do: a second sync and a second simulation change no row', async () => {
    await gatehouse.run(connectorId, 'apply');
    const before = gatehouse.dump();
    gatehouse.moveClock(60_000);

    const sync = await gatehouse.run(connectorId, 'apply');
    const simulation = await gatehouse.run(connectorId, 'simulate');

    expect(gatehouse.dump()).toEqual(before);
    for (const run of [sync, simulation]) {
      const step = run.steps.find(({ code }) => code === 'plan-finished');
      expect(step && stepWords(step)).toMatch(/^Nothing to do: the directory is as Okta says\./);
      expect(run.counters).toMatchObject({ added: 0, modified: 0, cleanedUp: 0, membershipsGained: 0 });
      expect(run.counters).toMatchObject({ groupsAdded: 0, groupsModified: 0, groupsCleanedUp: 0 });
    }
  });
});

describe('a plan whose person changed in between', () => {
  /** One row stays, the other four move on as if a single-user run or a person had written them. */
  async function planThatDrifts(): Promise<{
    simulation: Run;
    stays: string;
    drifts: Record<string, string>;
  }> {
    const { people, groups } = rehearsal.control;
    await gatehouse.run(connectorId, 'apply');
    const cast = await castOf(2);
    const [stays = '', changed = ''] = cast.people;
    const [gone = ''] = cast.teams;
    const person = (name: string) => {
      const login = `${name}@rehearsal.example`;
      return { profile: { login, email: login, firstName: name, lastName: 'Drift' } };
    };
    await people.edit(stays, { firstName: 'Stays', displayName: 'Stays Here' });
    await people.edit(changed, { firstName: 'Planned' });
    await groups.edit(gone, { description: 'Planned' });
    const exists = (await people.create(person('exists'))).id;
    const nameHeld = (await people.create(person('contested'))).id;
    const simulation = await gatehouse.run(connectorId, 'simulate');
    gatehouse.write(
      `update DirectoryUser set firstName = 'Meanwhile', revision = revision + 1 where externalId = '${changed}'`,
      `delete from Membership where groupId = (select id from DirectoryGroup where externalId = '${gone}')`,
      `delete from DirectoryGroup where externalId = '${gone}'`,
      insertUser(exists, 'somebody', 1),
      insertUser(null, 'contested@rehearsal.example', null),
    );
    return { simulation, stays, drifts: { changed, gone, exists, nameHeld } };
  }

  function insertUser(externalId: string | null, username: string, connector: number | null): string {
    const text = (value: string | null) => (value === null ? 'null' : `'${value}'`);
    return `insert into DirectoryUser (publicId, directoryId, connectorId, externalId, username, usernameFolded, email,
      firstName, lastName, displayName, active, search, revision, createdAt, updatedAt)
      values (lower(hex(randomblob(11))), 1, ${connector}, ${text(externalId)},
      '${username}', '${username}', '', '', '', '', 1, '${username}', 1, 1, 1)`;
  }

  it('skips exactly that row as drifted, and says so', async () => {
    const { simulation, stays, drifts } = await planThatDrifts();
    const before = await gatehouse.directory();
    const { applicable } = await gatehouse.plan(simulation.id);

    const applied = await gatehouse.apply(simulation.id);

    // That a name is taken shows when it is to be written.
    expect(applicable).toMatchObject({ possible: true, drifting: 3 });
    expect(applied.state).toBe('done');
    expect(applied.counters).toMatchObject({ drifted: 4, added: 0, modified: 1 });
    const step = applied.steps.find(({ code }) => code === 'apply-finished');
    expect(step && stepWords(step)).toBe(
      'Applied 1 change. 4 rows are left out: they changed since the plan was made.',
    );

    const drifted = [
      ...(await gatehouse.changes(applied.id, 'user', 'drifted')),
      ...(await gatehouse.changes(applied.id, 'group', 'drifted')),
    ];
    const details = await Promise.all(drifted.map(({ key }) => gatehouse.change(applied.id, key)));
    const words = Object.fromEntries(details.map((row) => [row.externalId, row.explanation]));
    expect(words).toEqual({
      [drifts.changed ?? '']: expect.stringContaining('changed in the directory after the plan was made'),
      [drifts.gone ?? '']: expect.stringContaining('removed from the directory after the plan was made'),
      [drifts.exists ?? '']: expect.stringContaining('created after the plan was made'),
      [drifts.nameHeld ?? '']: expect.stringContaining('The name was taken after the plan was made'),
    });
    expect(details.every((row) => row.state === 'drifted' && row.explanation.includes('left out'))).toBe(
      true,
    );

    const expected = structuredClone(before);
    Object.assign(expected.users[stays] ?? {}, { firstName: 'Stays', displayName: 'Stays Here' });
    expect(await gatehouse.directory()).toEqual(expected);
  });
});
