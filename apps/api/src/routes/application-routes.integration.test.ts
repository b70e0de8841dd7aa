import type { Application } from '@gatehouse/contracts/application';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestClient } from '../testing.ts';

let app: TestApp;
let admin: TestClient;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.setUp();
});
afterAll(() => app.close());

async function add(body: object): Promise<{ status: number; json: Record<string, unknown> }> {
  return admin.send('POST', '/api/applications', { body });
}

async function made(name: string, rest: object = {}): Promise<Application> {
  const baseUrl = `https://${name.toLowerCase()}.acme.example/`;
  const answer = await add({ name, kind: 'jira', baseUrl, ...rest });
  expect(answer.status).toBe(201);
  return answer.json as unknown as Application;
}

describe('adding', () => {
  it('cleans the base URL and answers everything that the screens show', async () => {
    expect(await made('Tickets', { jsm: true, baseUrl: 'Tools.acme.example/jira/' })).toMatchObject({
      slug: 'tickets',
      name: 'Tickets',
      kind: 'jira',
      baseUrl: 'https://tools.acme.example/jira',
      jsm: true,
      version: 1,
      redirection: { enabled: false, portal: false, idpId: null },
      idp: null,
      lock: 'no-idp',
      loginUrl: 'http://localhost:8484/sso/tickets/login',
      noSsoUrls: [
        { label: 'Jira', url: 'https://tools.acme.example/jira/login.jsp?nosso' },
        {
          label: 'Jira Service Management portal',
          url: 'https://tools.acme.example/jira/servicedesk/customer/user/login?nosso',
        },
      ],
      changedBy: 'Ann Admin',
    });
  });

  it.each([
    ['http://jira.acme.example', 'https:// address'],
    ['https://me:pw@jira.acme.example', 'user name'],
    ['http://localhost:8484', 'Gatehouse itself'],
    ['javascript:alert(1)', 'not an address'],
  ])('refuses %s', async (baseUrl, says) => {
    const answer = await add({ name: 'Refused', kind: 'jira', baseUrl });

    expect(answer).toMatchObject({
      status: 422,
      json: { code: 'base-url-refused', field: 'baseUrl', detail: expect.stringContaining(says) },
    });
  });

  it('refuses a name that is taken', async () => {
    await made('Taken');

    const answer = await add({ name: ' TAKEN ', kind: 'bamboo', baseUrl: 'https://ci.acme.example' });

    expect(answer).toMatchObject({ status: 409, json: { code: 'name-taken', field: 'name' } });
  });

  it('knows the portal in Jira only', async () => {
    expect(await made('Wiki', { kind: 'confluence', jsm: true })).toMatchObject({ jsm: false });
  });
});

describe('saving', () => {
  it('is for the version that the form was loaded with', async () => {
    const { id } = await made('Saved');
    const body = { name: 'Saved', kind: 'jira', baseUrl: 'https://new.acme.example', expectedVersion: 1 };
    const path = `/api/applications/${id}`;

    const first = await admin.send('PUT', path, { body });
    const second = await admin.send('PUT', path, { body: { ...body, kind: 'bamboo' } });

    expect(first).toMatchObject({ status: 200, json: { version: 2, slug: 'saved' } });
    expect(second).toMatchObject({ status: 409, json: { code: 'version-conflict', facts: { version: 2 } } });
  });
});

describe('redirection', () => {
  it.each([
    ['without any IdP', { enabled: true, portal: false, idpId: null }, 409, 'redirection-locked'],
    [
      'to an IdP that is not there',
      { enabled: true, portal: false, idpId: 'x'.repeat(22) },
      404,
      'not-found',
    ],
    ['of a portal that is not there', { enabled: false, portal: true, idpId: null }, 422, 'invalid-field'],
  ])('is not switched on %s', async (_why, body, status, code) => {
    const { id } = await made(`Locked ${status}`, { baseUrl: 'https://locked.acme.example' });

    const answer = await admin.send('PUT', `/api/applications/${id}/redirection`, { body });

    expect(answer).toMatchObject({ status, json: { code } });
  });

  it('can always be switched off', async () => {
    const { id } = await made('Off');
    const body = { enabled: false, portal: false, idpId: null };

    expect((await admin.send('PUT', `/api/applications/${id}/redirection`, { body })).status).toBe(200);
  });

  it('comes with what the proxies need', async () => {
    const { id } = await made('Snippets');

    const { snippets } = (await admin.send('GET', `/api/applications/${id}/snippets`)).json as {
      snippets: { target: string; text: string }[];
    };

    expect(snippets.map(({ target }) => target)).toEqual(['nginx', 'apache', 'caddy', 'seraph']);
    for (const { text } of snippets) expect(text).toContain('http://localhost:8484/sso/snippets/login');
  });
});

describe('removing', () => {
  it('asks for the name, and is told in the audit', async () => {
    const { id } = await made('Gone');
    const path = `/api/applications/${id}`;

    const wrong = await admin.send('DELETE', path, { body: { confirmName: 'gone' } });
    const right = await admin.send('DELETE', path, { body: { confirmName: 'Gone' } });
    const { items } = (await admin.send('GET', '/api/audit?action=application.removed')).json as {
      items: { subject: { name: string } }[];
    };

    expect(wrong).toMatchObject({ status: 422, json: { code: 'confirmation-wrong' } });
    expect(right.status).toBe(204);
    expect((await admin.send('GET', path)).status).toBe(404);
    expect((await admin.send('GET', '/sso/gone/login')).status).toBe(404);
    expect(items.map(({ subject }) => subject.name)).toEqual(['Gone']);
  });
});
