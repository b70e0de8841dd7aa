import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  defaultIdpSettings,
  type Idp,
  type IdpSettings,
  type MetadataImport,
} from '@gatehouse/contracts/idp';
import { testDocument, testKey } from '@gatehouse/login/import/testing';
import express from 'express';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { errorHandler } from '../http/errors.ts';
import type { Route } from '../http/route.ts';
import { idpParts } from '../idp-parts.ts';
import { createLogger } from '../logging/logger.ts';
import { originFor } from '../outbound/allow-list.ts';
import { createOutboundFetch, type GuardedFetch } from '../outbound/outbound-fetch.ts';
import { hashSessionToken } from '../staff/staff-session.ts';
import { bySystem } from '../stores/audit/audit-entry.ts';
import { AuditStore } from '../stores/audit/store.ts';
import { ConnectorStore } from '../stores/connectors/store.ts';
import { createTestSecretStore } from '../stores/secrets/testing.ts';
import { openTestDatabase, type TestDatabase } from '../stores/testing.ts';

type Answer = { status: number; json: Record<string, unknown>; text: string };
type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const secret = 'canary-client-secret-0123456789';
const publicUrl = 'https://gatehouse.example';

/** The provider: a server on loopback whose paths a test replaces. */
let provider: ReturnType<typeof createServer>;
let origin: string;
let paths: Record<string, Handler>;
let posts: string[];

let database: TestDatabase;
let outbound: GuardedFetch;
let parts: ReturnType<typeof idpParts>;
let connectors: ConnectorStore;
let server: ReturnType<ReturnType<typeof express>['listen']>;
const published: string[] = [];
const summaries: number[] = [];

beforeAll(async () => {
  provider = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', origin);
    const body = await text(request);
    if (request.method === 'POST') posts.push(`${request.headers.authorization ?? ''} ${body}`);
    const handler = paths[pathname];
    if (handler === undefined) json(response, { errorCode: 'E0000007' }, 404);
    else handler(request, response, body);
  }).listen(0, '127.0.0.1');
  await once(provider, 'listening');
  origin = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
});
afterAll(() => provider.close());

beforeEach(async () => {
  paths = goodPaths();
  posts = [];
  published.length = 0;
  summaries.length = 0;
  database = await openTestDatabase({ now: Date.now });
  const secrets = createTestSecretStore(database);
  connectors = new ConnectorStore(database, secrets);
  outbound = createOutboundFetch({ allow: [origin], userAgent: 'Gatehouse/test', resolve: resolveNothing });
  parts = idpParts({
    database,
    secrets,
    publicUrl,
    fetch: outbound.fetch,
    originOf: (domain) => originFor(domain, [origin]),
    outboundAllow: [origin],
    live: { publish: (topic) => void published.push(topic) },
    logger: createLogger({ logLevel: 'silent' }),
    now: Date.now,
    summariesOf: (idpId) => {
      summaries.push(idpId);
      return { last: null, lastFailure: null };
    },
    applicationsOf: () => [{ id: 'a'.repeat(22), name: 'Jira', redirecting: true }],
  });
  server = serve(parts.routes);
  await once(server, 'listening');
});
afterEach(async () => {
  server.close();
  await parts.stop();
  await outbound.close();
  await database.remove();
});

