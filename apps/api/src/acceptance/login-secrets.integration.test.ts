import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Endpoint } from '@gatehouse/contracts/endpoint';
import { endpoints } from '@gatehouse/contracts/endpoints';
import type { Idp } from '@gatehouse/contracts/idp';
import type { SupportBundle, TrackerSummary } from '@gatehouse/contracts/tracker';
import { signInAs } from '@gatehouse/rehearsal/sign-in-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestAnswer } from '../testing.ts';
import { Canaries } from './canaries.ts';
import { type LoginFault, passedRows, refusedRows } from './login-fault-rows.ts';
import { LoginFaultWorld, type LoginVisit, type Place } from './login-fault-world.ts';
import { visit } from './login-testing.ts';
import { recordTraffic } from './login-traffic.ts';
import type { EventStream } from './testing.ts';
import { unzipped } from './unzipped.ts';

let world: LoginFaultWorld;
let place: Place;
let maker: Place;
let traffic: ReturnType<typeof recordTraffic>;
let stream: EventStream;

const canaries = new Canaries();
/** Every page and every answer of the API. */
const texts: { readonly from: string; readonly text: string }[] = [];

function keep(from: string, answer: TestAnswer): TestAnswer {
  const headers = JSON.stringify({ ...answer.headers, 'set-cookie': undefined, location: undefined });
  texts.push({ from: `${from} ${answer.status}`, text: `${headers}\n${answer.text}` });
  return answer;
}

function keepVisit(what: string, { page, browser, leaving, back }: LoginVisit): void {
  keep(what, page);
  canaries.plant('code', back.searchParams.get('code'));
  canaries.plant('state', leaving.searchParams.get('state'));
  canaries.plant('nonce', leaving.searchParams.get('nonce'));
  canaries.plant('transaction cookie', browser.cookie.split('=')[1]);
}

function jwt(name: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = { sub: name, scp: ['openid'], note: `${name} `.repeat(60) };
  const token = `${part({ alg: 'RS256', kid: name })}.${part(payload)}.${Buffer.from(`${name} signature`.repeat(9)).toString('base64url')}`;
  // Whatever is cut off it, a piece of the middle is one too.
  canaries.plant('token in an echo', token);
  canaries.plant('piece of a token in an echo', token.split('.')[1]?.slice(60, 120));
  return token;
}

const echoedSsws = '00QCjAl4MlV-WPXM_ABcDeFgHiJkLmNoPqRsTuVwXy';
const echoedCode = 'Qm9vRz7xk2-PpL4vT_9sWcE1yUoN3bHdA8iJ6fKgZ0M';

/** What a careless upstream, its proxy or somebody at the address bar may write. */
function echoes(clientSecret: string, apiToken: string): string[] {
  canaries.plant('API token in an echo', echoedSsws);
  canaries.plant('code in an echo', echoedCode);
  for (const secret of [clientSecret, apiToken, echoedSsws, echoedCode]) {
    canaries.plant('beginning of a secret in an echo', secret.slice(0, 22));
  }
  return [
    `The token ${jwt('canary-description')} has expired.`,
    `Authorization: SSWS ${echoedSsws}`,
    `Bad credentials ${clientSecret} for the client.`,
    `Basic ${Buffer.from(`0oaClient:${clientSecret}`).toString('base64')}`,
    `GET /callback?code=${echoedCode}&state=${echoedCode} failed`,
    `{"code":"${echoedCode}","client_secret":"${encodeURIComponent(clientSecret)}"}`,
    `SSWS ${apiToken}, or alone: ${apiToken}`,
    `Set-Cookie: __Host-gatehouse-login=${echoedCode}; Secure`,
    // Texts are cut at 300 and 500 characters: in the middle of the secret.
    ...[21, 36].flatMap((times) =>
      [jwt('canary-cut'), clientSecret, apiToken, echoedSsws, echoedCode].map(
        (secret) => `${'a long story '.repeat(times)}${secret}`,
      ),
    ),
  ];
}

async function logIn(what: string, at: Place, login: string, change?: (back: URL) => void): Promise<void> {
  keepVisit(what, await world.logIn(at, login, change === undefined ? {} : { change }));
  await world.control.loginFaults.clearAll();
}

