import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connector } from '@gatehouse/contracts/connector';
import type { Endpoint } from '@gatehouse/contracts/endpoint';
import { endpoints } from '@gatehouse/contracts/endpoints';
import type { Idp } from '@gatehouse/contracts/idp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { FaultInput } from '../../../../packages/rehearsal/src/faults/fault-input.ts';
import { type Rehearsal, startRehearsal } from '../../../../packages/rehearsal/src/start-rehearsal.ts';
import { type TestAnswer, testAdmin } from '../testing.ts';
import { type EventStream, Gatehouse, noSchedule } from './testing.ts';

const outside = mkdtempSync(join(tmpdir(), 'gatehouse-secrets-'));
let rehearsal: Rehearsal;
let gatehouse: Gatehouse;
let stream: EventStream;

/** Every answer of the API, as `METHOD path status`, headers and body. The cookies that an answer sets are its purpose. */
const answers: string[] = [];
const statuses = new Set<string>();

const passwords = {
  own: testAdmin.password,
  wrong: 'canary copper lagoon forty',
  next: 'canary silver meadow fifty',
  other: 'canary walnut glacier sixty',
  changed: 'canary velvet harbour eighty',
};
const proxyPassword = 'canaryProxyPassword77';
const canaries: Record<string, string> = { ...passwords, proxyPassword };

/** Bodies that carry a secret, by endpoint; each is sent as it is and broken in several ways. */
type Sender = { path: string; body: Record<string, unknown>; secrets: string[] };

function keep(method: string, path: string, answer: TestAnswer): TestAnswer {
  const headers = JSON.stringify({ ...answer.headers, 'set-cookie': undefined });
  const title = `${method} ${path.replace(/\?.*/, '')} ${answer.status}`;
  answers.push(`${title}\n${headers}\n${answer.text}`);
  statuses.add(title);
  return answer;
}

async function send(method: string, path: string, body?: unknown, headers = {}): Promise<TestAnswer> {
  return keep(method, path, await gatehouse.admin.send(method, path, { body, headers }));
}

async function sendBroken(method: string, { path, body, secrets }: Sender): Promise<void> {
  const text = JSON.stringify(body);
  const wrapped = Object.fromEntries(Object.entries(body).map(([key, value]) => [key, [value]]));
  const long = Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.padEnd(5_000, 'x') : value,
    ]),
  );
  const headers = { authorization: `SSWS ${secrets[0]}`, 'x-api-key': secrets[0] ?? '' };
  await send(method, path, text.slice(0, -3), headers);
  await send(method, path, { ...body, [secrets[0] ?? '']: secrets[0], unknown: secrets });
  await send(method, path, wrapped);
  await send(method, path, long);
  await send(method, path, text, { 'content-type': 'text/plain' });
  await send(method, path, text, { origin: 'http://evil.example' });
  await send(method, `${path}?token=${encodeURIComponent(secrets[0] ?? '')}`, { ...body, name: 7, email: 7 });
}

async function connectorSenders(): Promise<{ id: string; tokens: string[] }> {
  const tokens = [];
  for (const owner of ['read-only-admin', 'super-admin', 'group-admin'] as const) {
    tokens.push((await rehearsal.control.tokens.create({ name: owner, owner })).value);
  }
  const [first = '', second = ''] = tokens;
  Object.assign(canaries, {
    firstToken: first,
    secondToken: second,
    wrongToken: '00canary-of-nobody-in-Okta',
  });
  const settings = { domain: rehearsal.url, schedule: noSchedule };
  const create = { kind: 'okta', name: 'Acme', settings, apiToken: first };
  await sendBroken('POST', { path: '/api/connectors', body: create, secrets: [first] });
  for (const { id, name } of (await send('GET', '/api/connectors')).json.items as Connector[]) {
    await send('DELETE', `/api/connectors/${id}`, { confirmName: name });
  }
  const { id } = (await send('POST', '/api/connectors', create)).json as unknown as Connector;
  return { id, tokens: [first, second] };
}

