import type { FaultInput } from '@gatehouse/rehearsal/faults/fault-input';
import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bySystem } from '../stores/audit/audit-entry.ts';
import { PersonBench } from './fixtures/person-bench.ts';

let rehearsal: Rehearsal;
let token: { id: string; value: string };
let bench: PersonBench;
let count = 0;

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 450, groups: 40, rateLimit: 'off' });
});
afterAll(() => rehearsal.close());

beforeEach(async () => {
  await rehearsal.control.faults.clearAll();
  token = await rehearsal.control.tokens.create({ name: 'sync', owner: 'read-only-admin' });
  bench = await PersonBench.open(rehearsal.url, token.value);
  await rehearsal.control.calls.reset();
});
afterEach(() => bench.close());

/** Somebody new in Okta, with groups of their own. */
async function newPerson(groups = 0) {
  count += 1;
  const name = `person-${count}`;
  const person = await rehearsal.control.people.create({
    profile: {
      login: `${name}@acme.example`,
      email: `${name}@mail.example`,
      firstName: 'Ada',
      lastName: 'Byron',
    },
  });
  const made = [];
  for (let index = 0; index < groups; index += 1) {
    const group = await rehearsal.control.groups.create({ name: `Team ${count}-${index}` });
    await rehearsal.control.groups.changeMembers(group.id, { add: [person.id] });
    made.push(group);
  }
  return { id: person.id, login: `${name}@acme.example`, name, groups: made };
}

function calls() {
  return rehearsal.control.calls.list();
}

