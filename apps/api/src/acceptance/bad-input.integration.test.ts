import { createServer, type Server, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testTiming } from '@gatehouse/connectors/okta/test-support';
import type { Connector } from '@gatehouse/contracts/connector';
import type { OktaSettings } from '@gatehouse/contracts/okta-connector';
import type { FaultInput } from '@gatehouse/rehearsal/faults/fault-input';
import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { testAdmin } from '../testing.ts';
import { Gatehouse, noSchedule } from './testing.ts';

let rehearsal: Rehearsal;
let gatehouse: Gatehouse;
let good: string;
/** The rehearsal, but nobody may list people. */
let forbidding: Server;
let forbiddingUrl: string;

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 60, groups: 12, rateLimit: 'off' });
  good = (await rehearsal.control.tokens.create({ name: 'good', owner: 'read-only-admin' })).value;
  forbidding = createServer(async (request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/api/v1/users?')) {
      const error = { errorCode: 'E0000006', errorSummary: 'BODY-CANARY', errorId: 'oaeTooNarrow1' };
      response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify(error));
      return;
    }
    const { authorization } = request.headers;
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await fetch(`${rehearsal.url}${path}`, { headers });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  await new Promise<void>((done) => forbidding.listen(0, '127.0.0.1', done));
  forbiddingUrl = `http://127.0.0.1:${(forbidding.address() as AddressInfo).port}`;
  gatehouse = await Gatehouse.start({
    allow: [rehearsal.url, forbiddingUrl],
    overrides: { oktaTiming: { ...testTiming, tries: 2 } },
  });
});

afterAll(async () => {
  await gatehouse.close();
  forbidding.close();
  await rehearsal.close();
});

beforeEach(async () => {
  await rehearsal.control.faults.clearAll();
  for (const { id, name } of await gatehouse.all<Connector>('/api/connectors')) {
    await gatehouse.call('DELETE', `/api/connectors/${id}`, 204, { confirmName: name });
  }
});

function body(name: string, schedule: OktaSettings['schedule'] = noSchedule) {
  return { kind: 'okta', name, settings: { domain: rehearsal.url, schedule } };
}

describe('a token is refused by Okta: its code, our reading, and the connector stays', () => {
  it.each<{
    name: string;
    token: () => Promise<string>;
    fault?: FaultInput;
    url?: () => string;
    check: string;
    code: string;
    oktaCode: string | null;
    saw: RegExp;
  }>([
    {
      name: 'wrong',
      token: async () => '00wrongTokenThatNobodyMade',
      check: 'token-accepted',
      code: 'token-invalid',
      oktaCode: 'E0000011',
      saw: /^Okta refuses the token: it answered 401 E0000011 “Invalid token provided”\.$/,
    },
    {
      name: 'expired',
      token: async () => good,
      fault: { kind: 'expired-token' },
      check: 'token-accepted',
      code: 'token-invalid',
      oktaCode: 'E0000011',
      saw: /401 E0000011/,
    },
    {
      name: 'revoked',
      token: async () => {
        const { id, value } = await rehearsal.control.tokens.create({ name: 'revoked' });
        await rehearsal.control.tokens.revoke(id);
        return value;
      },
      check: 'token-accepted',
      code: 'token-invalid',
      oktaCode: 'E0000011',
      saw: /401 E0000011/,
    },
    {
      name: 'too narrow',
      token: async () => good,
      url: () => forbiddingUrl,
      check: 'may-list-users',
      code: 'token-forbidden',
      oktaCode: 'E0000006',
      saw: /^Okta accepts the token, but not for users: it answered 403 E0000006 “You do not have permission/,
    },
    {
      name: 'rate limited',
      token: async () => good,
      fault: { kind: 'rate-limit-storm', collection: 'users', seconds: 30 },
      check: 'may-list-users',
      code: 'rate-limited',
      oktaCode: 'E0000047',
      saw: /429 E0000047/,
    },
  ])('$name', async ({ token, fault, url, check, code, oktaCode, saw }) => {
    const place = { url: url?.() ?? rehearsal.url, token: await token() };
    const { id } = await gatehouse.connect(place);
    if (fault !== undefined) await rehearsal.control.faults.set(fault);

    const test = await gatehouse.testConnection(id);

    const failed = test.checks.find(({ state }) => state === 'failed');
    expect(failed).toMatchObject({ code: check, problem: { code, oktaCode } });
    expect(failed?.problem?.saw).toMatch(saw);
    expect(failed?.problem?.advice).not.toBe('');
    expect(JSON.stringify(test)).not.toContain('BODY-CANARY');
    expect(await gatehouse.connector(id)).toMatchObject({
      connection: 'not-connected',
      connectionTest: { state: 'failed' },
      apiToken: { set: true },
    });
  });

  it('of some groups only: the connection works, with a warning of what it does not see', async () => {
    const { value } = await rehearsal.control.tokens.create({ name: 'narrow', owner: 'group-admin' });
    const { id } = await gatehouse.connect({ url: rehearsal.url, token: value });

    const test = await gatehouse.testConnection(id);

    expect(test).toMatchObject({ state: 'warning', visible: { groups: 7 } });
    expect(test.checks.find(({ state }) => state === 'warning')).toMatchObject({
      code: 'token-sees',
      problem: { code: 'token-sees-some-groups', saw: expect.stringContaining('not Everyone') },
    });
  });

  it('a good one is connected, and a test that fails later says so', async () => {
    const { id } = await gatehouse.connect({ url: rehearsal.url, token: good });
    await gatehouse.testConnection(id);
    expect(await gatehouse.connector(id)).toMatchObject({ connection: 'connected' });
    await rehearsal.control.faults.set({ kind: 'expired-token' });

    await gatehouse.testConnection(id);

    expect(await gatehouse.connector(id)).toMatchObject({ connection: 'not-connected' });
  });
});

