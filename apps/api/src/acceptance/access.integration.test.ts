import type { Endpoint } from '@gatehouse/contracts/endpoint';
import { endpoints } from '@gatehouse/contracts/endpoints';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestAnswer, type TestApp, type TestClient } from '../testing.ts';

let app: TestApp;
let admin: TestClient;
let support: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  admin = await app.setUp();
  const account = { email: 'sam@example.com', password: 'walnut glacier sixty five' };
  const body = { ...account, name: 'Sam Support', role: 'support' };
  expect((await admin.send('POST', '/api/accounts', { body })).status).toBe(201);
  support = app.client();
  expect((await support.send('POST', '/api/session', { body: account })).status).toBe(201);
});

afterAll(() => app.close());

const all = Object.entries(endpoints).map(([name, endpoint]) => [name, endpoint as Endpoint] as const);

/** A path of the endpoint that fits its parameters and names nothing that is there. */
function pathOf({ path }: Endpoint): string {
  const values: Record<string, string> = { runId: '987654', key: 'c1', facet: 'reason' };
  const filled = path.replaceAll(/:(\w+)/g, (_match, name: string) => values[name] ?? 'A'.repeat(22));
  return path.endsWith('/export') ? `${filled}?format=json` : filled;
}

function call(client: TestClient, endpoint: Endpoint, headers = {}): Promise<TestAnswer> {
  const hasBody = endpoint.method !== 'GET' && endpoint.body !== undefined;
  return client.send(endpoint.method, pathOf(endpoint), { headers, ...(hasBody ? { body: {} } : {}) });
}

describe('without a session', () => {
  it('exactly these endpoints are public', () => {
    const open = all.filter(([, { role }]) => role === 'public').map(([name]) => name);

    expect(open).toEqual([
      'getHealth',
      'getReadiness',
      'getServer',
      'getOpenApi',
      'getApiDocs',
      'setUp',
      'signIn',
    ]);
  });

  it.each(all.filter(([, { role }]) => role !== 'public'))('%s answers 401', async (_name, endpoint) => {
    const answer = await call(app.client(), endpoint);

    expect([answer.status, answer.json.code]).toEqual([401, 'not-signed-in']);
  });

  it.each(all.filter(([, { role }]) => role !== 'public'))(
    '%s answers 401 to a made-up cookie',
    async (_name, endpoint) => {
      const client = app.client();
      client.cookie = `${admin.cookie.split('=')[0]}=${'A'.repeat(43)}`;

      expect((await call(client, endpoint)).status).toBe(401);
    },
  );
});

describe('the role support', () => {
  it.each(all.filter(([, { role }]) => role === 'admin'))('%s answers 403', async (_name, endpoint) => {
    const answer = await call(support, endpoint);

    expect([answer.status, answer.json.code]).toEqual([403, 'not-allowed']);
  });

  it('reads what is not for administrators only', async () => {
    const reads = all.filter(
      ([name, { role, method }]) => role === 'support' && method === 'GET' && name !== 'streamEvents',
    );
    for (const [name, endpoint] of reads) {
      expect([200, 404], name).toContain((await call(support, endpoint)).status);
    }
  });

  it('is given no write but to its own session and password, and tests of a login', () => {
    const writes = all.filter(([, { role, method }]) => role === 'support' && method !== 'GET');

    expect(writes.map(([name]) => name)).toEqual([
      'signOut',
      'changePassword',
      'endSession',
      'endOtherSessions',
      'createTracker',
    ]);
  });
});

describe('a page of another site', () => {
  it.each(all.filter(([, { method }]) => method !== 'GET'))('cannot call %s', async (_name, endpoint) => {
    for (const headers of [{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const answer = await call(admin, endpoint, headers);

      expect([answer.status, answer.json.code]).toEqual([403, 'foreign-origin']);
    }
  });
});

it('nothing of all that changed anything', async () => {
  const accounts = (await admin.send('GET', '/api/accounts')).json as { total: number };
  const audit = (await admin.send('GET', '/api/audit')).json as { items: { action: string }[] };

  expect(accounts.total).toBe(2);
  expect(
    audit.items.map(({ action }) => action).filter((action) => !/set-up|signed-in|created/.test(action)),
  ).toEqual([]);
});
