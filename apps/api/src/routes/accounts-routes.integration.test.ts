import type { Endpoint } from '@gatehouse/contracts/endpoint';
import { endpoints } from '@gatehouse/contracts/endpoints';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestClient, testAdmin } from '../testing.ts';

let app: TestApp;
let admin: TestClient;
let support: TestClient;

const sam = {
  email: 'sam@example.com',
  name: 'Sam Support',
  role: 'support',
  password: 'lantern oak ferry sixty',
};

beforeAll(async () => {
  app = await startTestApp();
  admin = await app.setUp();
  await make(sam);
  support = await signIn(sam);
});
afterAll(() => app.close());

async function make(body: object): Promise<string> {
  const answer = await admin.send('POST', '/api/accounts', { body });
  if (answer.status !== 201) throw new Error(answer.text);
  return String(answer.json.id);
}

async function signIn({ email, password }: { email: string; password: string }): Promise<TestClient> {
  const client = app.client();
  const answer = await client.send('POST', '/api/session', { body: { email, password } });
  if (answer.status !== 201) throw new Error(answer.text);
  return client;
}

async function ownId(client: TestClient): Promise<string> {
  return ((await client.send('GET', '/api/session')).json.account as { id: string }).id;
}

describe('roles', () => {
  const all = Object.entries<Endpoint>(endpoints).filter(([, endpoint]) => endpoint.role !== 'public');
  const someId = 'A'.repeat(22);
  function pathOf(endpoint: Endpoint): string {
    return endpoint.path.replace(':runId', '1').replaceAll(/:\w+/g, someId);
  }

  it.each(all)('%s needs a session', async (_name, endpoint) => {
    const answer = await app.client().send(endpoint.method, pathOf(endpoint));

    expect(answer.status).toBe(401);
    expect(answer.json.code).toBe('not-signed-in');
  });

  it.each(all.filter(([, endpoint]) => endpoint.role === 'admin'))(
    '%s refuses the role support',
    async (_name, endpoint) => {
      const answer = await support.send(endpoint.method, pathOf(endpoint));

      expect(answer.status).toBe(403);
      expect(answer.json.code).toBe('not-allowed');
    },
  );
});

describe('accounts', () => {
  it('never shows a password or its hash, nor keys of rows', async () => {
    const answer = await admin.send('GET', '/api/accounts');

    const [first] = answer.json.items as object[];
    expect(Object.keys(first ?? {}).sort()).toEqual(
      [
        'createdAt',
        'email',
        'enabled',
        'id',
        'lastSignedInAt',
        'name',
        'passwordSetAt',
        'role',
        'sessions',
      ].sort(),
    );
    expect(answer.text).not.toContain('argon2');
  });

  it.each([
    { search: 'SAM', total: 1 },
    { search: 'example.com', total: 2 },
    { search: '100%', total: 0 },
    { search: '_', total: 0 },
  ])('searches for $search: $total', async ({ search, total }) => {
    const answer = await admin.send('GET', `/api/accounts?search=${encodeURIComponent(search)}`);

    expect(answer.json.total).toBe(total);
  });

  it.each([' SAM@example.com', 'sam@EXAMPLE.com'])('takes %s for the e-mail that is there', async (email) => {
    const answer = await admin.send('POST', '/api/accounts', { body: { ...sam, email } });

    expect(answer.status).toBe(409);
    expect(answer.json).toMatchObject({ code: 'email-taken', field: 'email' });
  });

  it('refuses the e-mail of another account also on a change, and shows script literally', async () => {
    const id = await make({ ...sam, email: 'eve@example.com', name: '<script>alert(1)</script>' });

    const taken = await admin.send('PATCH', `/api/accounts/${id}`, { body: { email: testAdmin.email } });
    const shown = await admin.send('GET', '/api/accounts?search=eve');

    expect(taken.json.code).toBe('email-taken');
    expect(shown.json.items).toMatchObject([{ name: '<script>alert(1)</script>' }]);
    expect((await admin.send('DELETE', `/api/accounts/${id}`)).status).toBe(204);
  });

  it.each([
    { name: 'a new role', change: { role: 'admin' } },
    { name: 'a new password', change: { password: 'velvet harbour comet eight' } },
    { name: 'disabling', change: { enabled: false } },
  ])('$name ends the sessions of the account', async ({ change }) => {
    const someone = { ...sam, email: 'max@example.com' };
    const id = await make(someone);
    const browser = await signIn(someone);

    const changed = await admin.send('PATCH', `/api/accounts/${id}`, { body: change });

    expect(changed.json).toMatchObject({ sessions: 0 });
    expect((await browser.send('GET', '/api/session')).status).toBe(401);
    await admin.send('DELETE', `/api/accounts/${id}`);
  });

  it('a new name leaves the sessions alone', async () => {
    const changed = await admin.send('PATCH', `/api/accounts/${await ownId(support)}`, {
      body: { name: 'Sam S.' },
    });

    expect(changed.json).toMatchObject({ name: 'Sam S.', sessions: 1 });
    expect((await support.send('GET', '/api/session')).status).toBe(200);
  });

  it('lists and ends the sessions of an account, and keeps the own one', async () => {
    const id = await ownId(admin);
    await signIn(testAdmin);

    const listed = await admin.send('GET', `/api/accounts/${id}/sessions`);
    const ended = await admin.send('DELETE', `/api/accounts/${id}/sessions`);

    expect(listed.json.total).toBe(2);
    expect(ended.json).toEqual({ ended: 1 });
    expect((await admin.send('GET', '/api/session')).status).toBe(200);
  });
});

describe('the last administrator', () => {
  it.each([
    { name: 'deleted', method: 'DELETE', body: undefined },
    { name: 'disabled', method: 'PATCH', body: { enabled: false } },
    { name: 'made support', method: 'PATCH', body: { role: 'support' } },
  ])('cannot be $name, and nothing else of the change happens', async ({ method, body }) => {
    const id = await ownId(admin);

    const answer = await admin.send(method, `/api/accounts/${id}`, {
      body: body && { ...body, name: 'Changed' },
    });

    expect(answer.status).toBe(409);
    expect(answer.json.code).toBe('last-admin');
    expect((await admin.send('GET', '/api/session')).json.account).toMatchObject({
      name: testAdmin.name,
      role: 'admin',
    });
  });

  it('stays when two administrators remove each other at the same time', async () => {
    const second = { ...sam, email: 'second@example.com', role: 'admin' };
    const secondId = await make(second);
    const other = await signIn(second);
    const adminId = await ownId(admin);

    const answers = await Promise.all([
      admin.send('PATCH', `/api/accounts/${secondId}`, { body: { role: 'support' } }),
      other.send('PATCH', `/api/accounts/${adminId}`, { body: { role: 'support' } }),
    ]);

    // The second may come when its own session is over already.
    const statuses = answers.map((answer) => answer.status).sort();
    expect(statuses[0]).toBe(200);
    expect([401, 409]).toContain(statuses[1]);
  });
});