async function testLogin(what: string, fault: LoginFault | null): Promise<void> {
  const { gatehouse } = world;
  const made = (await gatehouse.call('POST', '/api/trackers', 201, { idpId: place.idp.id })).json;
  const token = String(made.testUrl).split('/t/')[1];
  const browser = gatehouse.app.client();
  if (fault !== null) await world.control.loginFaults.set(fault);
  keep('interstitial', await visit(browser, String(made.testUrl)));
  // Until it is used staff may read it, and its own page links to it.
  texts.pop();
  canaries.plant('link of a test', token);
  const start = await visit(browser, `${made.testUrl}/continue`);
  const leaving = new URL(String(start.headers.location));
  const back = new URL(await signInAs(leaving.href, await world.newPerson()));
  keepVisit(`test login, ${what}`, { browser, leaving, back, page: await visit(browser, back.href) });
  keep('used link', await visit(browser, `${made.testUrl}/continue`));
  await world.control.loginFaults.clearAll();
}

/** Ways back that belong to nothing. */
async function strayCallbacks(): Promise<void> {
  const login = await world.newPerson();
  const { gatehouse } = world;
  const once = await world.logIn(place, login);
  keepVisit('login', once);
  const { browser, back } = once;
  const other = gatehouse.app.client();
  const elsewhere = `/sso/callback/${maker.idp.id}${back.search}`;
  keep('replay', await visit(browser, back.href));
  keep('another browser', await visit(other, back.href));
  keep('another IdP', await visit(browser, elsewhere));
  keep('no IdP', await visit(browser, `/sso/callback/${'A'.repeat(22)}${back.search}`));
  keep('code in the path', await visit(browser, `/sso/callback/${back.searchParams.get('code')}`));
  keep('code as slug', await visit(browser, `/sso/${back.searchParams.get('code')}/login`));
  keep('code as link', await visit(browser, `/t/${back.searchParams.get('code')}`));
  keep('half an encoding', await visit(browser, `/sso/%zz/login${back.search}`));
  keep('return', await visit(browser, `${place.start}?return=${encodeURIComponent(back.href)}`));
  keep('posted', await browser.send('POST', back.pathname, { body: `${back.search}` }));
  keep('API', await browser.send('GET', `/api/trackers${back.search}`, {}));
  keep(
    'another host',
    await browser.send('GET', back.pathname + back.search, { headers: { host: 'evil.example' } }),
  );
}

/** Bodies that carry a client secret, whole and broken. */
async function sendSecrets(): Promise<void> {
  const { gatehouse } = world;
  const { settingsVersion, name, settings } = await gatehouse.get<Idp>(`/api/idps/${maker.idp.id}`);
  const clientSecret = 'canary-client-secret-that-is-wrong';
  canaries.plant('client secret', clientSecret);
  const body = { expectedVersion: settingsVersion, name, settings, clientSecret };
  const path = `/api/idps/${maker.idp.id}`;
  const text = JSON.stringify(body);
  const bodies = [
    text.slice(0, -3),
    { ...body, [clientSecret]: 1 },
    { ...body, clientSecret: [clientSecret] },
  ];
  for (const one of [...bodies, { ...body, name: 7 }, { ...body, expectedVersion: 1 }, body]) {
    keep('PUT IdP', await gatehouse.admin.send('PUT', path, { body: one }));
  }
  keep('PUT IdP', await gatehouse.admin.send('PUT', `${path}?clientSecret=${clientSecret}`, { body }));
  keep('import', await gatehouse.admin.send('POST', `${path}/import?wait=true`));
}

async function importsWithFaults(): Promise<void> {
  const { gatehouse } = world;
  const faults: LoginFault[] = [
    { kind: 'step-html', step: 'discovery' },
    { kind: 'token-client-refused' },
    { kind: 'discovery-issuer-other', issuer: `https://x.example/?code=${echoedCode}` },
    { kind: 'discovery-redirect' },
  ];
  for (const fault of faults) {
    await world.control.loginFaults.set(fault);
    keep('import', await gatehouse.admin.send('POST', `/api/idps/${place.idp.id}/import?wait=true`));
    keep('import', await gatehouse.admin.send('GET', `/api/idps/${place.idp.id}/import`));
    await world.control.loginFaults.clearAll();
  }
}

function overheard(): void {
  for (const { path, authorization, sent, answered } of traffic.exchanges) {
    const bearer = /^Bearer (.+)$/.exec(authorization)?.[1];
    canaries.plant('access token', bearer);
    if (path !== '/oauth2/v1/token') continue;
    canaries.plant('client secret in a header', /^Basic (.+)$/.exec(authorization)?.[1]);
    canaries.plant('PKCE verifier', new URLSearchParams(sent).get('code_verifier'));
    const json = answered.startsWith('{') ? (JSON.parse(answered.trim()) as Record<string, unknown>) : {};
    canaries.plant('access token', typeof json.access_token === 'string' ? json.access_token : null);
    if (typeof json.id_token !== 'string') continue;
    canaries.plant('ID token', json.id_token);
    canaries.plant('signature of an ID token', json.id_token.split('.')[2]);
  }
}

