import { describe, expect, it } from 'vitest';
import { type OktaCall, OktaClient } from './client.ts';
import { defaultOktaTiming } from './okta-timing.ts';
import { RatePacer } from './pacing.ts';
import { type FakeAnswer, fakeFetch, frozenClock, recordingObserver } from './test-support.ts';

const ok: FakeAnswer = { body: [{ id: '00u1' }] };

function oktaError(status: number, errorCode: string): FakeAnswer {
  return { status, body: { errorCode, errorSummary: 'secret text of the body', errorId: 'oaeA1' } };
}

/** `left` seconds until the window ends, by the clock of the answer. */
function limited(status: number, at: { limit: number; remaining: number; left: number }, body: unknown = []) {
  const date = 'Sat, 21 Nov 2026 02:14:41 GMT';
  return {
    status,
    body,
    headers: {
      date,
      'x-rate-limit-limit': String(at.limit),
      'x-rate-limit-remaining': String(at.remaining),
      'x-rate-limit-reset': String(Date.parse(date) / 1000 + at.left),
    },
  };
}

function setUp(answers: readonly FakeAnswer[], options: { patient?: boolean; random?: number } = {}) {
  const clock = frozenClock();
  const watched = recordingObserver();
  const stop = new AbortController();
  const server = fakeFetch((_path, nth) => answers[nth - 1] ?? answers.at(-1) ?? ok);
  const client = new OktaClient({
    origin: 'https://acme.okta.com',
    token: '00secret',
    fetch: server.fetch,
    timing: defaultOktaTiming,
    now: clock.now,
    random: () => options.random ?? 0.5,
    sleep: clock.sleep,
    pacer: new RatePacer(),
    observer: watched.observer,
    signal: stop.signal,
    patient: options.patient ?? true,
  });
  return { client, clock, stop, ...server, ...watched };
}

const users: OktaCall = {
  address: () => '/api/v1/users?limit=200',
  bucket: '/api/v1/users',
  shape: 'list',
  subject: { collection: 'users', page: 1 },
};

describe('a call', () => {
  it('carries the token, asks for no credentials and is bounded in time and size', async () => {
    const { client, requests } = setUp([ok]);

    await client.get(users);

    expect(requests).toMatchObject([
      {
        url: 'https://acme.okta.com/api/v1/users?limit=200',
        headers: {
          accept: 'application/json',
          authorization: 'SSWS 00secret',
          'content-type':
            'application/json; okta-response="omitCredentials,omitCredentialsLinks,omitTransitioningToStatus"',
        },
        timeoutMs: 10_000,
        maxBytes: 5 * 1024 * 1024,
      },
    ]);
  });

  it('for everybody carries no token', async () => {
    const { client, requests } = setUp([{ body: {} }]);

    await client.get({ ...users, shape: 'object', isPublic: true });

    expect(JSON.stringify(requests)).not.toContain('00secret');
  });

  it('keeps the date of the first answer as the source’s clock', async () => {
    const { client } = setUp([limited(200, { limit: 300, remaining: 200, left: 30 }), ok]);

    await client.get(users);
    await client.get(users);

    expect(client.sourceTime).toBe('2026-11-21T02:14:41.000Z');
    expect(client.calls).toBe(2);
  });
});

