import { type IncomingMessage, type RequestOptions, request as sendRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import type { LoginResult } from '@gatehouse/login/login-result';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../logging/logger.ts';
import { type Listening, listen } from '../listen.ts';
import { requestLog } from '../request-log.ts';
import { securityHeaders } from '../security-headers.ts';
import { loginDoors } from './login-doors.ts';
import { doorPorts, doorToken } from './testing.ts';

const callbackPath = `/sso/callback/${'i'.repeat(22)}`;
const open: Listening[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop(0);
});

/** `fetch` is no navigation and says so in its headers. */
async function exchange(options: RequestOptions) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sendRequest(options).once('response', resolve).once('error', reject).end();
  });
  const body = await text(response);
  const headers = new Headers(
    Object.entries(response.headers).map(([name, value]) => [name, String(value)] as [string, string]),
  );
  return { status: response.statusCode ?? 0, headers, text: async () => body };
}

async function start(options: Parameters<typeof doorPorts>[0] = {}) {
  const { ports, record } = doorPorts(options);
  const app = express();
  const logs: string[] = [];
  const destination = { write: (line: string) => void logs.push(line) };
  app.use(requestLog(createLogger({ logLevel: 'debug', destination })), securityHeaders(ports.publicUrl));
  app.use(loginDoors(ports, []));
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  open.push(server);
  const go = (path: string, { method = 'GET', headers = {} }: { method?: string; headers?: object } = {}) =>
    exchange({ host: '127.0.0.1', port: server.port, path, method, headers: { ...headers }, agent: false });
  return { go, record, logs };
}

describe('the start of a login', () => {
  it('sends the browser to the identity provider by 303, with a cookie of its own', async () => {
    const { go, record } = await start();

    const answer = await go('/sso/jira/login?return=%2Fbrowse%2FA-1');

    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('https://acme.okta.com/oauth2/v1/authorize?state=s');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    const cookie =
      /^gatehouse-login-8484=([\w-]{43}); Max-Age=3600; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/;
    const secret = cookie.exec(answer.headers.get('set-cookie') ?? '')?.[1];
    expect(record.begun).toMatchObject([{ browserSecret: secret }]);
  });

  it('has a cookie that no other host can plant, over https', async () => {
    const { go } = await start({ publicUrl: 'https://sso.acme.example' });

    const cookie = (await go('/sso/jira/login')).headers.get('set-cookie');

    expect(cookie).toMatch(/^__Host-gatehouse-login=[\w-]{43}; .*HttpOnly; Secure; SameSite=Lax$/);
    expect(cookie).not.toContain('Domain');
  });

  it.each([
    ['kept', 'k'.repeat(43), true],
    ['made anew when it is not one of ours', 'x', false],
  ])('the cookie is %s', async (_name, secret, isKept) => {
    const { go, record } = await start();

    await go('/sso/jira/login', { headers: { cookie: `gatehouse-login-8484=${secret}` } });

    expect(record.begun[0]?.browserSecret === secret).toBe(isKept);
  });

  it('goes to the product itself when the switch is off', async () => {
    const { go, record } = await start({ redirection: { enabled: false } });

    const answer = await go('/sso/jira/login');

    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('https://tools.acme.example/jira/login.jsp?nosso');
    expect(record.begun).toEqual([]);
  });

  it('is a page with the tracker id when it cannot begin', async () => {
    const { go, logs } = await start({ begin: () => Promise.reject(new Error('disk full')) });

    const answer = await go('/sso/jira/login');
    const page = await answer.text();

    expect(answer.status).toBe(500);
    expect(page).toContain('9BC-5KE');
    expect(page).not.toContain('disk full');
    expect(logs.join('')).toContain('disk full');
  });
});

