import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startTestApp, type TestAnswer, type TestApp, testAdmin } from './testing.ts';

let app: TestApp;
let okta: Server;
const seenByOkta: string[] = [];
const answers: TestAnswer[] = [];
const canaries: Record<string, string> = {};

/** Walks through everything that handles a secret and keeps every answer. */
beforeAll(async () => {
  const origin = await startTellTale();
  app = await startTestApp({
    environment: { LOG_LEVEL: 'trace', OUTBOUND_ALLOW: origin },
    overrides: { now: Date.now },
  });
  const browser = app.client();
  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const answer = await browser.send(method, path, { body, headers });
    answers.push(answer);
    return answer;
  }
  const passwords = {
    first: 'canary copper lagoon forty',
    second: 'canary silver meadow fifty',
    other: 'canary walnut glacier sixty',
  };
  const token = app.app.setUpToken ?? '';
  await call('GET', `/setup?token=${token}`, undefined, { accept: 'text/html' });
  await call('POST', '/api/setup', {
    ...testAdmin,
    token: `${token.slice(0, -1)}!`,
    password: passwords.first,
  });
  await call('POST', '/api/setup', { ...testAdmin, token, password: passwords.first });
  const firstCookie = browser.cookie.split('=')[1] ?? '';
  await call('POST', '/api/setup', { ...testAdmin, token, password: passwords.first });
  await call('POST', '/api/session', { email: passwords.first, password: passwords.first });
  await call('POST', '/api/session', `{"email":"a","password":"${passwords.first}`);
  await call('PUT', '/api/session/password', {
    currentPassword: passwords.first,
    newPassword: passwords.second,
  });
  await call('POST', '/api/accounts', {
    email: 'sam@example.com',
    name: 'Sam',
    role: 'owner',
    password: passwords.other,
  });
  await call('POST', '/api/accounts', {
    email: 'sam@example.com',
    name: 'Sam',
    role: 'support',
    password: passwords.other,
  });
  const apiToken = `00canary${'T'.repeat(34)}`;
  const plainToken = 'plain-looking-canary-token';
  const settings = { domain: origin, schedule: { enabled: false, value: null } };
  for (const token of [apiToken, plainToken]) {
    const body = { kind: 'okta', name: `Connector ${token.length}`, apiToken: token, settings };
    const connector = await call('POST', '/api/connectors', body);
    await call('POST', `/api/connectors/${connector.json.id}/test?wait=true`);
    const run = await call('POST', `/api/connectors/${connector.json.id}/runs`, { intent: 'simulate' });
    await vi.waitFor(
      async () => expect((await call('GET', `/api/runs/${run.json.id}`)).json.state).toBe('failed'),
      { timeout: 30_000, interval: 200 },
    );
    for (const path of [
      `/api/connectors/${connector.json.id}`,
      `/api/connectors/${connector.json.id}/test`,
      `/api/runs/${run.json.id}/steps`,
    ]) {
      await call('GET', path);
    }
  }
  for (const path of [
    '/api/session',
    '/api/sessions',
    '/api/accounts',
    '/api/audit',
    '/api/server',
    '/api/overview',
    '/api/connectors',
    '/api/runs',
    '/api/docs',
    '/api/openapi.json',
  ]) {
    await call('GET', path);
  }
  await call('GET', '/api/audit/export?format=csv');
  Object.assign(canaries, passwords, {
    token,
    apiToken,
    plainToken,
    firstCookie,
    lastCookie: browser.cookie.split('=')[1] ?? '',
  });
});
afterAll(async () => {
  await app.close();
  okta.close();
});

/** An Okta that refuses, and repeats in its answers whatever it was sent. */
async function startTellTale(): Promise<string> {
  okta = createServer((request, response) => {
    const sent = String(request.headers.authorization);
    seenByOkta.push(sent);
    const body = {
      errorCode: 'E0000011',
      errorSummary: `Invalid token provided: ${sent}`,
      errorCauses: [{ errorSummary: sent }],
    };
    response.writeHead(401, { 'content-type': 'application/json', 'x-echo': sent }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => okta.listen(0, '127.0.0.1', resolve));
  const address = okta.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

it('the tokens did go to their host', () => {
  expect(seenByOkta).toContain(`SSWS ${canaries.apiToken}`);
  expect(seenByOkta).toContain(`SSWS ${canaries.plainToken}`);
});

it('no answer carries one, apart from the cookie that it sets', () => {
  for (const [name, value] of Object.entries(canaries)) {
    expect(value.length, name).toBeGreaterThan(20);
    for (const answer of answers) {
      const headers = JSON.stringify({ ...answer.headers, 'set-cookie': undefined });
      expect(answer.text + headers, name).not.toContain(value);
    }
  }
});

it('no log line carries one', () => {
  const log = app.logs.join('');
  expect(log).toContain('/api/setup');

  for (const [name, value] of Object.entries(canaries)) expect(log, name).not.toContain(value);
});

it('no file of the data directory carries one', () => {
  const files = readdirSync(app.config.dataDir, { recursive: true, encoding: 'utf8' })
    .map((file) => join(app.config.dataDir, file))
    .filter((file) => statSync(file).isFile());
  expect(files.map((file) => file.split('/').at(-1))).toContain('gatehouse.db');

  for (const file of files) {
    const content = readFileSync(file, 'latin1');
    for (const [name, value] of Object.entries(canaries))
      expect(content.includes(value), `${name} in ${file}`).toBe(false);
  }
});