describe('an answer', () => {
  it.each<[string, FakeAnswer, string, 'soft' | 'hard', number]>([
    ['500', oktaError(500, 'E0000009'), 'server-failed', 'soft', 4],
    ['503 with HTML of a proxy', { status: 503, body: '<html>down</html>' }, 'server-failed', 'soft', 4],
    ['401 E0000011', oktaError(401, 'E0000011'), 'token-invalid', 'hard', 1],
    ['401 E0000004', oktaError(401, 'E0000004'), 'token-invalid', 'hard', 1],
    ['401 E0000015', oktaError(401, 'E0000015'), 'token-forbidden', 'hard', 1],
    ['403 E0000006', oktaError(403, 'E0000006'), 'token-forbidden', 'hard', 1],
    ['403 E0000005', oktaError(403, 'E0000005'), 'token-invalid', 'hard', 1],
    ['401 without Okta’s body', { status: 401, body: {} }, 'token-invalid', 'hard', 1],
    ['403 without Okta’s body', { status: 403, body: {} }, 'token-forbidden', 'hard', 1],
    ['403 with HTML', { status: 403, body: '<h1>no</h1>' }, 'not-the-source', 'hard', 1],
    ['400 E0000031', oktaError(400, 'E0000031'), 'server-failed', 'hard', 1],
    ['405 E0000022', oktaError(405, 'E0000022'), 'server-failed', 'hard', 1],
    ['404 that is not Okta’s', { status: 404, body: 'nothing here' }, 'not-the-source', 'hard', 1],
    ['HTML', { body: '<!doctype html><p>secret text of the body</p>' }, 'not-the-source', 'hard', 1],
    ['a list cut off', { body: '[{"id":"00u1"},{"id' }, 'answer-truncated', 'soft', 4],
    ['nothing', { body: '' }, 'answer-truncated', 'soft', 4],
    ['text', { body: 'secret text of the body' }, 'answer-unreadable', 'soft', 4],
    ['an object for a list', { body: { secret: 'secret text of the body' } }, 'answer-unreadable', 'soft', 4],
    ['no address', 'not-resolved', 'host-not-resolved', 'soft', 4],
    ['a refused connection', 'connection-refused', 'host-refused', 'soft', 4],
    ['no answer in time', 'timed-out', 'host-timed-out', 'soft', 4],
    ['a broken connection', 'connection-lost', 'answer-truncated', 'soft', 4],
    ['too much', 'too-large', 'answer-too-large', 'hard', 4],
    ['a private address', 'blocked-address', 'host-blocked', 'hard', 1],
    ['a scheme that is not allowed', 'blocked-scheme', 'host-blocked', 'hard', 1],
    ['an address that cannot be written', 'invalid-request', 'host-blocked', 'hard', 1],
    ['a redirect', 'blocked-redirect', 'host-redirects', 'hard', 1],
    ['a certificate that is not trusted', 'tls-failed', 'host-tls', 'hard', 1],
    ['a cancelled call', 'aborted', 'cancelled', 'soft', 1],
  ])('%s', async (_name, answer, code, severity, tries) => {
    const { client, requests } = setUp([answer]);

    const error = await client.get(users).catch((reason: unknown) => reason);

    expect(error).toMatchObject({ name: 'SourceError', code, severity });
    expect(requests).toHaveLength(tries);
    expect(JSON.stringify({ error, cause: String((error as Error).cause) })).not.toMatch(/secret/);
  });

  it('404 E0000007 is an answer: there is no such thing', async () => {
    const { client } = setUp([oktaError(404, 'E0000007')]);

    expect(await client.get(users)).toMatchObject({ kind: 'missing' });
  });

  it('keeps what Okta’s support asks for', async () => {
    const { client } = setUp([
      { ...(oktaError(403, 'E0000006') as object), headers: { 'x-okta-request-id': 'Xy-1_z' } },
    ]);

    await expect(client.get(users)).rejects.toMatchObject({
      facts: {
        host: 'acme.okta.com',
        status: 403,
        oktaCode: 'E0000006',
        oktaErrorId: 'oaeA1',
        oktaRequestId: 'Xy-1_z',
        collection: 'users',
        page: 1,
      },
    });
  });

  it('does not keep a code or an id that is none', async () => {
    const body = { errorCode: '<b>', errorId: 'a b' };
    const { client } = setUp([{ status: 403, body, headers: { 'x-okta-request-id': '"><script>' } }]);

    await expect(client.get(users)).rejects.toMatchObject({
      facts: { oktaCode: null, oktaErrorId: null, oktaRequestId: null },
    });
  });

  it('HTML from a host that was Okta a moment ago may pass', async () => {
    const { client } = setUp([ok, { body: '<p>maintenance</p>' }]);
    await client.get(users);

    await expect(client.get(users)).rejects.toMatchObject({ code: 'not-the-source', severity: 'soft' });
  });
});

describe('a retry', () => {
  it('backs off longer each time, and is told', async () => {
    const { client, clock, totals, notes, waits } = setUp([
      'timed-out',
      oktaError(500, 'E0000009'),
      'connection-lost',
      ok,
    ]);

    await client.get(users);

    expect(clock.slept).toEqual([1000, 2000, 4000]);
    expect(totals).toEqual({ calls: 4, retries: 3, resumed: 3 });
    expect(waits.map(({ reason }) => reason)).toEqual(['retry', 'retry', 'retry']);
    expect(notes.map(({ facts }) => [facts.cause, facts.status, facts.nextTry])).toEqual([
      ['timed-out', null, 2],
      ['server-failed', 500, 3],
      ['connection-lost', null, 4],
    ]);
  });

  it.each<[FakeAnswer, number]>([
    ['timed-out', 1],
    ['connection-lost', 1],
    ['too-large', 1],
    [oktaError(503, 'E0000010'), 1],
    [{ body: '[' }, 1],
    ['not-resolved', 0],
    ['connection-refused', 0],
  ])('after %j asks for a smaller page %i times', async (answer, times) => {
    const { client } = setUp([answer, ok]);
    let asked = 0;

    await client.get({ ...users, shrink: () => ({ from: 200, to: 100 + asked++ }) });

    expect(asked).toBe(times);
  });

  it('is not made while a person waits', async () => {
    const { client, requests, clock } = setUp(['timed-out'], { patient: false });

    await expect(client.get(users)).rejects.toMatchObject({ code: 'host-timed-out' });
    expect(requests).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });
});