describe.each([
  ['start', '/sso/jira/login'],
  ['callback', `${callbackPath}?code=c&state=s`],
  ['continue', `/t/${doorToken}/continue`],
])('the %s', (_name, path) => {
  it.each([
    [{ 'sec-fetch-mode': 'no-cors' }],
    [{ 'sec-fetch-mode': 'cors' }],
    [{ 'sec-purpose': 'prefetch' }],
    [{ 'sec-purpose': 'prefetch;prerender' }],
    [{ purpose: 'prefetch' }],
  ])('refuses %o and does nothing', async (headers) => {
    const { go, record } = await start();

    const answer = await go(path, { headers });

    expect(answer.status).toBe(403);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect([record.begun, record.completed]).toEqual([[], []]);
  });

  it('does nothing for HEAD', async () => {
    const { go, record } = await start();

    const answer = await go(path, { method: 'HEAD' });

    expect(answer.status).toBe(204);
    expect([record.begun, record.completed]).toEqual([[], []]);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('answers 405 to %s', async (method) => {
    const { go, record } = await start();

    const answer = await go(path, { method });

    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
    expect([record.begun, record.completed]).toEqual([[], []]);
  });
});

describe('the link of a test', () => {
  it('can be looked at as often as one likes, and is used up by Continue', async () => {
    const { go, record } = await start();
    const look = () => go(`/t/${doorToken}`);

    for (let times = 0; times < 3; times += 1) expect((await look()).status).toBe(200);
    expect((await go(`/t/${doorToken}`, { method: 'HEAD' })).status).toBe(200);
    const page = await (await look()).text();
    const href = /class="act first" href="([^"]+)"/.exec(page)?.[1];

    expect(href).toBe(`http://localhost:8484/t/${doorToken}/continue`);
    expect(page).toContain('Priya Raman asked you to test logging in through Okta.');
    expect(record.begun).toEqual([]);
    expect((await go(`/t/${doorToken}/continue`)).status).toBe(303);
    expect((await go(`/t/${doorToken}/continue`)).status).toBe(410);
    expect((await look()).status).toBe(410);
    expect(record.begun).toHaveLength(1);
  });

  it.each(['cross-site', 'same-site', 'none'])(
    'asks first whom somebody else’s link (%s) leads past the page',
    async (site) => {
      const { go, record } = await start();
      const at = (from: string) =>
        go(`/t/${doorToken}/continue`, {
          headers: { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': from },
        });

      const answer = await at(site);

      expect(answer.status).toBe(200);
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(await answer.text()).toContain(`href="http://localhost:8484/t/${doorToken}/continue"`);
      expect(record.begun).toEqual([]);
      expect((await at('same-origin')).status).toBe(303);
    },
  );
});

describe('the way back', () => {
  const failed: LoginResult = {
    ok: false,
    purpose: { kind: 'login', applicationId: 3, returnUrl: 'https://tools.acme.example/jira/browse/A-1' },
    tracker: '4KX-9TQ',
    failure: {
      code: 'upstream-not-assigned',
      step: 'returned',
      facts: { description: 'User is not assigned' },
    },
  };

  it('hands the query over as it came', async () => {
    const { go, record } = await start({ result: failed });

    await go(`${callbackPath}?code=%41&state=a+b&state=%2B&x`, {
      headers: { cookie: `gatehouse-login-8484=${'k'.repeat(43)}` },
    });

    expect(record.completed).toEqual([
      { idpId: 'i'.repeat(22), browserSecret: 'k'.repeat(43), rawQuery: 'code=%41&state=a+b&state=%2B&x' },
    ]);
  });

  it('says what happened, with the id to quote and ways on', async () => {
    const { go } = await start({ result: failed, owner: { supportAddress: 'it@acme.example' } });

    const answer = await go(callbackPath);
    const page = await answer.text();

    expect(answer.status).toBe(403);
    expect(page).toContain('<code>4KX-9TQ</code>');
    expect(page).toContain('You have no access to Jira yet');
    expect(page).toContain('href="mailto:it@acme.example?subject=Login%20problem%204KX-9TQ');
    expect(page).toContain(
      'href="http://localhost:8484/sso/jira/login?return=https%3A%2F%2Ftools.acme.example%2Fjira%2Fbrowse%2FA-1"',
    );
    expect(page).toContain('/jira/login.jsp?nosso&amp;os_destination=%2Fbrowse%2FA-1');
    expect(page).not.toContain('not assigned');
  });

  it('runs no script and loads nothing', async () => {
    const { go } = await start({ result: failed });

    const answer = await go(callbackPath);
    const policy = answer.headers.get('content-security-policy') ?? '';

    expect(policy).toMatch(
      /^default-src 'none'; style-src 'nonce-[^']+'; img-src data:; frame-ancestors 'none'; /,
    );
    expect(await answer.text()).not.toMatch(/<script|style="|\son\w+=/);
  });

  it('shows who was signed in as text only', async () => {
    const name = '<script>alert(1)</script>\u202e';
    const { go } = await start({
      owner: { organizationName: `Acme ${name}`, supportText: name },
      result: {
        ok: true,
        purpose: { kind: 'login', applicationId: 3, returnUrl: null },
        tracker: '4KX-9TQ',
        person: {
          id: 1,
          publicId: 'p',
          active: true,
          connectorId: null,
          madeByLogin: false,
          externalId: null,
          revision: 1,
          groups: [name],
          username: name,
          email: name,
          firstName: name,
          lastName: name,
          displayName: name,
        },
        label: name,
        subject: name,
        issuer: 'https://acme.okta.com',
        update: null,
      },
    });

    const answer = await go(callbackPath);
    const page = await answer.text();

    expect(answer.status).toBe(200);
    expect(page).not.toContain('<script');
    expect(page).not.toContain('\u202e');
    expect(page).toContain('href="https://tools.acme.example/jira/"');
    expect(page).toContain('Continue to Jira');
  });
});

describe('what leads nowhere', () => {
  const code = 'Qm9vRz7xk2-PpL4vT_9sWcE1yUoN3bHdA8iJ6fKgZ0M';

  it.each([
    `/sso/callback/${code}`,
    `/sso/${code}/login`,
    `${callbackPath}%3Fcode=${code}`,
    `${callbackPath}%3fcode=short`,
    `/t/${code}/continue`,
  ])('%s is logged without what may be secret', async (path) => {
    const { go, logs } = await start();

    await go(path);

    expect(logs.join('')).toContain('"status":404');
    expect(logs.join('')).not.toMatch(/Qm9v|short/);
  });

  it.each([
    '/sso/confluence/login',
    '/sso/JIRA/login',
    '/sso/jira',
    '/sso/callback/login',
    '/sso/%zz/login',
    '/sso',
    '/t/nothing',
    '/t/nothing/continue',
    '/t',
    callbackPath,
  ])('%s is a page with 404', async (path) => {
    const { go, record } = await start();

    const answer = await go(path);

    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('There is nothing at this address');
    expect(record.begun).toEqual([]);
  });
});
