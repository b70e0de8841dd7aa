import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestClient } from '../testing.ts';

let app: TestApp;
let admin: TestClient;

beforeAll(async () => {
  app = await startTestApp();
  admin = await app.setUp();
});
afterAll(() => app.close());

describe('Host', () => {
  it.each([
    { name: 'ours', path: '/api/server', host: 'localhost:8484', status: 200 },
    { name: 'ours in capitals', path: '/api/server', host: 'LOCALHOST:8484', status: 200 },
    { name: 'foreign', path: '/api/server', host: 'evil.example', status: 421 },
    {
      name: 'foreign with our name in front',
      path: '/api/server',
      host: 'localhost:8484.evil.example',
      status: 421,
    },
    {
      name: 'foreign with our name as user',
      path: '/api/server',
      host: 'localhost:8484@evil.example',
      status: 421,
    },
    { name: 'ours with another port', path: '/api/server', host: 'localhost:9999', status: 307 },
    { name: 'another loopback name', path: '/api/server', host: '127.0.0.1:8484', status: 307 },
    { name: 'health, by address', path: '/healthz', host: '10.1.2.3:8484', status: 200 },
    { name: 'readiness, by address', path: '/readyz', host: '10.1.2.3:8484', status: 200 },
  ])('$name: $status', async ({ path, host, status }) => {
    const answer = await app.client().send('GET', path, { headers: { host } });

    expect(answer.status).toBe(status);
    if (status === 421)
      expect(answer.json).toMatchObject({ code: 'foreign-host', facts: { publicUrl: app.config.publicUrl } });
    if (status === 307) expect(answer.headers.location).toBe(`http://localhost:8484${path}`);
  });

  it('a forwarded host of a proxy that is not trusted changes nothing', async () => {
    const answer = await app.client().send('GET', '/api/server', {
      headers: { host: 'evil.example', 'x-forwarded-host': 'localhost:8484' },
    });

    expect(answer.status).toBe(421);
  });

  it('a write is never redirected', async () => {
    const answer = await app
      .client()
      .send('POST', '/api/session', { body: {}, headers: { host: '127.0.0.1:8484' } });

    expect(answer.status).toBe(421);
  });

  it('shows people a page with the address, and logs it', async () => {
    const answer = await app
      .client()
      .send('GET', '/<b>', { headers: { host: 'evil.example', accept: 'text/html' } });

    expect(answer.status).toBe(421);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.text).toContain('href="http://localhost:8484"');
    expect(answer.text).not.toContain('evil.example');
    expect(app.logs.join('')).toContain('"code":"foreign-host"');
  });

  it.each(['//evil.example/x', '/\\evil.example'])('a redirect to %s stays here', async (path) => {
    const answer = await app.client().send('GET', path, { headers: { host: '127.0.0.1:8484' } });

    expect(new URL(answer.headers.location ?? '').host).toBe('localhost:8484');
  });
});

