import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { endpoints } from '@gatehouse/contracts/endpoints';
import { defaultGeneralSettings } from '@gatehouse/contracts/general-settings';
import type { SupportBundle, Tracker } from '@gatehouse/contracts/tracker';
import express from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromBuffer, type ZipFile } from 'yauzl';
import { errorHandler } from '../http/errors.ts';
import type { Route } from '../http/route.ts';
import { createLogger } from '../logging/logger.ts';
import { hashSessionToken } from '../staff/staff-session.ts';
import { AuditStore } from '../stores/audit/store.ts';
import { createTestSecretStore } from '../stores/secrets/testing.ts';
import { openTestDatabase, type TestDatabase, testNow } from '../stores/testing.ts';
import { insertIdps, testIdp, testTrackerUrl, traceEntry, trackedIdps } from '../stores/trackers/testing.ts';
import type { PassedTest } from '../stores/trackers/tracer.ts';
import { trackerParts } from '../tracker-parts.ts';

type Role = 'admin' | 'support';
type Answer = { status: number; json: Record<string, unknown>; body: Buffer; headers: Headers };

const secret = 'plain old client secret';
const code = 'Qm9vRz7xk2-PpL4vT_9sWcE1yUoN3bHdA8iJ6fKgZ0M';
const hour = 60 * 60 * 1_000;
const clock = { now: testNow };
const published: string[] = [];
const passedTests: PassedTest[] = [];
const ready = testIdp(1, 'Acme Okta');
const draft = { ...testIdp(2, ''), state: 'draft' as const, metadata: null, clientSecretSet: false };
const bare = { ...testIdp(3, 'Bare'), clientSecretSet: false };
const disabled = { ...testIdp(4, 'Off'), state: 'disabled' as const };

let database: TestDatabase;
let parts: ReturnType<typeof trackerParts>;
let server: ReturnType<ReturnType<typeof express>['listen']>;

beforeAll(async () => {
  database = await openTestDatabase({ now: () => clock.now });
  await insertIdps(database, [ready, draft, bare, disabled]);
  parts = trackerParts({
    database,
    secrets: createTestSecretStore(database),
    live: { publish: (topic) => void published.push(topic) },
    logger: createLogger({ logLevel: 'silent' }),
    publicUrl: testTrackerUrl,
    serverVersion: '0.1.0',
    idps: trackedIdps([ready, draft, bare, disabled]),
    connectorOf: () => null,
    redactValues: () => [secret],
    onTestPassed: async (test) => void passedTests.push(test),
  });
  server = serve(parts.routes);
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await database.remove();
});
beforeEach(() => {
  clock.now = testNow;
  published.length = 0;
});

/** The routes alone, with a session that the request names. */
function serve(routes: Readonly<Record<string, Route>>) {
  const app = express();
  app.use(express.json(), (request, _response, next) => {
    request.id = 'request-1';
    request.log = createLogger({ logLevel: 'silent' });
    next();
  });
  const frame = {
    sessions: { find: async (hash: string) => sessionOf(hash) },
    sessionCookie: { read: (request: express.Request) => request.get('x-role') ?? null },
  } as unknown as Parameters<Route['serve']>[0]['frame'];
  for (const route of Object.values(routes)) {
    const verb = route.endpoint.method.toLowerCase() as 'get';
    app[verb](route.endpoint.path, (request, response) => route.serve({ request, response, frame }));
  }
  app.use(errorHandler());
  return app.listen(0, '127.0.0.1');
}

function sessionOf(hash: string) {
  const role = (['admin', 'support'] as const).find((one) => hashSessionToken(one) === hash);
  return role === undefined ? null : { account: { id: 's'.repeat(22), name: 'Sam', role } };
}

async function call(role: Role | null, method: string, path: string, body?: unknown): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      ...(role === null ? {} : { 'x-role': role }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const content = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const json = isJson ? (JSON.parse(content.toString()) as Record<string, unknown>) : {};
  return { status: response.status, json, body: content, headers: response.headers };
}

async function createTracker(role: Role = 'support'): Promise<Tracker> {
  const answer = await call(role, 'POST', '/api/trackers', { idpId: ready.publicId });
  expect(answer.status).toBe(201);
  return answer.json as unknown as Tracker;
}

