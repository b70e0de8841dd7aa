import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rehearsal, startRehearsal } from '../start-rehearsal.ts';

let rehearsal: Rehearsal;

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 100, groups: 30, rateLimit: 'off' });
});

afterAll(() => rehearsal.close());

function ask(headers: Record<string, string>, method = 'GET', path = '/_rehearsal/stats'): Promise<number> {
  return new Promise((resolve, reject) => {
    request(rehearsal.url + path, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('who may use the control', () => {
  it.each<[string, Record<string, string>, number]>([
    ['a script', {}, 200],
    ['a page of the rehearsal', { origin: 'SELF', 'sec-fetch-site': 'same-origin' }, 200],
    ['a page of another site', { origin: 'https://evil.example' }, 403],
    ['a page of another port of this machine', { origin: 'http://127.0.0.1:1' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['a name that was rebound to this machine', { host: 'evil.example' }, 421],
    ['localhost', { host: 'localhost:8485' }, 200],
  ])('%s', async (_name, headers, status) => {
    const { origin } = headers;

    expect(await ask({ ...headers, ...(origin === 'SELF' ? { origin: rehearsal.url } : {}) })).toBe(status);
  });

  it('refuses a write that a browser sends for another site', async () => {
    expect(await ask({ 'sec-fetch-site': 'cross-site' }, 'DELETE', '/_rehearsal/faults')).toBe(403);
    expect(await ask({ 'sec-fetch-site': 'same-origin' }, 'DELETE', '/_rehearsal/faults')).toBe(200);
  });
});

describe('people', () => {
  it('go through their life', async () => {
    const { people } = rehearsal.control;
    const login = 'life@rehearsal.example';
    const statuses = [
      (await people.create({ profile: { login, email: login }, status: 'STAGED' })).status,
      (await people.activate(login)).status,
      (await people.suspend(login)).status,
      (await people.unsuspend(login)).status,
      (await people.deactivate(login)).status,
      (await people.activate(login)).status,
    ];
    const outcomes = [(await people.delete(login)).outcome, (await people.delete(login)).outcome];

    expect(statuses).toEqual(['STAGED', 'ACTIVE', 'SUSPENDED', 'ACTIVE', 'DEPROVISIONED', 'ACTIVE']);
    expect(outcomes).toEqual(['deactivated', 'erased']);
    await expect(people.get(login)).rejects.toMatchObject({ status: 400 });
  });

  it('are searched and paged', async () => {
    const { people } = rehearsal.control;

    const found = await people.list({ query: 'PEREIRA' });
    const window = await people.list({ offset: 10, limit: 5 });
    const suspended = await people.list({ status: 'SUSPENDED' });

    expect(found.items.map((person) => person.profile.login)).toEqual(['susan.pereira@rehearsal.example']);
    expect(window).toMatchObject({ total: 100, items: { length: 5 } });
    expect(suspended.items.every((person) => person.status === 'SUSPENDED')).toBe(true);
  });

  it.each([
    ['a login that is taken', { login: 'susan.pereira@rehearsal.example' }, /already exists/],
    ['an e-mail without @', { email: 'nobody' }, /email/],
    ['an attribute that is no name', { '__proto__ x': 'y' }, /profile/],
  ])('are not edited with %s', async (_name, profile, message) => {
    const { items } = await rehearsal.control.people.list({ offset: 20, limit: 1 });

    await expect(rehearsal.control.people.edit(items[0]?.id ?? '', profile)).rejects.toMatchObject({
      status: 400,
      errorCode: 'E0000001',
      message: expect.stringMatching(message),
    });
  });
});

describe('groups', () => {
  it('are made, renamed, filled, emptied and deleted', async () => {
    const { groups, people } = rehearsal.control;
    const made = await groups.create({ name: 'Made here' });
    const renamed = await groups.edit(made.id, { name: 'Renamed here' });
    const moved = [
      await groups.changeMembers(made.id, { add: ['susan.pereira@rehearsal.example'] }),
      await groups.changeMembers(made.id, { add: ['susan.pereira@rehearsal.example'] }),
    ];
    const members = await groups.members(made.id);
    const listed = await groups.list({ query: 'renamed HERE' });
    const hers = await people.groups('susan.pereira@rehearsal.example');
    await groups.changeMembers(made.id, { remove: members });
    const empty = await groups.get(made.id);
    await groups.delete(made.id);

    expect(renamed.profile.name).toBe('Renamed here');
    expect(moved).toEqual([{ moved: 1 }, { moved: 0 }]);
    expect(listed.items).toMatchObject([{ id: made.id, memberCount: 1 }]);
    expect(hers.map((group) => group.id)).toContain(made.id);
    expect(empty.memberCount).toBe(0);
    await expect(groups.get(made.id)).rejects.toMatchObject({ status: 404 });
  });

  it('do not take somebody who is not there', async () => {
    const { items } = await rehearsal.control.groups.list({ offset: 1, limit: 1 });

    await expect(
      rehearsal.control.groups.changeMembers(items[0]?.id ?? '', { add: ['nobody'] }),
    ).rejects.toMatchObject({ status: 400, message: expect.stringContaining('nobody') });
  });
});

describe('bad bodies', () => {
  it.each([
    ['no JSON', '{', 400, 'E0000003'],
    ['a missing name', '{}', 400, 'E0000001'],
    ['a surprise', '{"name":"x","admin":true}', 400, 'E0000001'],
    ['an owner who is none', '{"name":"x","owner":"root"}', 400, 'E0000001'],
  ])('are refused: %s', async (_name, body, status, errorCode) => {
    const response = await fetch(`${rehearsal.url}/_rehearsal/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });

    expect([response.status, ((await response.json()) as { errorCode: string }).errorCode]).toEqual([
      status,
      errorCode,
    ]);
  });

  it('an unknown door is a 404', async () => {
    expect((await fetch(`${rehearsal.url}/_rehearsal/unknown`)).status).toBe(404);
  });
});

describe('calls', () => {
  it('notes the Management API only, newest last, until reset', async () => {
    const { value } = await rehearsal.control.tokens.create({ name: 'calls' });
    await rehearsal.control.calls.reset();
    for (const path of ['users?limit=1', 'groups?limit=1', 'users/me']) {
      await fetch(`${rehearsal.url}/api/v1/${path}`, { headers: { authorization: `SSWS ${value}` } });
    }
    const { count, items } = await rehearsal.control.calls.list();
    await rehearsal.control.calls.reset();

    expect(count).toBe(3);
    expect(items.map((call) => [call.bucket, call.status])).toEqual([
      ['/api/v1/users', 200],
      ['/api/v1/groups', 200],
      ['/api/v1/users/{id}', 200],
    ]);
    expect((await rehearsal.control.calls.list()).count).toBe(0);
  });
});