describe('Origin of writes', () => {
  const own = 'http://localhost:8484';
  it.each([
    { name: 'fetch of our page', headers: { 'sec-fetch-site': 'same-origin', origin: own }, allowed: true },
    { name: 'script with Origin', headers: { origin: own }, allowed: true },
    { name: 'no Origin', headers: { origin: undefined }, allowed: false },
    { name: 'foreign Origin', headers: { origin: 'http://evil.example' }, allowed: false },
    { name: 'null Origin', headers: { origin: 'null' }, allowed: false },
    { name: 'other port', headers: { origin: 'http://localhost:8485' }, allowed: false },
    { name: 'cross-site', headers: { 'sec-fetch-site': 'cross-site', origin: own }, allowed: false },
    { name: 'same-site', headers: { 'sec-fetch-site': 'same-site', origin: own }, allowed: false },
    { name: 'typed address', headers: { 'sec-fetch-site': 'none', origin: own }, allowed: false },
  ])('$name: allowed $allowed', async ({ headers, allowed }) => {
    const answer = await admin.send('DELETE', '/api/sessions', { headers });

    expect(answer.status).toBe(allowed ? 200 : 403);
    if (!allowed) expect(answer.json.code).toBe('foreign-origin');
  });

  it('is logged, and no answer invites other origins', async () => {
    const answer = await admin.send('DELETE', '/api/sessions', {
      headers: { origin: 'http://evil.example' },
    });

    expect(app.logs.at(-2)).toContain('"code":"foreign-origin"');
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('a preflight is not answered', async () => {
    const answer = await app
      .client()
      .send('OPTIONS', '/api/session', { headers: { 'access-control-request-method': 'POST' } });

    expect(answer.status).toBe(405);
  });
});

describe('bodies', () => {
  const big = JSON.stringify({ email: 'x'.repeat(1024 * 1024) });
  it.each([
    {
      name: 'a form',
      body: 'email=a',
      type: 'application/x-www-form-urlencoded',
      status: 415,
      code: 'not-json',
    },
    { name: 'plain text', body: '{}', type: 'text/plain', status: 415, code: 'not-json' },
    { name: 'no body', body: undefined, type: 'application/json', status: 422, code: 'invalid-field' },
    { name: 'no body and no type', body: undefined, type: undefined, status: 415, code: 'not-json' },
    { name: 'broken JSON', body: '{"email":', type: 'application/json', status: 400, code: 'bad-request' },
    { name: 'a list', body: '[]', type: 'application/json', status: 400, code: 'bad-request' },
    { name: 'a number', body: '7', type: 'application/json', status: 400, code: 'bad-request' },
    { name: 'too large', body: big, type: 'application/json', status: 413, code: 'too-large' },
    {
      name: 'another charset',
      body: '{}',
      type: 'application/json; charset=koi8-x',
      status: 415,
      code: 'not-json',
    },
    { name: 'missing fields', body: '{}', type: 'application/json', status: 422, code: 'invalid-field' },
    {
      name: 'a list for a text',
      body: '{"email":[],"password":{}}',
      type: 'application/json',
      status: 422,
      code: 'invalid-field',
    },
    {
      name: '__proto__',
      body: '{"__proto__":{"email":"a","password":"b"}}',
      type: 'application/json',
      status: 422,
      code: 'invalid-field',
    },
  ])('$name: $status $code', async ({ body, type, status, code }) => {
    const answer = await app
      .client()
      .send('POST', '/api/session', { body, headers: { 'content-type': type } });

    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json).toMatchObject({ status, code });
    expect(answer.json.requestId).toBe(answer.headers['x-request-id']);
  });

  it('names every field at once', async () => {
    const body = { email: 'no address', name: '', role: 'owner', password: 'short' };

    const answer = await admin.send('POST', '/api/accounts', { body });

    const fields = answer.json.fields as { field: string; detail: string }[];
    expect(fields.map(({ field }) => field)).toEqual(['email', 'name', 'role', 'password']);
    expect(fields.map(({ detail }) => detail)).toEqual([
      'Enter an e-mail address such as you@company.example.',
      'Enter a name.',
      'This must be one of: admin, support.',
      'A password has at least 12 characters.',
    ]);
  });
});

describe('addresses and methods', () => {
  it.each([
    { method: 'GET', path: '/api/nothing', status: 404, code: 'not-found' },
    { method: 'GET', path: '/api/accounts/x', status: 405, code: 'method-not-allowed' },
    { method: 'DELETE', path: '/api/accounts/x', status: 404, code: 'not-found' },
    { method: 'DELETE', path: '/api/accounts/%E0%A4%A', status: 400, code: 'bad-request' },
    { method: 'PUT', path: '/api/session', status: 405, code: 'method-not-allowed' },
    { method: 'GET', path: '/api/accounts?limit=many', status: 422, code: 'invalid-field' },
    { method: 'GET', path: '/api/accounts?limit=5&limit=6', status: 422, code: 'invalid-field' },
    { method: 'GET', path: '/assets/none.js', status: 404, code: 'not-found' },
  ])('$method $path: $status', async ({ method, path, status, code }) => {
    const answer = await admin.send(method, path);

    expect(answer.status).toBe(status);
    expect(answer.json.code).toBe(code);
  });

  it('says which methods there are', async () => {
    const answer = await admin.send('PUT', '/api/session');

    expect(answer.headers.allow).toBe('POST, GET, DELETE, HEAD');
  });

  it('answers HEAD as GET, without a body', async () => {
    const answer = await admin.send('HEAD', '/api/session');

    expect(answer).toMatchObject({ status: 200, text: '' });
  });
});

describe('headers', () => {
  it('has the content security policy, word by word, with a new nonce each time', async () => {
    const [first, second] = [await admin.send('GET', '/api/docs'), await admin.send('GET', '/api/docs')];

    const policy = String(first.headers['content-security-policy']);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(policy.split(';')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "connect-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "manifest-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
    ]);
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
    expect(first.text).toContain(`<style nonce="${nonce}">`);
    expect(second.headers['content-security-policy']).not.toContain(nonce);
  });

  it('has the other headers, and none that tells the software', async () => {
    const { headers } = await admin.send('GET', '/api/server');

    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
    });
    expect(headers).not.toHaveProperty('strict-transport-security');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('takes the request id of a proxy, or makes one', async () => {
    const taken = await admin.send('GET', '/healthz', { headers: { 'x-request-id': 'proxy-id-1234' } });
    const made = await admin.send('GET', '/healthz', { headers: { 'x-request-id': '<script>' } });

    expect(taken.headers['x-request-id']).toBe('proxy-id-1234');
    expect(made.headers['x-request-id']).toMatch(/^[\w-]{16}$/);
  });
});

describe('GET /api/server', () => {
  it('tells its checks to the staff, and to strangers only while set-up is open', async () => {
    const open = await startTestApp();
    const before = await open.client().send('GET', '/api/server');
    await open.close();
    const after = await app.client().send('GET', '/api/server');
    const signedIn = await admin.send('GET', '/api/server');

    const codes = ['public-url', 'transport', 'database', 'data-directory', 'encryption-key'];
    expect(before.json).toMatchObject({ setUpDone: false, checks: codes.map((code) => ({ code })) });
    expect(after.json).toMatchObject({ setUpDone: true, checks: [] });
    expect(signedIn.json.checks).toHaveLength(codes.length);
  });
});

describe('a server that is stopping', () => {
  it('says so, and is still alive', async () => {
    const stopping = await startTestApp();
    stopping.app.stopTaking();

    const answers = await Promise.all(
      ['/healthz', '/readyz', '/api/server', '/'].map((path) => stopping.client().send('GET', path)),
    );

    expect(answers.map((answer) => answer.status)).toEqual([200, 503, 503, 503]);
    expect(answers[1]?.json).toMatchObject({ code: 'not-ready', facts: { status: 'stopping' } });
    await stopping.close();
  });
});

describe('the interface that is not built', () => {
  it('says so to people, and leaves the API alone', async () => {
    const page = await admin.send('GET', '/connectors', { headers: { accept: 'text/html' } });
    const script = await admin.send('GET', '/connectors', { headers: { accept: 'application/json' } });

    expect(page.status).toBe(503);
    expect(page.text).toContain('not built');
    expect(script.status).toBe(404);
  });
});