async function failedTracker(): Promise<Tracker> {
  const { id, testUrl } = await createTracker();
  const { tracker } = await parts.trackers.useLink(testUrl?.split('/t/')[1] ?? '', '');
  const tracer = await parts.tracers.resume(tracker?.trackerId ?? 0);
  const text = `came back with ${code} and ${secret}`;
  tracer?.record(traceEntry({ fact: text, seen: text, facts: { code, note: text, list: [text] } }));
  tracer?.claims({ note: text, id_token: text });
  tracer?.person(text, null);
  await tracer?.finish({ outcome: 'failed', code: 'token-code-refused', step: 'code-exchanged' });
  return (await call('support', 'GET', `/api/trackers/${id}`)).json as unknown as Tracker;
}

describe('trackers', () => {
  it('are made by support staff, with a link that they can read until it is used', async () => {
    const tracker = await createTracker();
    const again = await call('support', 'GET', `/api/trackers/${tracker.id.toLowerCase().replace('-', ' ')}`);

    expect(tracker.testUrl).toMatch(/^https:\/\/gatehouse\.example\/t\/[\w-]{22}$/);
    expect(again.json).toEqual(tracker);
    expect(published).toContain(`tracker/${tracker.id}`);
    await vi.waitFor(() => expect(published).toContain('trackers'));
    const entries = new AuditStore(database).list({ action: 'tracker.started' }, { offset: 0, limit: 1 });
    expect(entries.items[0]).toMatchObject({ actor: { name: 'Sam' }, subject: { id: tracker.id } });
  });

  it.each([
    [draft.publicId, 409, 'idp-incomplete', ['clientSecret', 'metadata']],
    [bare.publicId, 409, 'idp-incomplete', ['clientSecret']],
    [disabled.publicId, 409, 'idp-incomplete', []],
    ['x'.repeat(22), 404, 'not-found', undefined],
  ])('of %s answer %i %s', async (idpId, status, problem, missing) => {
    const answer = await call('admin', 'POST', '/api/trackers', { idpId });

    expect(answer).toMatchObject({ status, json: { code: problem } });
    expect((answer.json.facts as { missing?: unknown } | undefined)?.missing).toEqual(missing);
  });

  it('say in words what is missing', async () => {
    const answer = await call('admin', 'POST', '/api/trackers', { idpId: draft.publicId });

    expect(answer.json.detail).toBe(
      'The identity provider cannot be tested yet. Missing: “Client secret”, “Imported metadata”.',
    );
    const off = await call('admin', 'POST', '/api/trackers', { idpId: disabled.publicId });
    expect(off.json.detail).toBe('Off is disabled. Enable it before you test it.');
  });

  it.each(['/api/trackers/ZZZ-ZZZ', '/api/trackers/ZZZZZZ/bundle', '/api/trackers/ZZZZZZ/bundle.zip'])(
    'that are not there: %s',
    async (path) => {
      expect(await call('support', 'GET', path)).toMatchObject({ status: 404, json: { code: 'not-found' } });
    },
  );

  it.each(['x', '0OI-1LU', "'--", '4KX-9TQQ', '%00'])('with the id %s are none', async (id) => {
    const answer = await call('support', 'GET', `/api/trackers/${encodeURIComponent(id)}`);

    expect([404, 422]).toContain(answer.status);
  });

  it('tell the IdP when a test passed', async () => {
    const { id, testUrl } = await createTracker('admin');
    const { tracker } = await parts.trackers.useLink(testUrl?.split('/t/')[1] ?? '', '');
    await (await parts.tracers.resume(tracker?.trackerId ?? 0))?.finish({ outcome: 'passed' });

    expect(passedTests).toEqual([{ idpId: 1, settingsVersion: 1, startedBy: 'Sam', at: testNow }]);
    const page = await call('support', 'GET', `/api/trackers?show=tests&idpId=${ready.publicId}&limit=1`);
    expect(page.json).toMatchObject({ items: [{ id, state: 'passed' }] });
  });

  it('are kept in order by the minute', async () => {
    const { id } = await createTracker();
    clock.now = testNow + hour;
    await parts.keeper.tick();
    const stored = () =>
      database.sql.get<{ state: string }>(`select state from Tracker order by id desc limit 1`);
    expect(stored()?.state).toBe('timed-out');
    expect(published).toContain(`tracker/${id}`);

    clock.now = testNow + 15 * 24 * hour;
    await parts.keeper.tick();
    expect(stored()).toBeUndefined();
  });
});

