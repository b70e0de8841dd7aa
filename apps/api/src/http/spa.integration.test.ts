import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../testing.ts';

const page =
  '<!doctype html><meta nonce="__NONCE__"><style nonce="__NONCE__"></style><script src="/assets/a-1.js"></script>';

let web: string;
let app: TestApp;
beforeAll(async () => {
  web = mkdtempSync(join(tmpdir(), 'gatehouse-web-'));
  mkdirSync(join(web, 'assets'));
  writeFileSync(join(web, 'index.html'), page);
  writeFileSync(join(web, 'favicon.svg'), '<svg/>');
  writeFileSync(join(web, '.stamp'), 'hidden');
  writeFileSync(join(web, 'assets/a-1.js'), `console.log(${JSON.stringify('x'.repeat(5_000))})`);
  app = await startTestApp({ overrides: { webDirectory: web } });
});
afterAll(async () => {
  await app.close();
  rmSync(web, { recursive: true, force: true });
});

async function get(path: string, headers: Record<string, string> = { accept: 'text/html,*/*;q=0.8' }) {
  return await app.client().send('GET', path, { headers });
}

describe('the page', () => {
  it.each(['/', '/connectors', '/runs/149/review?category=added', '/setup?token=x'])(
    'stands at %s',
    async (path) => {
      const answer = await get(path);

      const nonce = /'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))?.[1];
      expect(answer.status).toBe(200);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.text).toBe(page.replaceAll('__NONCE__', String(nonce)));
    },
  );

  it.each(['/api/nothing', '/crowd/rest', '/oidc/x', '/sso/jira/login', '/t/abc', '/assets/none.js'])(
    'does not stand at %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('is not sent to scripts, nor for writes', async () => {
    const write = await app.client().send('POST', '/connectors', { headers: { accept: 'text/html' } });

    expect((await get('/connectors', { accept: 'application/json' })).status).toBe(404);
    expect(write.status).toBe(404);
  });

  it.each([
    '/index.html',
    '/index%2ehtml',
    '/%69ndex.html',
    '/INDEX.HTML',
    '//index.html',
    '/assets/../index.html',
  ])('never leaves with the placeholder, also as %s', async (path) => {
    const answer = await get(path);

    expect(answer.text).not.toContain('__NONCE__');
  });
});

describe('files', () => {
  it('with a hash stay for a year, compressed where the browser can', async () => {
    const plain = await get('/assets/a-1.js');
    const packed = await get('/assets/a-1.js', { 'accept-encoding': 'gzip' });

    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.headers['content-type']).toContain('javascript');
    expect(packed.headers['content-encoding']).toBe('gzip');
  });

  it.each([
    { path: '/favicon.svg', status: 200 },
    { path: '/.stamp', status: 404 },
    { path: '/assets/../index.html', status: 404 },
    { path: '/assets/%2e%2e/%2e%2e/package.json', status: 404 },
    { path: '/..%2f..%2fpackage.json', status: 404 },
  ])('$path: $status', async ({ path, status }) => {
    const answer = await get(path, { accept: 'application/json' });

    expect([status, status === 404 ? 403 : status]).toContain(answer.status);
  });
});