/** No packet of a test leaves this machine: the provider is called by its address. */
async function resolveNothing(): Promise<never> {
  throw Object.assign(new Error('no names in tests'), { code: 'ENOTFOUND' });
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function goodPaths(): Record<string, Handler> {
  return {
    '/.well-known/openid-configuration': (_request, response) => json(response, testDocument(origin)),
    '/oauth2/v1/keys': (_request, response) => json(response, { keys: [testKey] }),
    '/oauth2/v1/token': (_request, response) => json(response, { error: 'invalid_grant' }, 400),
    '/oauth2/v1/authorize': (request, response) => {
      const callback = new URL(request.url ?? '', origin).searchParams.get('redirect_uri') ?? '';
      response.writeHead(302, { location: `${callback}?error=login_required` }).end();
    },
  };
}

/** The routes alone, with a session that the request names. */
function serve(routes: Readonly<Record<string, Route>>) {
  const app = express();
  app.use(express.json(), (request, _response, next) => {
    request.id = 'request-1';
    request.log = createLogger({ logLevel: 'silent' });
    next();
  });
  const role = hashSessionToken('admin');
  const frame = {
    sessions: {
      find: async (hash: string) =>
        hash === role ? { account: { id: 's'.repeat(22), name: 'Ann Admin', role: 'admin' } } : null,
    },
    sessionCookie: { read: (request: express.Request) => request.get('x-role') ?? null },
  } as unknown as Parameters<Route['serve']>[0]['frame'];
  for (const route of Object.values(routes)) {
    const verb = route.endpoint.method.toLowerCase() as 'get';
    app[verb](route.endpoint.path, (request, response) => route.serve({ request, response, frame }));
  }
  app.use(errorHandler());
  return app.listen(0, '127.0.0.1');
}

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/api/idps${path}`, {
    method,
    headers: { 'x-role': 'admin', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const content = await response.text();
  return { status: response.status, text: content, json: content === '' ? {} : JSON.parse(content) };
}

async function begin(): Promise<Idp> {
  const answer = await call('POST', '', {});
  expect(answer.status).toBe(201);
  return answer.json as unknown as Idp;
}

async function read(id: string): Promise<Idp> {
  return (await call('GET', `/${id}`)).json as unknown as Idp;
}

type Change = {
  name?: string;
  settings?: Partial<IdpSettings>;
  clientSecret?: string;
  expectedVersion?: number;
  expectedName?: string;
};

async function change(idp: Idp, sent: Change): Promise<Answer> {
  const now = await read(idp.id);
  const { name = now.name, settings = {}, expectedVersion = now.settingsVersion, ...rest } = sent;
  return await call('PUT', `/${idp.id}`, {
    expectedVersion,
    name,
    settings: { ...now.settings, ...settings },
    ...rest,
  });
}

async function changed(idp: Idp, sent: Change): Promise<Idp> {
  const answer = await change(idp, sent);
  expect([answer.status, answer.json.detail]).toEqual([200, undefined]);
  return answer.json as unknown as Idp;
}

async function runImport(idp: Idp): Promise<MetadataImport> {
  const answer = await call('POST', `/${idp.id}/import?wait=true`);
  expect(answer.status).toBe(202);
  return answer.json as unknown as MetadataImport;
}

function host(): string {
  return new URL(origin).host;
}

/** A draft with credentials of the provider on loopback. */
async function credentials(name = 'Acme Okta'): Promise<Idp> {
  return await changed(await begin(), {
    name,
    settings: { domain: origin, clientId: '0oa1' },
    clientSecret: secret,
  });
}

async function createConnector(domain = host()) {
  const created = await connectors.create(
    {
      kind: 'okta',
      name: 'Acme',
      settings: { domain, schedule: { enabled: false, value: null } },
      directoryId: null,
      apiToken: null,
      nextRunAt: null,
    },
    bySystem,
  );
  if (typeof created === 'string') throw new Error(created);
  return created;
}

async function finished(name?: string): Promise<Idp> {
  await createConnector();
  const draft = await credentials(name);
  expect((await runImport(draft)).state).toBe('passed');
  const { settingsVersion } = await read(draft.id);
  const answer = await call('POST', `/${draft.id}/finish`, { expectedVersion: settingsVersion });
  expect([answer.status, answer.json.detail]).toEqual([200, undefined]);
  return answer.json as unknown as Idp;
}

function code(answer: Answer): string {
  return `${answer.status} ${answer.json.code}`;
}

describe('the wizard', () => {
  it('walks from an empty draft to a finished IdP', async () => {
    const connector = await createConnector();
    const draft = await begin();
    expect(draft).toMatchObject({
      state: 'draft',
      name: '',
      settings: defaultIdpSettings,
      callbackUrl: `${publicUrl}/sso/callback/${draft.id}`,
      issuer: null,
      wizard: { step: 'provider', ticks: [] },
      notices: [],
    });

    await changed(draft, { name: 'Acme Okta' });
    const ticks = ['create-app'];
    expect((await call('PUT', `/${draft.id}/wizard`, { step: 'credentials', ticks })).status).toBe(204);
    const saved = await changed(draft, {
      settings: { domain: `${origin}/admin/apps`, clientId: '0oa1' },
      clientSecret: secret,
    });
    expect(saved).toMatchObject({
      issuer: origin,
      settings: { domain: host() },
      clientSecret: { set: true },
    });
    expect(saved.notices).toEqual([
      { code: 'domain-cleaned', detail: 'Removed http://, /admin/apps from the domain.' },
    ]);
    const done = await runImport(draft);
    expect(done.checks.filter(({ state }) => state !== 'passed')).toEqual([]);
    const users = await changed(draft, {
      settings: { updateMethod: 'usersync', connectorId: connector.publicId },
    });
    expect(users).toMatchObject({
      connector: { id: connector.publicId, name: 'Acme' },
      directory: { id: connector.directory.id },
      metadata: { issuer: origin, tokenEndpoint: `${origin}/oauth2/v1/token` },
      metadataImport: { state: 'passed' },
      wizard: { step: 'credentials', ticks },
    });

    const end = await call('POST', `/${draft.id}/finish`, { expectedVersion: users.settingsVersion });

    expect(end.json).toMatchObject({
      id: draft.id,
      state: 'enabled',
      wizard: null,
      testedAt: null,
      callbackUrl: draft.callbackUrl,
      applications: [{ name: 'Jira' }],
    });
    expect(parts.idps.upstreamOf(draft.id)).toMatchObject({
      clientSecret: secret,
      allowsHttp: true,
      callbackUrl: draft.callbackUrl,
      connectorId: connector.id,
      directoryId: connector.directoryId,
    });
    expect(published).toEqual(expect.arrayContaining(['idps', `idp/${draft.id}`, 'overview', 'audit']));
  });

  it('left in the middle and opened twice takes the first save, and tells the second whose it was', async () => {
    const draft = await begin();
    await changed(draft, { settings: { clientId: 'first' } });

    const late = await change(draft, {
      settings: { clientId: 'second' },
      expectedVersion: draft.settingsVersion,
    });

    expect(code(late)).toBe('409 version-conflict');
    expect(late.json).toMatchObject({
      detail: 'Ann Admin saved it in the meantime. Load the saved version and make your change again.',
      facts: { settingsVersion: 2, changedBy: 'Ann Admin' },
    });
    expect((await read(draft.id)).settings.clientId).toBe('first');
  });

  it('finishes nothing that lacks something, and names what and where', async () => {
    const draft = await changed(await begin(), { settings: { domain: origin } });

    const answer = await call('POST', `/${draft.id}/finish`, { expectedVersion: 2 });

    expect(code(answer)).toBe('409 idp-incomplete');
    expect(answer.json).toMatchObject({
      detail:
        'Still missing before people can log in: Name, Client ID, Client secret, Imported metadata, Directory.',
      facts: {
        step: 'provider',
        missing: [
          { part: 'name', step: 'provider' },
          { part: 'clientId', step: 'credentials' },
          { part: 'clientSecret', step: 'credentials' },
          { part: 'metadata', step: 'credentials' },
          { part: 'directory', step: 'users' },
        ],
      },
    });
    expect(code(await call('POST', `/${draft.id}/finish`, { expectedVersion: 1 }))).toBe(
      '409 version-conflict',
    );
  });

  it('stops at 50 drafts', async () => {
    for (let count = 0; count < 50; count += 1) await begin();

    const answer = await call('POST', '', {});

    expect(code(answer)).toBe('409 too-many-drafts');
    expect((await call('GET', '?limit=20&offset=40')).json).toMatchObject({ total: 50, offset: 40 });
  });
});

describe('names', () => {
  it('of two IdPs differ, also while one is a draft', async () => {
    await changed(await begin(), { name: 'Acme' });
    const other = await begin();

    const answer = await change(other, { name: 'ACME ' });

    expect(code(answer)).toBe('409 name-taken');
    expect(answer.json).toMatchObject({
      field: 'name',
      detail: 'A draft that Ann Admin began is called “Acme”. Finish or discard it, or choose another name.',
    });
    const done = await finished('Jira login');
    expect((await change(other, { name: 'jira login' })).json.detail).toBe(
      'Another identity provider is called “Jira login”. Choose another name.',
    );
    expect(code(await change(done, { name: '' }))).toBe('422 invalid-field');
  });
});

describe('a secret is given for one place', () => {
  it.each<[string, Partial<IdpSettings>]>([
    ['another domain', { domain: 'evil.okta.com' }],
    ['another issuer', { issuer: 'https://evil.example/oauth2/a', domain: '' }],
    ['another provider', { preset: 'oidc', issuer: 'https://evil.example' }],
    ['another client', { clientId: '0oa2' }],
  ])('and is cleared with %s', async (_case, settings) => {
    const done = await finished();
    posts = [];

    const after = await changed(done, { settings });

    expect(after.clientSecret).toMatchObject({ set: false });
    expect(after.notices.map((notice) => notice.code)).toContain('secret-cleared');
    expect(parts.idps.upstreamOf(done.id)).toMatchObject({ unavailable: 'idp-incomplete' });
    await runImport(done);
    expect(posts).toEqual([]);
  });

  it('and kept when a new one comes along', async () => {
    const done = await finished();

    const after = await changed(done, { settings: { clientId: '0oa2' }, clientSecret: 'another-secret' });

    expect(after).toMatchObject({ clientSecret: { set: true }, notices: [] });
  });

  it('and not sent to a token endpoint that moved, until it is entered again', async () => {
    const done = await finished();
    posts = [];
    const moved = { ...testDocument(origin), token_endpoint: 'https://tokens.example.com/token' };
    paths['/.well-known/openid-configuration'] = (_request, response) => json(response, moved);

    const result = await runImport(done);

    const check = result.checks.find(({ code }) => code === 'secret-accepted');
    expect(check?.problem).toMatchObject({ code: 'import-endpoint-moved', field: 'clientSecret' });
    expect(posts).toEqual([]);
    expect((await read(done.id)).metadata?.tokenEndpoint).toBe(`${origin}/oauth2/v1/token`);
  });

  it('stands in no answer and no audit entry', async () => {
    const done = await finished();
    paths['/oauth2/v1/token'] = (request, response, body) =>
      json(
        response,
        { error: 'invalid_client', error_description: `${secret} ${body} ${request.headers.authorization}` },
        401,
      );
    await runImport(done);
    await changed(done, { settings: { clientId: 'other' } });

    const answers = [
      await call('GET', ''),
      await call('GET', `/${done.id}`),
      await call('GET', `/${done.id}/import`),
    ];
    const audit = new AuditStore(database).list({}, { offset: 0, limit: 100 });
    const basic = Buffer.from(`0oa1:${secret}`).toString('base64');
    const shown = JSON.stringify([answers, audit]);

    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(basic);
    expect(shown).toContain('[redacted]');
  });
});

describe('settings that cannot be used', () => {
  it.each<[string, Partial<IdpSettings>, string]>([
    ['a domain', { domain: 'ann@acme.com' }, '422 domain-refused settings.domain'],
    ['an issuer', { issuer: 'javascript:alert(1)' }, '422 issuer-refused settings.issuer'],
    [
      'a connector',
      { updateMethod: 'usersync', connectorId: 'x'.repeat(22) },
      '422 connector-refused settings.connectorId',
    ],
    ['a directory', { directoryId: 'x'.repeat(22) }, '422 connector-refused settings.directoryId'],
    ['an algorithm', { signingAlgorithm: 'none' as 'RS256' }, '422 invalid-field settings.signingAlgorithm'],
    ['a scope', { scopes: ['a b'] }, '422 invalid-field settings.scopes.0'],
  ])('are refused with the field: %s', async (_case, settings, expected) => {
    const draft = await begin();

    const answer = await change(draft, { settings });

    expect(`${code(answer)} ${answer.json.field}`).toBe(expected);
    expect((await read(draft.id)).settingsVersion).toBe(1);
  });
});

describe('a connector that reads another domain', () => {
  it('is taken, and both addresses are pointed out: one org may have two', async () => {
    const foreign = await createConnector('other.okta.com');
    const draft = await credentials();
    const settings = { updateMethod: 'usersync', connectorId: foreign.publicId } as const;

    const answer = await change(await read(draft.id), { settings });

    expect(answer.status).toBe(200);
    const notices = answer.json.notices as Idp['notices'];
    expect(notices.find((notice) => notice.code === 'other-domain')?.detail).toContain(
      `reads other.okta.com, people log in at ${host()}`,
    );
  });
});

describe('Import Metadata', () => {
  it('shows its checks as they come, also to who joins it', async () => {
    const draft = await credentials();
    const gate = Promise.withResolvers<void>();
    paths['/oauth2/v1/keys'] = async (_request, response) => {
      await gate.promise;
      json(response, { keys: [testKey] });
    };

    const first = await call('POST', `/${draft.id}/import`);
    expect([first.status, first.json.state]).toEqual([202, 'running']);
    await expect
      .poll(async () => stateOf(await call('GET', `/${draft.id}/import`), 'keys-usable'))
      .toBe('running');
    const joined = call('POST', `/${draft.id}/import?wait=true`);
    gate.resolve();

    expect((await joined).json.state).toBe('passed');
    expect(posts).toHaveLength(1);
    expect(published.filter((topic) => topic === `idp/${draft.id}`).length).toBeGreaterThan(12);
    expect((await read(draft.id)).metadataImport?.state).toBe('passed');
    expect((await read(draft.id)).clientSecret.usedAt).not.toBeNull();
  });

  it('that fails leaves what was imported before as it is', async () => {
    const done = await finished();
    paths['/.well-known/openid-configuration'] = (_request, response) => response.writeHead(503).end();

    const result = await runImport(done);

    expect(result.state).toBe('failed');
    expect(await read(done.id)).toMatchObject({
      metadata: done.metadata,
      metadataImport: { state: 'failed' },
    });
    expect(parts.idps.upstreamOf(done.id)).toMatchObject({ idpId: 1 });
  });

  it('of 200 MiB stops at the cap', async () => {
    const draft = await credentials();
    let sent = 0;
    paths['/.well-known/openid-configuration'] = (_request, response) => {
      const chunk = Buffer.alloc(64 * 1024, ' ');
      const more = () => {
        while (sent < 200 * 1024 * 1024 && !response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };

    const result = await runImport(draft);

    const problem = result.checks.find(({ code }) => code === 'metadata-found')?.problem;
    expect(problem?.code).toBe('import-metadata-too-large');
    expect(sent).toBeLessThan(20 * 1024 * 1024);
  });

  it.each([
    ['authorization_endpoint', 'javascript:alert(1)'],
    ['jwks_uri', 'https://169.254.169.254/latest/meta-data'],
    ['jwks_uri', 'https://127.0.0.1:9/keys'],
    ['userinfo_endpoint', 'https://db.internal/userinfo'],
    ['token_endpoint', 'http://tokens.example.com/token'],
    ['token_endpoint', 'https://[::1]/token'],
    ['end_session_endpoint', 'data:text/html,x'],
  ])('calls no %s that is %s', async (name, value) => {
    const draft = await credentials();
    paths['/.well-known/openid-configuration'] = (_request, response) =>
      json(response, { ...testDocument(origin), [name]: value });

    const result = await runImport(draft);

    const check = result.checks.find(({ code }) => code === 'endpoints-belong');
    expect(check?.problem?.code).toBe('import-endpoint-unusable');
    expect(posts).toEqual([]);
    expect((await read(draft.id)).metadata).toBeNull();
  });

  it('of settings that are saved while it runs is not kept', async () => {
    const draft = await credentials();
    const gate = Promise.withResolvers<void>();
    paths['/oauth2/v1/keys'] = async (_request, response) => {
      await gate.promise;
      json(response, { keys: [testKey] });
    };
    const running = call('POST', `/${draft.id}/import?wait=true`);
    await expect
      .poll(async () => stateOf(await call('GET', `/${draft.id}/import`), 'keys-usable'))
      .toBe('running');

    await changed(draft, { settings: { scopes: ['email'] } });
    gate.resolve();

    expect((await running).json.state).toBe('passed');
    expect(await read(draft.id)).toMatchObject({ metadata: null, metadataImport: null });
  });

  it('of a domain inside the network sends nothing', async () => {
    const draft = await changed(await begin(), {
      settings: { domain: '10.0.0.1', clientId: 'a' },
      clientSecret: secret,
    });

    const result = await runImport(draft);

    expect(result.checks.find(({ state }) => state === 'failed')?.problem?.code).toBe('import-host-blocked');
    expect(posts).toEqual([]);
  });
});

describe('a finished IdP', () => {
  it('is switched off and on, and removed by its name', async () => {
    const done = await finished();
    const path = `/${done.id}`;

    expect((await call('POST', `${path}/enabled`, { enabled: false })).json.state).toBe('disabled');
    expect(parts.redirectIdps.find(done.id)).toMatchObject({ isEnabled: false, testedAt: null });
    expect((await call('POST', `${path}/enabled`, { enabled: true })).json.state).toBe('enabled');
    expect(code(await call('POST', `${path}/finish`, { expectedVersion: done.settingsVersion }))).toBe(
      '409 idp-not-draft',
    );
    expect(code(await call('PUT', `${path}/wizard`, { step: 'test', ticks: [] }))).toBe('409 idp-not-draft');
    expect(code(await call('DELETE', path, { confirmName: 'acme okta' }))).toBe('422 confirmation-wrong');
    expect((await call('DELETE', path, { confirmName: 'Acme Okta' })).status).toBe(204);
    expect(code(await call('GET', path))).toBe('404 not-found');
    expect(parts.redirectIdps.find(done.id)).toBeNull();
  });

  it('is tested until something changes that logins depend on', async () => {
    const done = await finished();
    const passed = { idpId: 1, settingsVersion: done.settingsVersion, startedBy: 'Sam', at: Date.now() };

    await parts.testPassed({ ...passed, settingsVersion: done.settingsVersion - 1 });
    expect((await read(done.id)).testedAt).toBeNull();
    await parts.testPassed(passed);
    expect(await read(done.id)).toMatchObject({
      testedBy: 'Sam',
      testedAt: new Date(passed.at).toISOString(),
    });
    const renamed = await changed(done, { name: 'New name' });
    expect(renamed.testedAt).not.toBeNull();
    const after = await changed(done, { settings: { scopes: [] } });

    expect(after).toMatchObject({
      testedAt: null,
      notices: [{ code: 'untested', detail: 'Changed since the last test login: scopes. Make a new one.' }],
    });
  });

  it('cannot be half of what logins need', async () => {
    const done = await finished();

    expect(code(await change(done, { settings: { clientId: '' } }))).toBe('422 invalid-field');
    expect(code(await change(done, { settings: { domain: '' } }))).toBe('422 domain-refused');
    expect(code(await change(done, { settings: { updateMethod: 'usersync' } }))).toBe(
      '422 connector-refused',
    );
  });
});

describe('a draft', () => {
  it('is discarded without its name, and cannot be switched', async () => {
    const draft = await changed(await begin(), { name: 'Acme' });

    expect(code(await call('POST', `/${draft.id}/enabled`, { enabled: true }))).toBe('409 idp-is-draft');
    expect((await call('DELETE', `/${draft.id}`, { confirmName: '' })).status).toBe(204);
    expect(code(await call('DELETE', `/${draft.id}`, { confirmName: '' }))).toBe('404 not-found');
  });
});

function stateOf(answer: Answer, code: string): string | undefined {
  const { import: running } = answer.json as { import: MetadataImport | null };
  return running?.checks.find((check) => check.code === code)?.state;
}