describe('the name of a connector', () => {
  it.each<[string, string, number, string]>([
    ['empty', '', 422, 'invalid-field'],
    ['blank', '   ', 422, 'invalid-field'],
    ['300 characters', 'x'.repeat(300), 422, 'invalid-field'],
    ['a line break', 'two\nlines', 422, 'invalid-field'],
    ['used already', 'Acme', 409, 'name-taken'],
    ['used already in other letters', ' aCME ', 409, 'name-taken'],
  ])('%s is refused at its field', async (_case, name, status, code) => {
    const { id } = await gatehouse.connect({ url: rehearsal.url, token: good }, 'Acme');
    const other = await gatehouse.connect({ url: rehearsal.url, token: good }, 'Other');

    const created = await gatehouse.admin.send('POST', '/api/connectors', { body: body(name) });
    const { kind: _kind, ...change } = body(name);
    const renamed = await gatehouse.admin.send('PUT', `/api/connectors/${other.id}`, {
      body: { ...change, expectedVersion: 1 },
    });

    for (const answer of [created, renamed]) {
      expect([answer.status, answer.json.code]).toEqual([status, code]);
      expect(answer.text).toContain('"name"');
    }
    const left = await gatehouse.all<Connector>('/api/connectors');
    expect(left.map((one) => one.name)).toEqual(['Acme', 'Other']);
    expect(left[0]?.id).toBe(id);
  });

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://x")',
    '名前 😀',
  ])('%s is kept and answered literally', async (name) => {
    const answer = await gatehouse.call('POST', '/api/connectors', 201, body(name));

    expect(answer.json.name).toBe(name);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    const [listed] = await gatehouse.all<Connector>('/api/connectors');
    expect(listed?.name).toBe(name);
    const csv = await gatehouse.call('GET', '/api/audit/export?format=csv', 200);
    expect(csv.text).not.toMatch(/(^|,)"?=HYPERLINK/m);
  });
});

describe('a cron expression', () => {
  it.each<[string, string, 'unix' | 'quartz', RegExp]>([
    ['that never fires', '0 0 30 2 *', 'unix', /never/i],
    ['of a year that is over', '0 0 0 1 1 ? 2020', 'quartz', /over|never/i],
    ['that fires every second', '* * * * * ?', 'quartz', /60 times a minute/],
    ['with seconds in a list', '0,30 * * * * ?', 'quartz', /2 times a minute/],
    ['of 100 kB', '* '.repeat(50_000), 'unix', /at most 200 characters/],
    ['with a range of millions', '1-100000000 * * * *', 'unix', /./],
    ['that is none', 'every day', 'unix', /./],
    ['that is empty', '', 'unix', /./],
  ])('%s is refused at once with the reason', async (_case, expression, dialect, says) => {
    const schedule = { enabled: true, value: { expression, dialect, timeZone: 'UTC' } };
    const started = performance.now();

    const answer = await gatehouse.admin.send('POST', '/api/connectors', { body: body('Acme', schedule) });

    expect(performance.now() - started).toBeLessThan(2_000);
    expect(answer.status).toBe(422);
    expect(['schedule-refused', 'invalid-field']).toContain(answer.json.code);
    const fields = answer.json.fields as { field: string; detail: string }[] | undefined;
    expect(answer.json.field ?? fields?.[0]?.field).toBe('settings.schedule.value.expression');
    expect(answer.json.detail).toMatch(says);
    expect(answer.text.length).toBeLessThan(1_000);
    expect(await gatehouse.all('/api/connectors')).toEqual([]);
  });

  it('in an unknown time zone is refused at that field', async () => {
    const value = { expression: '0 4 * * *', dialect: 'unix' as const, timeZone: 'Mars/Olympus' };

    const answer = await gatehouse.admin.send('POST', '/api/connectors', {
      body: body('Acme', { enabled: true, value }),
    });

    expect(answer.json).toMatchObject({
      code: 'schedule-refused',
      field: 'settings.schedule.value.timeZone',
    });
  });
});