describe('a single-user run from Okta', () => {
  it('creates somebody new with their groups, in two calls', async () => {
    const { id, login, groups } = await newPerson(2);
    const [first, second] = groups;
    await rehearsal.control.calls.reset();

    const outcome = await bench.refresh(id);

    expect(outcome).toMatchObject({
      outcome: 'done',
      code: null,
      person: {
        username: login,
        active: true,
        externalId: id,
        groups: [first?.profile.name, second?.profile.name],
      },
      update: {
        made: true,
        by: 'usersync',
        operation: 'create',
        groupsAdded: [first?.profile.name, second?.profile.name],
        groupsRemoved: [],
      },
    });
    expect(outcome.outcome === 'done' && outcome.update.changes).toContainEqual({
      attribute: 'lastName',
      before: null,
      after: 'Byron',
    });
    expect(bench.events().slice(-2)).toEqual([`CREATED user ${login}`, `UPDATED membership ${login}`]);
    expect((await calls()).count).toBe(2);
    expect(bench.published).toEqual(['directory', 'overview']);
  });

  it('says the same of a plan, and writes nothing', async () => {
    const { id } = await newPerson(1);
    const before = bench.directory();

    const planned = await bench.plan(id);

    expect(planned).toMatchObject({
      outcome: 'done',
      person: null,
      update: { made: false, operation: 'create' },
    });
    expect(bench.directory()).toEqual(before);
    expect([bench.events(), bench.published]).toEqual([[], []]);
    const done = await bench.refresh(id);
    expect(done).toMatchObject({ update: { ...(planned.outcome === 'done' && planned.update), made: true } });
  });

  it('writes nothing and tells nobody the second time', async () => {
    const { id } = await newPerson(1);
    await bench.refresh(id);
    const before = [bench.directory(), bench.events(), [...bench.published]];

    expect(await bench.refresh(id)).toMatchObject({
      outcome: 'done',
      update: { made: true, operation: 'none', changes: [], groupsAdded: [], groupsRemoved: [] },
    });
    expect([bench.directory(), bench.events(), bench.published]).toEqual(before);
  });

  it('finds a person’s new name, groups that they joined and left, and a new group', async () => {
    const { id, groups, name } = await newPerson(2);
    const [left, stays] = groups;
    await bench.refresh(id);
    const { control } = rehearsal;
    await control.people.edit(id, { login: `${name}-lovelace@acme.example`, lastName: 'Lovelace' });
    await control.groups.changeMembers(left?.id ?? '', { remove: [id] });
    const joined = await control.groups.create({ name: `New of ${name}` });
    await control.groups.changeMembers(joined.id, { add: [id] });
    await control.groups.edit(stays?.id ?? '', { name: `Renamed ${name}` });

    const outcome = await bench.refresh(id);

    expect(outcome).toMatchObject({
      outcome: 'done',
      person: { username: `${name}-lovelace@acme.example`, revision: 2 },
      update: {
        operation: 'update',
        changes: [
          { attribute: 'username', after: `${name}-lovelace@acme.example` },
          { attribute: 'lastName', before: 'Byron', after: 'Lovelace' },
          { attribute: 'displayName', after: 'Ada Lovelace' },
        ],
        groupsAdded: [`New of ${name}`],
        groupsRemoved: [left?.profile.name],
      },
    });
    // A group's own name is a full run's business.
    expect(outcome.outcome === 'done' && [...(outcome.person?.groups ?? [])].sort()).toEqual(
      [stays?.profile.name, `New of ${name}`].sort(),
    );
  });

  it.each<[string, (id: string) => Promise<unknown>, string, boolean]>([
    ['suspended', (id) => rehearsal.control.people.suspend(id), 'status-suspended', false],
    ['deactivated', (id) => rehearsal.control.people.deactivate(id), 'status-deprovisioned', false],
    [
      'deleted',
      async (id) => {
        await rehearsal.control.people.delete(id);
        await rehearsal.control.people.delete(id);
      },
      'person-not-in-source',
      true,
    ],
  ])('says that somebody is gone who was %s', async (_name, end, code, isActive) => {
    const { id } = await newPerson(1);
    await bench.refresh(id);
    await end(id);

    const planned = await bench.plan(id);
    expect(planned).toMatchObject({ outcome: 'gone', code, person: { externalId: id, active: true } });
    const outcome = await bench.refresh(id);

    expect(outcome).toMatchObject({ outcome: 'gone', code, person: { externalId: id, active: isActive } });
    expect(outcome.outcome === 'gone' && outcome.reason).toMatch(/Okta/);
    expect(await bench.refresh(id)).toMatchObject({ outcome: 'gone', code });
  });

  it('enables somebody who is active again', async () => {
    const { id } = await newPerson();
    await bench.refresh(id);
    await rehearsal.control.people.suspend(id);
    await bench.refresh(id);
    await rehearsal.control.people.unsuspend(id);

    expect(await bench.refresh(id)).toMatchObject({
      outcome: 'done',
      person: { active: true },
      update: { operation: 'enable', changes: [] },
    });
  });

  it.each<[string, (id: string) => Promise<unknown>, string, string]>([
    ['who is suspended', (id) => rehearsal.control.people.suspend(id), 'filtered', 'not-created-inactive'],
    [
      'whose name a local user has',
      async (id) => {
        const { profile } = await rehearsal.control.people.get(id);
        const attributes = {
          username: profile.login.toUpperCase(),
          email: '',
          firstName: '',
          lastName: '',
          displayName: '',
        };
        const directoryId = bench.connector.directoryId;
        await bench.people.write({ directoryId, person: null, attributes, issuer: 'x', subject: 'y' });
      },
      'failed',
      'name-taken',
    ],
  ])('does not create somebody %s', async (_name, change, outcome, code) => {
    const { id } = await newPerson(1);
    await change(id);
    const before = bench.directory();

    expect(await bench.refresh(id)).toMatchObject({ outcome, code });
    expect(bench.directory()).toEqual(before);
  });

  it('answers for an id that Okta does not know, and asks for none that cannot be one', async () => {
    expect(await bench.refresh('00uNobodyAtAll000000')).toMatchObject({
      outcome: 'gone',
      person: null,
      code: 'person-not-in-source',
    });
    await rehearsal.control.calls.reset();
    expect(await bench.refresh('../groups')).toMatchObject({ outcome: 'gone', person: null });
    expect((await calls()).count).toBe(0);
  });
});