describe('choosing an IdP', () => {
  it('offers what can be tested, with names and issuers only', async () => {
    const answer = await call('support', 'GET', '/api/testable-idps?limit=1');

    expect(answer.json).toEqual({
      total: 2,
      offset: 0,
      items: [{ id: ready.publicId, name: 'Acme Okta', issuer: 'https://acme.okta.com' }],
    });
  });
});

describe('the support bundle', () => {
  it('is shown byte for byte as it is downloaded', async () => {
    const { id } = await failedTracker();
    const shown = (await call('support', 'GET', `/api/trackers/${id}/bundle`))
      .json as unknown as SupportBundle;
    const download = await call('support', 'GET', `/api/trackers/${id}/bundle.zip`);

    expect(download.headers.get('content-type')).toBe('application/zip');
    expect(download.headers.get('content-disposition')).toBe(
      `attachment; filename="gatehouse-tracker-${id}.zip"`,
    );
    expect(await unzip(download.body)).toEqual(shown.files.map(({ name, content }) => ({ name, content })));
    const entries = new AuditStore(database).list(
      { action: 'tracker.bundle-downloaded' },
      { offset: 0, limit: 5 },
    );
    expect(entries.items).toMatchObject([
      { actor: { name: 'Sam' }, subject: { id }, after: { removed: shown.removed } },
    ]);
  });

  it('carries neither code nor secret, nor does any answer', async () => {
    const { id } = await failedTracker();
    const paths = [`/api/trackers/${id}`, '/api/trackers?limit=200', `/api/trackers/${id}/bundle`];
    const texts = await Promise.all(
      paths.map(async (path) => (await call('admin', 'GET', path)).body.toString()),
    );
    const zip = await unzip((await call('admin', 'GET', `/api/trackers/${id}/bundle.zip`)).body);

    for (const text of [...texts, JSON.stringify(zip)]) {
      expect(text).toContain(id);
      expect(text).not.toContain(code);
      expect(text).not.toContain(secret);
    }
  });
});

async function unzip(content: Buffer): Promise<{ name: string; content: string }[]> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(content, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const files: { name: string; content: string }[] = [];
  zip.on('entry', (entry) => {
    zip.openReadStream(entry, async (error, stream) => {
      if (error) return void zip.emit('error', error);
      files.push({ name: entry.fileName, content: (await buffer(stream)).toString() });
      zip.readEntry();
    });
  });
  zip.readEntry();
  await once(zip, 'end');
  return files;
}

describe('general settings', () => {
  const acme = { ...defaultGeneralSettings, organizationName: 'Acme', supportAddress: 'help@acme.example' };

  it('are the defaults, then what was saved', async () => {
    const before = await call('admin', 'GET', '/api/settings/general');
    const saved = await call('admin', 'PUT', '/api/settings/general', { ...acme, expectedVersion: 0 });

    expect(before.json).toEqual({ ...defaultGeneralSettings, version: 0, changedAt: null, changedBy: null });
    expect(saved).toMatchObject({ status: 200, json: { ...acme, version: 1, changedBy: 'Sam' } });
    expect(published).toEqual(['settings', 'audit']);
    const { id } = await createTracker();
    const bundle = await call('support', 'GET', `/api/trackers/${id}/bundle`);
    expect(bundle.json.message).toMatchObject({ to: 'help@acme.example', kind: 'email' });
  });

  it('are not saved over those of somebody else', async () => {
    const answer = await call('admin', 'PUT', '/api/settings/general', { ...acme, expectedVersion: 0 });

    expect(answer).toMatchObject({ status: 409, json: { code: 'version-conflict', facts: { version: 1 } } });
  });

  it.each([
    ['support', 403],
    [null, 401],
  ] as const)('are not for %s: %i', async (role, status) => {
    expect((await call(role, 'GET', '/api/settings/general')).status).toBe(status);
    expect((await call(role, 'PUT', '/api/settings/general', { ...acme, expectedVersion: 1 })).status).toBe(
      status,
    );
  });

  it('belong to endpoints of the contract', () => {
    expect(Object.keys(parts.routes).every((name) => name in endpoints)).toBe(true);
  });
});
