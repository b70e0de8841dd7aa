import { afterEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../testing.ts';
import { defaultRateLimits, type RateLimits } from './rate-limits.ts';

let app: TestApp;
afterEach(() => app.close());

async function start(limits: Partial<RateLimits>): Promise<void> {
  app = await startTestApp({
    environment: { TRUST_PROXY: '127.0.0.1' },
    overrides: { rateLimits: { ...defaultRateLimits, ...limits } },
  });
}

async function statusFrom(address: string, method = 'GET', path = '/api/server'): Promise<number> {
  const headers = { 'x-forwarded-for': address };
  return (await app.client().send(method, path, { headers, ...(method === 'GET' ? {} : { body: {} }) }))
    .status;
}

describe('limits', () => {
  it.each([
    { name: 'one address', addresses: ['203.0.113.1', '203.0.113.1', '203.0.113.1'], third: 429 },
    { name: 'two addresses', addresses: ['203.0.113.1', '203.0.113.1', '203.0.113.2'], third: 200 },
    { name: 'one IPv6 /64', addresses: ['2001:db8::1', '2001:db8::2', '2001:db8:0:0:ffff::3'], third: 429 },
    { name: 'two IPv6 /64', addresses: ['2001:db8::1', '2001:db8::2', '2001:db8:0:1::3'], third: 200 },
  ])('per address, $name: $third', async ({ addresses, third }) => {
    await start({ perAddress: 2 });
    const statuses: number[] = [];
    for (const address of addresses) statuses.push(await statusFrom(address));

    expect(statuses).toEqual([200, 200, third]);
  });

  it('over all addresses', async () => {
    await start({ overall: 2 });

    expect([
      await statusFrom('203.0.113.1'),
      await statusFrom('203.0.113.2'),
      await statusFrom('203.0.113.3'),
    ]).toEqual([200, 200, 429]);
  });

  it('over all addresses, where what one address sends too much does not count', async () => {
    await start({ overall: 3, perAddress: 1 });
    for (let sent = 0; sent < 5; sent += 1) await statusFrom('203.0.113.1');

    expect(await statusFrom('203.0.113.2')).toBe(200);
  });

  it('for sign-ins apart, and reading who is signed in is none', async () => {
    await start({ credentialsPerAddress: 1 });

    const statuses = [
      await statusFrom('203.0.113.1', 'GET', '/api/session'),
      await statusFrom('203.0.113.1', 'POST', '/api/session'),
      await statusFrom('203.0.113.1', 'POST', '/api/session'),
      await statusFrom('203.0.113.1', 'GET', '/api/session'),
      await statusFrom('203.0.113.1'),
    ];

    expect(statuses).toEqual([401, 422, 429, 401, 200]);
  });

  it('for logins apart, with a page', async () => {
    await start({ loginsPerAddress: 1, perAddress: 1 });
    const headers = { 'x-forwarded-for': '203.0.113.1', accept: 'text/html' };
    const visit = (path: string) => app.client().send('GET', path, { headers });

    const answers = [
      await visit('/sso/none/login'),
      await visit('/sso/none/login'),
      await visit(`/t/${'x'.repeat(22)}`),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 429, 429]);
    expect(answers[1]?.headers['retry-after']).toMatch(/^\d+$/);
    expect(answers[1]?.text).toContain('Too many logins at once');
    expect(await statusFrom('203.0.113.1')).toBe(200);
    expect(await statusFrom('203.0.113.2', 'GET', '/sso/none/login')).toBe(404);
  });

  it('leave health alone', async () => {
    await start({ overall: 1, perAddress: 1 });

    const statuses = [1, 2, 3].map(() => statusFrom('203.0.113.1', 'GET', '/healthz'));

    expect(await Promise.all(statuses)).toEqual([200, 200, 200]);
  });
});