describe('twenty refreshes of one person at once', () => {
  it('read once and write once', async () => {
    const { id } = await newPerson(1);
    await rehearsal.control.calls.reset();

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => bench.refresh(id)));

    expect((await calls()).count).toBe(2);
    const operations = outcomes.map((outcome) =>
      outcome.outcome === 'done' ? outcome.update.operation : null,
    );
    expect(operations.filter((operation) => operation === 'create')).toHaveLength(1);
    expect(operations.filter((operation) => operation === 'none')).toHaveLength(19);
    expect(new Set(outcomes.map((outcome) => 'person' in outcome && outcome.person?.revision))).toEqual(
      new Set([1]),
    );
  });
});

describe('a single-user run that cannot be', () => {
  it.each<[string, FaultInput, string]>([
    ['a rate limit that stays', { kind: 'rate-limit-storm', seconds: 60 }, 'rate-limited'],
    ['a refused token', { kind: 'expired-token' }, 'token-invalid'],
    ['a web page', { kind: 'html' }, 'not-the-source'],
    ['a token that does not see the person', { kind: 'narrowed-owner', share: 0 }, 'token-forbidden'],
  ])('is unavailable: %s', async (_name, fault, code) => {
    const { id } = await newPerson(1);
    await bench.refresh(id);
    await rehearsal.control.people.suspend(id);
    const before = bench.directory();
    await rehearsal.control.faults.set(fault);

    const outcome = await bench.refresh(id);

    expect(outcome).toMatchObject({ outcome: 'unavailable', code });
    expect(outcome.outcome === 'unavailable' && outcome.reason.length).toBeGreaterThan(20);
    expect(bench.directory()).toEqual(before);
    await rehearsal.control.faults.clearAll();
    // Who was told to wait does not ask before that.
    const after = code === 'rate-limited' ? code : 'status-suspended';
    expect(await bench.refresh(id)).toMatchObject({ code: after });
  });

  it('waits out a short rate limit', async () => {
    const { id } = await newPerson();
    await rehearsal.control.faults.set({ kind: 'rate-limit-storm', calls: 2, resetSeconds: 1 });

    expect(await bench.refresh(id)).toMatchObject({ outcome: 'done', update: { operation: 'create' } });
  });

  it('ends when the caller’s time is over', async () => {
    const { id } = await newPerson();
    await rehearsal.control.faults.set({ kind: 'slow', milliseconds: 1_400 });
    const startedAt = performance.now();

    const outcome = await bench.refresh(id, AbortSignal.timeout(100));

    expect(outcome).toMatchObject({ outcome: 'unavailable', code: 'host-timed-out' });
    expect(performance.now() - startedAt).toBeLessThan(1_200);
    expect(bench.directory().users).toEqual([]);
  });

  it('is unavailable when the token was revoked', async () => {
    const { id } = await newPerson();
    await bench.refresh(id);
    await rehearsal.control.tokens.revoke(token.id);

    expect(await bench.refresh(id)).toMatchObject({ outcome: 'unavailable', code: 'token-invalid' });
    expect(bench.logs).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['was removed', () => bench.connectors.remove(bench.connector, bySystem), 'connector-removed'],
    [
      'failed its last test',
      () =>
        bench.database.write((db) => [
          db.connector.update({ where: { id: bench.connector.id }, data: { connection: 'not-connected' } }),
        ]),
      'connector-not-connected',
    ],
    ['has no token', () => bench.database.write((db) => [db.secret.deleteMany()]), 'token-missing'],
  ])('is unavailable without a call when the connector %s', async (_name, change, code) => {
    const { id } = await newPerson();
    await change();
    await rehearsal.control.calls.reset();

    expect(await bench.refresh(id)).toMatchObject({ outcome: 'unavailable', code });
    expect((await calls()).count).toBe(0);
  });

  it('is unavailable and logged when something of ours breaks', async () => {
    const { id } = await newPerson();
    await bench.database.write((db) => [
      db.$executeRawUnsafe(
        `create trigger Full before insert on DirectoryUser begin select raise(abort, 'disk full'); end`,
      ),
    ]);

    expect(await bench.refresh(id)).toMatchObject({ outcome: 'unavailable', code: 'unexpected' });
    expect(bench.logs.join()).toContain('disk full');
  });
});