describe('the rate limit', () => {
  it('is kept: with a tenth left the next call waits for the window’s end by Okta’s clock, and a second', async () => {
    const { client, clock, waits, notes, limits } = setUp([
      limited(200, { limit: 300, remaining: 30, left: 29 }),
      ok,
    ]);
    const start = clock.now();
    await client.get(users);

    await client.get(users);

    expect(clock.slept).toEqual([30_000]);
    expect(waits).toEqual([{ bucket: '/api/v1/users', until: start + 30_000, reason: 'rate-limit' }]);
    expect(limits).toEqual([{ bucket: '/api/v1/users', limit: 300, used: 270, freeAt: start + 30_000 }]);
    expect(notes).toEqual([
      {
        level: 'waiting',
        code: 'rate-limit-wait',
        facts: { bucket: '/api/v1/users', label: 'Users', until: '2026-11-21T02:16:11.000Z' },
      },
    ]);
  });

  it('of one bucket does not stop another', async () => {
    const { client, clock } = setUp([limited(200, { limit: 300, remaining: 0, left: 29 }), ok]);
    await client.get(users);

    await client.get({ ...users, bucket: '/api/v1/groups' });

    expect(clock.slept).toEqual([]);
  });

  it('refused with 429 is waited for as often as it takes, and is no failure', async () => {
    const refusal = limited(429, { limit: 300, remaining: 0, left: 59 }, { errorCode: 'E0000047' });
    const { client, clock, totals } = setUp([...Array(6).fill(refusal), ok]);

    await client.get(users);

    expect(clock.slept).toEqual(Array(6).fill(60_000));
    expect(totals.retries).toBe(6);
  });

  it('is given up after 15 minutes without one good answer', async () => {
    const refusal = limited(429, { limit: 300, remaining: 0, left: 59 }, { errorCode: 'E0000047' });
    const { client, clock } = setUp([refusal]);

    await expect(client.get(users)).rejects.toMatchObject({
      code: 'rate-limited',
      severity: 'soft',
      facts: { status: 429, oktaCode: 'E0000047', bucket: 'Users', waitedMs: 900_000 },
    });
    expect(clock.slept.reduce((sum, wait) => sum + wait)).toBe(900_000);
  });

  it('that promises to end in an hour is given up after 15 minutes too', async () => {
    const { client, clock } = setUp([limited(429, { limit: 300, remaining: 0, left: 3600 })]);

    await expect(client.get(users)).rejects.toMatchObject({ code: 'rate-limited' });
    expect(clock.slept.reduce((sum, wait) => sum + wait)).toBe(900_000);
  });

  it.each([
    [0, [500, 1000, 2000]],
    [1, [1500, 3000, 6000]],
  ])('for calls at the same time backs off with jitter (die at %d)', async (random, slept) => {
    const refusal = limited(429, { limit: 0, remaining: 0, left: 40 }, { errorCode: 'E0000047' });
    const { client, clock } = setUp([refusal, refusal, refusal, ok], { random });

    await client.get(users);

    expect(clock.slept).toEqual(slept);
  });

  it('is noted once when calls wait for the same moment', async () => {
    const refusal = limited(429, { limit: 300, remaining: 0, left: 29 });
    const { client, notes, totals } = setUp([refusal, refusal, refusal, ok]);

    await Promise.all([client.get(users), client.get(users), client.get(users)]);

    expect(notes).toHaveLength(1);
    expect(totals.resumed).toBeGreaterThan(0);
  });

  it('fails at once while a person waits, and says when it ends', async () => {
    const { client, clock } = setUp([limited(429, { limit: 300, remaining: 0, left: 29 })], {
      patient: false,
    });

    await expect(client.get(users)).rejects.toMatchObject({
      code: 'rate-limited',
      facts: { freeAt: '2026-11-21T02:16:11.000Z' },
    });
    expect(clock.slept).toEqual([]);
  });
});

describe('stopping', () => {
  it('before a call sends nothing', async () => {
    const { client, stop, requests } = setUp([ok]);
    stop.abort();

    await expect(client.get(users)).rejects.toMatchObject({ code: 'cancelled' });
    expect(requests).toHaveLength(0);
  });
});