/** Everything that can be read, by everything that can be named. */
async function readEverything(): Promise<void> {
  const { gatehouse } = world;
  const named: Record<string, string[]> = {
    idpId: [place.idp.id, maker.idp.id],
    applicationId: [place.application.id],
    connectorId: [world.world.connectorId],
    trackerId: (await gatehouse.all<TrackerSummary>('/api/trackers')).map(({ id }) => id),
    userId: (await gatehouse.all<{ id: string }>('/api/directory/users')).map(({ id }) => id).slice(-20),
    groupId: (await gatehouse.all<{ id: string }>('/api/directory/groups')).map(({ id }) => id).slice(0, 1),
    runId: (await gatehouse.all<{ id: number }>('/api/runs')).map(({ id }) => String(id)),
    facet: ['reason'],
    key: ['c1'],
  };
  const admin = (await gatehouse.get<{ items: { id: string }[] }>('/api/accounts')).items[0]?.id ?? '';
  named.accountId = [admin];
  for (const { method, path, response: _, ...rest } of Object.values(endpoints as Record<string, Endpoint>)) {
    if (method !== 'GET' || path === '/api/events' || path.endsWith('.zip')) continue;
    const parameter = /:(\w+)/.exec(path)?.[1];
    const ids = parameter === undefined ? [''] : (named[parameter] ?? []);
    if (ids.length === 0) throw new Error(`nothing to name ${path} by ${JSON.stringify(rest.role)}`);
    for (const id of ids) {
      const filled = path.replace(`:${parameter}`, id).replace(':facet', 'reason').replace(':key', 'c1');
      const query = path.endsWith('/export') ? '?format=json' : '';
      keep(`GET ${path}`, await gatehouse.admin.send('GET', filled + query));
    }
  }
  for (let offset = 0; offset < (named.trackerId ?? []).length; offset += 200) {
    keep('GET trackers', await gatehouse.admin.send('GET', `/api/trackers?limit=200&offset=${offset}`));
    keep('GET audit', await gatehouse.admin.send('GET', `/api/audit?limit=200&offset=${offset}`));
  }
}

beforeAll(async () => {
  traffic = recordTraffic();
  world = await LoginFaultWorld.start(1);
  const { gatehouse, control } = world;
  const { connectorId } = world.world;
  stream = await gatehouse.listen();
  canaries.plant('staff session', gatehouse.admin.cookie.split('=')[1]);
  place = await world.addPlace({ updateMethod: 'usersync', connectorId });
  maker = await world.addPlace({ updateMethod: 'claims', createUsers: true });
  const apps = await control.apps.list();
  for (const { clientSecret } of apps) canaries.plant('client secret', clientSecret);
  const { value: apiToken } = await control.tokens.create({ name: 'echo', owner: 'super-admin' });
  await gatehouse.call('PUT', `/api/connectors/${connectorId}`, 200, {
    ...(await connectorBody(connectorId)),
    apiToken,
  });
  canaries.plant('API token', apiToken);
  const clientSecret =
    apps.find(({ clientId }) => clientId === place.idp.settings.clientId)?.clientSecret ?? '';

  await logIn('passes', place, world.syncedPerson(0));
  await logIn('passes with claims', maker, await world.newPerson());
  await testLogin('passes', null);
  for (const { fault, coldKeys } of [...refusedRows, ...passedRows]) {
    if (coldKeys) world.forgetKeys();
    await control.loginFaults.set(fault);
    await logIn(fault.kind, place, world.syncedPerson(0));
  }
  for (const fault of [{ kind: 'response-access-denied' }, { kind: 'id-token-nonce-wrong' }] as const) {
    await testLogin(fault.kind, fault);
  }
  for (const text of echoes(clientSecret, apiToken)) {
    for (const kind of ['response-access-denied', 'response-server-error'] as const) {
      const fault = { kind, description: text };
      await control.loginFaults.set(fault);
      await logIn('echo', place, world.syncedPerson(0));
      await testLogin('echo', fault);
    }
    const claims = {
      note: text,
      notes: [text],
      nested: { token: text, note: text },
      [text.slice(0, 200)]: 1,
    };
    await testLogin('claims', { kind: 'claims-replaced', claims });
    await control.loginFaults.set({ kind: 'claims-replaced', claims: { ...claims, iss: text } });
    await logIn('claims', place, world.syncedPerson(0));
    await control.loginFaults.set({
      kind: 'claims-replaced',
      claims: { ...claims, sub: `${text.slice(0, 250)}é` },
    });
    await logIn('claims', place, world.syncedPerson(0));
  }
  await logIn('own values', place, world.syncedPerson(0), (back) => {
    const { searchParams } = back;
    const [code, state] = [searchParams.get('code'), searchParams.get('state')];
    canaries.plant('code', code);
    back.search = `?state=${state}&error=${code}&error_description=${state} ${code}&error_uri=${code}`;
  });
  await strayCallbacks();
  await importsWithFaults();
  await sendSecrets();
  await logIn('a client secret that is wrong', maker, await world.newPerson());
  overheard();
  await readEverything();
  stream.cut();
}, 120_000);