describe('a connection that breaks', () => {
  /** Sends a request and goes away before its answer. */
  async function sendAndLeave(method: string, path: string, content: unknown): Promise<void> {
    const text = JSON.stringify(content);
    await new Promise<void>((resolve) => {
      const request = sendRequest({
        host: '127.0.0.1',
        port: gatehouse.app.port,
        method,
        path,
        agent: false,
        headers: {
          host: 'localhost:8484',
          origin: 'http://localhost:8484',
          cookie: gatehouse.admin.cookie,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        },
      });
      request.on('error', () => resolve());
      request.on('close', () => resolve());
      request.write(text, () => setTimeout(() => request.destroy(), 1));
    });
  }

  it('in the middle of a save doubles nothing', async () => {
    await sendAndLeave('POST', '/api/connectors', body('Acme'));

    const again = await gatehouse.admin.send('POST', '/api/connectors', { body: body('Acme') });

    expect([201, 409]).toContain(again.status);
    expect(await gatehouse.all('/api/connectors')).toHaveLength(1);
  });

  it('in the middle of a run lets the run go on, once', async () => {
    const { id } = await gatehouse.connect({ url: rehearsal.url, token: good });

    await sendAndLeave('POST', `/api/connectors/${id}/runs`, { intent: 'apply' });
    await gatehouse.admin.send('POST', `/api/connectors/${id}/runs`, { body: { intent: 'apply' } });

    const runs = await vi.waitFor(
      async () => {
        const found = await gatehouse.all<{ state: string }>(`/api/connectors/${id}/runs`);
        expect(found.every(({ state }) => state === 'done')).toBe(true);
        return found;
      },
      { timeout: 20_000 },
    );
    expect(runs.length).toBeGreaterThan(0);
    const dump = gatehouse.dump();
    const ids = dump.DirectoryUser.map((row) => (row as { externalId: string }).externalId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a request that is not ours', () => {
  const log = () => gatehouse.app.logs.join('');

  it.each<{ name: string; headers: Record<string, string | undefined>; status: number; code: string }>([
    { name: 'a foreign Host', headers: { host: 'evil.example' }, status: 421, code: 'foreign-host' },
    {
      name: 'a foreign Origin',
      headers: { origin: 'http://evil.example' },
      status: 403,
      code: 'foreign-origin',
    },
    { name: 'no Origin', headers: { origin: undefined }, status: 403, code: 'foreign-origin' },
  ])('$name: $status, logged', async ({ headers, status, code }) => {
    const before = log().split(`"code":"${code}"`).length;

    const answer = await gatehouse.admin.send('POST', '/api/connectors', { body: body('Acme'), headers });

    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(log().split(`"code":"${code}"`).length).toBeGreaterThan(before);
    expect(await gatehouse.all('/api/connectors')).toEqual([]);
  });

  it.each<{ name: string; token: () => string; code: string; open: boolean }>([
    { name: 'a wrong set-up token', token: () => 'gh-setup-wrong', code: 'setup-token-wrong', open: true },
    {
      name: 'a used set-up token',
      token: () => gatehouse.app.app.setUpToken ?? '',
      code: 'setup-done',
      open: false,
    },
  ])('$name: 403, logged', async ({ token, code, open }) => {
    const house = open
      ? await import('../testing.ts').then((testing) => testing.startTestApp())
      : gatehouse.app;

    const answer = await house
      .client()
      .send('POST', '/api/setup', { body: { ...testAdmin, token: token() } });

    expect([answer.status, answer.json.code]).toEqual([403, code]);
    expect(house.logs.join('')).toContain(`"code":"${code}"`);
    if (open) await house.close();
  });
});