async function identityProvider(connectorId: string): Promise<void> {
  const { id } = (await send('POST', '/api/idps', {})).json as unknown as Idp;
  const current = (await send('GET', `/api/idps/${id}`)).json as unknown as Idp;
  const app = await rehearsal.control.apps.create({ name: 'Gatehouse', redirectUris: [current.callbackUrl] });
  const clientSecret = app.clientSecret ?? '';
  Object.assign(canaries, { clientSecret, wrongClientSecret: 'canaryClientSecretOfNobody' });
  const body = {
    name: 'Acme Okta',
    settings: {
      ...current.settings,
      domain: rehearsal.url,
      clientId: app.clientId,
      updateMethod: 'usersync',
      connectorId,
    },
  };
  const path = `/api/idps/${id}`;
  const put = { expectedVersion: current.settingsVersion, ...body, clientSecret };
  await sendBroken('PUT', { path, body: put, secrets: [clientSecret] });
  for (const secret of [canaries.wrongClientSecret, clientSecret]) {
    const head = (await send('GET', path)).json as unknown as Idp;
    await send('PUT', path, { expectedVersion: head.settingsVersion, ...body, clientSecret: secret });
    await send('POST', `${path}/import?wait=true`);
  }
}

async function everyFault(connectorId: string): Promise<void> {
  const faults: FaultInput[] = [
    { kind: 'expired-token', skip: 2 },
    { kind: 'html' },
    { kind: 'server-error', collection: 'users', times: null },
    { kind: 'truncate', collection: 'groups', times: null },
    { kind: 'empty-list', collection: 'users' },
  ];
  for (const fault of faults) {
    await rehearsal.control.faults.set(fault);
    await send('POST', `/api/connectors/${connectorId}/test?wait=true`);
    const { id } = (await send('POST', `/api/connectors/${connectorId}/runs`, { intent: 'apply' })).json;
    await gatehouse.finished(Number(id));
    await rehearsal.control.faults.clearAll();
  }
}

async function readEverything(connectorId: string): Promise<void> {
  const runs = await gatehouse.all<{ id: number }>('/api/runs');
  const paths = Object.values(endpoints as Record<string, Endpoint>)
    .filter(({ method, path }) => method === 'GET' && path !== '/api/events')
    .flatMap(({ path }) => {
      if (!path.includes(':runId')) return [path.replace(':connectorId', connectorId)];
      return runs.map(({ id }) => path.replace(':runId', String(id)));
    })
    .map((path) => path.replace(':facet', 'reason').replace(':key', 'c1'));
  for (const path of paths) await send('GET', path.endsWith('/export') ? `${path}?format=csv` : path);
  for (const path of ['/', '/setup', `/setup?token=${canaries.setUpToken}`, '/users', '/api/docs']) {
    await send('GET', path, undefined, { accept: 'text/html' });
  }
  await send('GET', '/', undefined, { accept: 'text/html', host: 'evil.example' });
}

beforeAll(async () => {
  const passwordFile = join(outside, 'password');
  writeFileSync(passwordFile, `${testAdmin.password}\n`, { mode: 0o600 });
  rehearsal = await startRehearsal({ users: 60, groups: 12, rateLimit: 'off' });
  gatehouse = await Gatehouse.start({
    allow: [rehearsal.url],
    environment: {
      LOG_LEVEL: 'trace',
      ADMIN_EMAIL: testAdmin.email,
      ADMIN_PASSWORD_FILE: passwordFile,
      // Nobody listens there.
      OUTBOUND_PROXY: `http://canary:${proxyPassword}@127.0.0.1:9`,
    },
  });
  stream = await gatehouse.listen();
  canaries.firstCookie = gatehouse.admin.cookie.split('=')[1] ?? '';

  const { email } = testAdmin;
  const signIn = { email, password: passwords.wrong };
  await sendBroken('POST', { path: '/api/session', body: signIn, secrets: [passwords.wrong] });
  const setUp = { token: 'gh-setup-canary-that-is-used', name: 'Ann', email, password: passwords.wrong };
  await sendBroken('POST', { path: '/api/setup', body: setUp, secrets: [setUp.token, passwords.wrong] });
  canaries.setUpToken = setUp.token;
  const account = { email: 'sam@example.com', name: 'Sam', role: 'support', password: passwords.other };
  await sendBroken('POST', { path: '/api/accounts', body: account, secrets: [passwords.other] });
  const accounts = (await send('GET', '/api/accounts')).json.items as { id: string; email: string }[];
  const sam = accounts.find((one) => one.email === account.email)?.id;
  const change = { password: passwords.changed };
  await sendBroken('PATCH', { path: `/api/accounts/${sam}`, body: change, secrets: [passwords.changed] });

  const { id, tokens } = await connectorSenders();
  const [, second = ''] = tokens;
  await send('POST', `/api/connectors/${id}/test?wait=true`);
  const run = await gatehouse.run(id, 'simulate');
  await gatehouse.apply(run.id);
  const current = (await send('GET', `/api/connectors/${id}`)).json as unknown as Connector;
  const { settings, name } = current;
  const put = { expectedVersion: current.settingsVersion, name, settings, apiToken: second };
  await sendBroken('PUT', { path: `/api/connectors/${id}`, body: put, secrets: [second] });
  await send('PUT', `/api/connectors/${id}`, put);
  await gatehouse.run(id, 'apply');
  await everyFault(id);
  await identityProvider(id);

  const proxied = {
    kind: 'okta',
    name: 'Proxied',
    settings: { domain: 'acme.okta.com', schedule: noSchedule },
  };
  const other = await send('POST', '/api/connectors', { ...proxied, apiToken: canaries.wrongToken });
  await send('POST', `/api/connectors/${other.json.id}/test?wait=true`);
  const failed = await send('POST', `/api/connectors/${other.json.id}/runs`, { intent: 'simulate' });
  await send('POST', `/api/runs/${failed.json.id}/cancel`);

  const password = { currentPassword: passwords.own, newPassword: passwords.next };
  const changing = { path: '/api/session/password', body: password, secrets: Object.values(password) };
  await sendBroken('PUT', changing);
  await readEverything(id);
  canaries.lastCookie = gatehouse.admin.cookie.split('=')[1] ?? '';
  canaries.appKey = readFileSync(join(gatehouse.app.config.dataDir, 'app-key'), 'utf8').trim();
  stream.cut();
}, 120_000);

