import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestAnswer, type TestApp, testAdmin } from './testing.ts';

let app: TestApp;
const answers: TestAnswer[] = [];
const canaries: Record<string, string> = {};

/** Walks through everything that handles a secret and keeps every answer. */
beforeAll(async () => {
  app = await startTestApp({ environment: { LOG_LEVEL: 'trace' } });
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
  Object.assign(canaries, passwords, { token, firstCookie, lastCookie: browser.cookie.split('=')[1] ?? '' });
});
afterAll(() => app.close());

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
