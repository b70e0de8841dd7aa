import { type IncomingMessage, request as sendRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startTestApp, type TestApp, type TestClient, testAdmin } from '../testing.ts';

let app: TestApp;
let admin: TestClient;
beforeEach(async () => {
  app = await startTestApp({ overrides: { heartbeatMs: 50 } });
  admin = await app.setUp();
});
afterEach(() => app.close());

type Stream = { status: number; response: IncomingMessage; text: () => string; ended: Promise<void> };

async function open(client: TestClient, headers: Record<string, string> = {}): Promise<Stream> {
  return await new Promise((resolve, reject) => {
    const request = sendRequest({
      host: '127.0.0.1',
      port: app.port,
      path: '/api/events',
      agent: false,
      headers: { host: 'localhost:8484', cookie: client.cookie, 'accept-encoding': 'gzip, br', ...headers },
    });
    request.once('error', reject);
    request.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      const ended = new Promise<void>((done) => response.once('close', () => done()));
      resolve({ status: response.statusCode ?? 0, response, text: () => text, ended });
    });
    request.end();
  });
}

/** Makes one change that is announced under the topics `accounts` and `audit`. */
async function change(name: string): Promise<void> {
  const account = (await admin.send('GET', '/api/session')).json.account as { id: string };
  await admin.send('PATCH', `/api/accounts/${account.id}`, { body: { name } });
}

function topicsOf(text: string): string[] {
  return [...text.matchAll(/"topic":"([^"]+)"/g)].map((match) => match[1] ?? '');
}

function lastIdOf(text: string): string {
  return [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? '';
}

it('streams what changed, uncompressed, with rising versions as ids', async () => {
  const stream = await open(admin);

  await change('Ann B.');
  await vi.waitFor(() => expect(topicsOf(stream.text())).toEqual(['accounts', 'audit']));

  expect(stream.response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
  });
  expect(stream.response.headers).not.toHaveProperty('content-encoding');
  const versions = [...stream.text().matchAll(/^id: (\d+)\ndata: .*"version":(\d+)}$/gm)];
  expect(versions.map((match) => match[1] === match[2])).toEqual([true, true]);
  expect(Number(versions[1]?.[1])).toBe(Number(versions[0]?.[1]) + 1);
  stream.response.destroy();
});

it('replays what came after Last-Event-ID', async () => {
  const first = await open(admin);
  await change('Ann B.');
  await vi.waitFor(() => expect(topicsOf(first.text())).toHaveLength(2));
  first.response.destroy();
  await change('Ann C.');

  const second = await open(admin, { 'last-event-id': lastIdOf(first.text()) });

  await vi.waitFor(() => expect(topicsOf(second.text())).toEqual(['accounts', 'audit']));
  second.response.destroy();
});

it.each([
  { name: 'of before the start', id: '12' },
  { name: 'of the future', id: '9007199254740990' },
  { name: 'that is no number', id: 'x' },
])('asks to fetch everything anew for an id $name', async ({ id }) => {
  const stream = await open(admin, { 'last-event-id': id });

  await vi.waitFor(() => expect(topicsOf(stream.text())).toEqual(['reset']));
  stream.response.destroy();
});

it('beats, and neither keeps a session alive nor outlives it', async () => {
  const stream = await open(admin);
  await vi.waitFor(() => expect(stream.text()).toContain(': heartbeat'));

  app.clock.now += 30 * 60_000;

  await stream.ended;
  expect((await admin.send('GET', '/api/session')).status).toBe(401);
});

it.each([
  { name: 'signing out', end: () => admin.send('DELETE', '/api/session') },
  {
    name: 'a new password',
    end: () =>
      admin.send('PUT', '/api/session/password', {
        body: { currentPassword: testAdmin.password, newPassword: 'granite tulip wharf ninety' },
      }),
  },
  { name: 'the stop of the server', end: async () => app.app.stopTaking() },
])('ends with $name', async ({ end }) => {
  const stream = await open(admin);

  await end();

  await stream.ended;
  expect(stream.response.complete).toBe(true);
});

it('needs a session', async () => {
  const stream = await open(app.client());

  expect(stream.status).toBe(401);
});

it('allows so many streams a session, and the place of a closed one is free', async () => {
  const streams = await Promise.all(Array.from({ length: 12 }, () => open(admin)));
  const refused = await open(admin);
  streams[0]?.response.destroy();
  await wait(50);
  const accepted = await open(admin);

  expect(refused.status).toBe(429);
  expect(accepted.status).toBe(200);
  for (const stream of [...streams, accepted]) stream.response.destroy();
});

it('answers HEAD without a stream', async () => {
  const answer = await admin.send('HEAD', '/api/events');

  expect(answer.status).toBe(200);
});