afterAll(async () => {
  await gatehouse.close();
  await rehearsal.close();
  rmSync(outside, { recursive: true, force: true });
});

/** A value as it may travel: in clear, percent-encoded, inside JSON, in base64. */
function formsOf(value: string): string[] {
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '');
  return [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), base64];
}

function expectNone(text: string, where: string, but: readonly string[] = []): void {
  for (const [name, value] of Object.entries(canaries)) {
    if (but.includes(name)) continue;
    for (const form of formsOf(value)) expect(text.includes(form), `${name} in ${where}`).toBe(false);
  }
}

it('every endpoint that takes a secret was given one, and took or refused it', () => {
  const takers = Object.entries(endpoints as Record<string, Endpoint>).filter(([, { body }]) => {
    const properties = body === undefined ? {} : z.toJSONSchema(body, { io: 'input' }).properties;
    return Object.keys(properties ?? {}).some((key) => /password|token|secret/i.test(key));
  });

  expect(takers.map(([name]) => name).sort()).toEqual([
    'changeAccount',
    'changeConnector',
    'changeIdp',
    'changePassword',
    'createAccount',
    'createConnector',
    'setUp',
    'signIn',
  ]);
  for (const status of ['POST /api/connectors 201', 'POST /api/connectors 422', 'POST /api/setup 403']) {
    expect(statuses).toContain(status);
  }
  expect([...statuses].filter((status) => / 500$/.test(status))).toEqual([]);
  for (const [name, value] of Object.entries(canaries)) expect(value.length, name).toBeGreaterThan(15);
});

it('the tokens did go to Okta, so the syncs were real', async () => {
  const { items } = await rehearsal.control.calls.list();

  expect(new Set(items.map(({ tokenName }) => tokenName))).toEqual(
    new Set([null, 'read-only-admin', 'super-admin']),
  );
});

it('no answer carries one', () => {
  expect(answers.length).toBeGreaterThan(100);
  for (const answer of answers) expectNone(answer, answer.split('\n', 1)[0] ?? '');
});

it('no live event carries one', () => {
  expect(stream.events().length).toBeGreaterThan(20);
  expectNone(stream.text(), 'the stream');
});

it('no log line carries one', () => {
  expect(gatehouse.app.logs.length).toBeGreaterThan(100);
  for (const line of gatehouse.app.logs) expectNone(line, line.slice(0, 300));
});

it('no file of the data directory carries one in clear, the write-ahead log included', () => {
  const { dataDir } = gatehouse.app.config;
  const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(dataDir, file)).isFile(),
  );
  expect(files).toEqual(expect.arrayContaining(['gatehouse.db', 'gatehouse.db-wal']));

  for (const file of files) {
    const isKey = file === 'app-key';
    expectNone(readFileSync(join(dataDir, file), 'latin1'), file, isKey ? ['appKey'] : []);
  }
});

it('the search would find one', () => {
  expect(() => expectNone(`x${encodeURIComponent(passwords.other)}x`, 'here')).toThrow();
});
