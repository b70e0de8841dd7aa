import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PersonBench } from './fixtures/person-bench.ts';

let rehearsal: Rehearsal;
let token: { value: string };
let bench: PersonBench;
let count = 0;

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 450, groups: 40, rateLimit: 'off' });
  token = await rehearsal.control.tokens.create({ name: 'sync', owner: 'read-only-admin' });
});
afterAll(() => rehearsal.close());

beforeEach(async () => {
  bench = await PersonBench.open(rehearsal.url, token.value);
});
afterEach(() => bench.close());

/** Somebody new in Okta, in a group of their own. */
async function newPerson() {
  count += 1;
  const login = `person-${count}@acme.example`;
  const profile = { login, email: login, firstName: 'Ada', lastName: 'Byron' };
  const person = await rehearsal.control.people.create({ profile });
  const group = await rehearsal.control.groups.create({ name: `Team ${count}` });
  await rehearsal.control.groups.changeMembers(group.id, { add: [person.id] });
  return { id: person.id, group: group.profile.name };
}

describe('a single-user run beside a full run', () => {
  it('is not undone by a plan that was made before, and nothing is lost', async () => {
    const [ada, bo] = [await newPerson(), await newPerson()];
    await bench.fullRun('apply');
    for (const { id } of [ada, bo]) await rehearsal.control.people.edit(id, { lastName: 'Planned' });

    const outcome = await bench.fullRun('apply', async () => {
      await rehearsal.control.people.edit(ada.id, { lastName: 'Newest' });
      expect(await bench.refresh(ada.id)).toMatchObject({ update: { operation: 'update' } });
    });

    expect(outcome).toMatchObject({ state: 'done', counters: { modified: 1, drifted: 1 } });
    expect(await bench.people.findSynced(bench.connector.id, ada.id)).toMatchObject({
      lastName: 'Newest',
      revision: 2,
    });
    expect(await bench.people.findSynced(bench.connector.id, bo.id)).toMatchObject({
      lastName: 'Planned',
      revision: 2,
    });
    expect(await bench.fullRun('apply')).toMatchObject({ counters: { modified: 0, drifted: 0 } });
  });

  it('creates people that the run is about to create: each is there once', async () => {
    const { id, group } = await newPerson();

    const outcome = await bench.fullRun('apply', async () => {
      await bench.refresh(id);
    });

    // The person and the group that came with them.
    expect(outcome).toMatchObject({ state: 'done', counters: { drifted: 2 } });
    expect(await bench.people.findSynced(bench.connector.id, id)).toMatchObject({
      revision: 1,
      groups: [group],
    });
    expect(await bench.fullRun('simulate')).toMatchObject({
      counters: { added: 0, modified: 0, membershipsGained: 0, membershipsLost: 0, groupsAdded: 0 },
    });
  });

  it('leaves the directory as Okta has it when both go on at once', async () => {
    const people = (await rehearsal.control.people.list({ status: 'ACTIVE', limit: 60 })).items;
    let isDone = false;

    const running = bench.fullRun('apply').finally(() => {
      isDone = true;
    });
    const outcomes: string[] = [];
    for (const { id } of people) {
      if (isDone) break;
      outcomes.push((await bench.refresh(id)).outcome);
    }
    const run = await running;

    expect(run.state).toBe('done');
    expect(outcomes.length).toBeGreaterThan(3);
    expect(new Set(outcomes)).not.toContain('unavailable');
    // What drifted is caught up by the next run.
    await bench.fullRun('apply');
    expect(await bench.fullRun('simulate')).toMatchObject({
      counters: {
        added: 0,
        modified: 0,
        cleanedUp: 0,
        groupsAdded: 0,
        membershipsGained: 0,
        membershipsLost: 0,
      },
    });
    const [doubled = 0] = bench.database.sql.column<number>(
      'select count(*) - count(distinct externalId) from DirectoryUser',
    );
    expect(doubled).toBe(0);
  });
});