afterAll(async () => {
  traffic.stop();
  await world.close();
});

async function connectorBody(connectorId: string) {
  const { name, settings, settingsVersion } = await world.gatehouse.connector(connectorId);
  return { name, settings, expectedVersion: settingsVersion };
}

function readDataDirectory(): { readonly file: string; readonly content: string }[] {
  const { dataDir } = world.gatehouse.app.config;
  return readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(dataDir, file)).isFile())
    .map((file) => ({ file, content: readFileSync(join(dataDir, file), 'latin1') }));
}

it('secrets of each kind passed by', () => {
  const counts = canaries.counts();
  const many = ['code', 'state', 'nonce', 'transaction cookie', 'PKCE verifier', 'access token', 'ID token'];

  for (const name of many) expect(counts[name], name).toBeGreaterThan(80);
  expect(counts).toMatchObject({
    'staff session': 1,
    'API token': 1,
    'client secret': 3,
    'API token in an echo': 1,
    'code in an echo': 1,
    'token in an echo': 2,
  });
  expect(counts['link of a test']).toBeGreaterThan(20);
  expect(counts['client secret in a header']).toBeGreaterThan(1);
});

it('no page and no answer of the API carries one', () => {
  expect(texts.length).toBeGreaterThan(500);
  expect(texts.filter(({ from }) => / 500$/.test(from))).toEqual([]);
  expect([...new Set(texts.flatMap(({ from, text }) => canaries.search(text, from)))]).toEqual([]);
});

it('no support bundle carries one, shown or downloaded', async () => {
  const ids = (await world.gatehouse.all<TrackerSummary>('/api/trackers')).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(100);
  for (const id of ids) {
    const shown = await world.gatehouse.get<SupportBundle>(`/api/trackers/${id}/bundle`);
    expect(canaries.search(JSON.stringify(shown), 'bundle')).toEqual([]);
    const downloaded = await unzipped(world.gatehouse, `/api/trackers/${id}/bundle.zip`);
    expect(downloaded).toEqual(shown.files.map(({ content }) => content));
  }
}, 120_000);

it('no live event and no log line carries one', () => {
  const { logs } = world.gatehouse.app;
  expect(logs.length).toBeGreaterThan(300);
  expect(stream.events().length).toBeGreaterThan(50);
  expect(canaries.search(stream.text(), 'events')).toEqual([]);
  expect(logs.flatMap((line) => canaries.search(line, line.slice(0, 500)))).toEqual([]);
});

it('no file of the data directory carries one in clear, the write-ahead log included', () => {
  const files = readDataDirectory();
  expect(files.map(({ file }) => file)).toEqual(expect.arrayContaining(['gatehouse.db', 'gatehouse.db-wal']));
  expect(files.flatMap(({ file, content }) => canaries.search(content, file))).toEqual([]);
});

it('the search would find one, wherever it stood', async () => {
  const { gatehouse } = world;
  const code = canaries.first('code');
  gatehouse.write(
    `update DirectoryUser set displayName = '${code}' where username = '${world.syncedPerson(0)}'`,
  );

  const { text } = await gatehouse.call('GET', '/api/directory/users?limit=200', 200);

  expect(canaries.search(text, 'users')).toEqual(['code in users']);
  expect(canaries.search(encodeURIComponent(text), 'users')).toContain('code in users');
  const found = readDataDirectory().flatMap(({ file, content }) => canaries.search(content, file));
  expect(found.some((one) => one.startsWith('code in gatehouse.db'))).toBe(true);
});
