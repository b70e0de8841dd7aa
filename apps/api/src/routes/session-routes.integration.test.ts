import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestClient, testAdmin } from '../testing.ts';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
});
afterEach(() => app.close());

const minute = 60_000;
const wrong = `gh-setup-${'A'.repeat(43)}`;

function setUpBody(token: string | null) {
  return { token, ...testAdmin };
}

async function signIn(client: TestClient, password = testAdmin.password, email = testAdmin.email) {
  return await client.send('POST', '/api/session', { body: { email, password } });
}

describe('set-up', () => {
  it('makes the first administrator once, signs in and ends the token', async () => {
    const tokenFile = join(app.config.dataDir, 'setup-token');
    expect(statSync(tokenFile).mode & 0o777).toBe(0o600);

    const admin = await app.setUp();
    const session = await admin.send('GET', '/api/session');
    const again = await app.client().send('POST', '/api/setup', { body: setUpBody(app.app.setUpToken) });

    expect(session.json).toMatchObject({ account: { email: testAdmin.email, role: 'admin', sessions: 1 } });
    expect(existsSync(tokenFile)).toBe(false);
    expect(again).toMatchObject({ status: 403 });
    expect(again.json.code).toBe('setup-done');
  });

  it('refuses a wrong token with a log line and an audit entry, five times a minute at the most', async () => {
    const stranger = app.client();
    const codes: unknown[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const answer = await stranger.send('POST', '/api/setup', { body: setUpBody(wrong) });
      codes.push(answer.json.code);
    }
    const right = await stranger.send('POST', '/api/setup', { body: setUpBody(app.app.setUpToken) });
    app.clock.now += minute;

    const admin = await app.setUp();
    const audit = await admin.send('GET', '/api/audit?action=server.set-up-refused');

    expect(codes).toEqual([...Array(5).fill('setup-token-wrong'), 'too-many-requests']);
    expect(right.status).toBe(429);
    expect(right.headers['retry-after']).toBe('60');
    expect(audit.json.total).toBe(5);
    expect(app.logs.join('')).toContain('"code":"setup-token-wrong"');
  });

  it('tries that are sent at once count too', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => app.client().send('POST', '/api/setup', { body: setUpBody(wrong) })),
    );

    expect(answers.filter((answer) => answer.status === 403)).toHaveLength(5);
  });

  it('of two with the right token at once, one makes the administrator', async () => {
    const bodies = ['one@example.com', 'two@example.com'].map((email) => ({
      ...setUpBody(app.app.setUpToken),
      email,
    }));

    const answers = await Promise.all(
      bodies.map((body) => app.client().send('POST', '/api/setup', { body })),
    );

    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 403]);
  });

  it.each([
    { password: 'password1234', why: 'common' },
    { password: 'abcdefghijkl', why: 'sequence' },
    { password: 'aaaaaaaaaaaa', why: 'repeated' },
  ])('refuses the password $password, and the token stays good', async ({ password, why }) => {
    const answer = await app
      .client()
      .send('POST', '/api/setup', { body: { ...setUpBody(app.app.setUpToken), password } });

    expect(answer.json).toMatchObject({ code: 'password-weak', field: 'password', facts: { reason: why } });
    await expect(app.setUp()).resolves.toBeDefined();
  });

  it('stays done when no administrator is left', async () => {
    await app.setUp();
    await app.close();
    const { openDatabase } = await import('../stores/database.ts');
    const { statement } = await import('../stores/raw.ts');
    app = await startTestApp();
    const first = await app.setUp();
    const file = join(app.config.dataDir, 'gatehouse.db');
    const database = await openDatabase({ file, now: Date.now });
    await database.write((db) => [statement(db, 'delete from Account')]);
    await database.close();

    const server = await first.send('GET', '/api/server');
    const again = await app.client().send('POST', '/api/setup', { body: setUpBody(app.app.setUpToken) });

    expect(server.json.setUpDone).toBe(true);
    expect(again.json.code).toBe('setup-done');
  });
});

describe('sign-in', () => {
  it('answers the same for a wrong password, an unknown e-mail and a disabled account', async () => {
    const admin = await app.setUp();
    const body = {
      email: 'sam@example.com',
      name: 'Sam',
      role: 'support',
      password: 'lantern oak ferry sixty',
    };
    const made = await admin.send('POST', '/api/accounts', { body });
    await admin.send('PATCH', `/api/accounts/${made.json.id}`, { body: { enabled: false } });

    const answers = [
      await signIn(app.client(), 'wrong password here'),
      await signIn(app.client(), 'wrong password here', 'nobody@example.com'),
      await signIn(app.client(), body.password, body.email),
    ];

    const shown = answers.map(({ status, json }) => ({ status, ...json, requestId: '' }));
    expect(shown[0]).toMatchObject({ status: 401, code: 'sign-in-failed' });
    expect(shown[1]).toEqual(shown[0]);
    expect(shown[2]).toEqual(shown[0]);
    const audit = await admin.send('GET', '/api/audit?action=session.sign-in-failed');
    expect(audit.json.total).toBe(3);
    expect(audit.text).not.toContain('nobody@example.com');
  });

  it('takes as long for an unknown e-mail as for a wrong password', async () => {
    await app.setUp();
    async function medianOf(email: string): Promise<number> {
      const times: number[] = [];
      for (let attempt = 0; attempt < 4; attempt += 1) {
        const started = performance.now();
        await signIn(app.client(), 'wrong password here', email);
        times.push(performance.now() - started);
      }
      return times.sort((left, right) => left - right)[1] ?? 0;
    }

    const [known, unknown] = [await medianOf(testAdmin.email), await medianOf('nobody@example.com')];

    expect(unknown).toBeGreaterThan(known / 3);
    expect(unknown).toBeLessThan(known * 3 + 20);
  });

  it('slows down guessing at an account, whether it exists or not, and lets its owner in from the known place', async () => {
    const admin = await app.setUp();
    await admin.send('DELETE', '/api/session');
    expect((await signIn(admin)).status).toBe(201);
    async function guess(email: string): Promise<number[]> {
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 7; attempt += 1) {
        statuses.push((await signIn(app.client(), 'wrong password here', email)).status);
      }
      return statuses;
    }

    const known = await guess(testAdmin.email);
    const unknown = await guess('nobody@example.com');

    expect(known).toContain(429);
    expect(unknown).toContain(429);
    app.clock.now += minute;
    expect((await signIn(app.client())).status).toBe(201);
  });

  it('forgets the growing delay only after a success', async () => {
    await app.setUp();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt += 1) {
      const answer = await signIn(app.client(), 'wrong password here', 'nobody@example.com');
      const facts = answer.json.facts as { retryAfterSeconds: number } | undefined;
      if (answer.status === 429) app.clock.now += (facts?.retryAfterSeconds ?? 0) * 1000;
      if (answer.status === 429) waits.push(facts?.retryAfterSeconds ?? 0);
    }

    expect(waits).toEqual([...waits].sort((left, right) => left - right));
    expect(waits.at(-1)).toBeGreaterThan(waits[0] ?? 0);
  });
});

describe('sessions', () => {
  it('a sign-in takes a new id and ends the former session of the browser', async () => {
    const admin = await app.setUp();
    const former = admin.cookie;

    await signIn(admin);
    const thief = app.client();
    thief.cookie = former;

    expect(admin.cookie).not.toBe(former);
    expect((await thief.send('GET', '/api/session')).status).toBe(401);
    expect((await admin.send('GET', '/api/session')).status).toBe(200);
  });

  it('an id that a browser brings along is never taken over', async () => {
    await app.setUp();
    const victim = app.client();
    victim.cookie = `gatehouse-8484=${'x'.repeat(43)}`;

    await signIn(victim);

    expect(victim.cookie).not.toContain('xxxx');
  });

  it('sets the cookie HttpOnly and SameSite=Lax, for this host only', async () => {
    await app.setUp();

    const answer = await signIn(app.client());

    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^gatehouse-8484=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it.each([
    { name: 'idle for less than 30 minutes', steps: [29 * minute], status: 200 },
    { name: 'idle for 30 minutes', steps: [30 * minute], status: 401 },
    { name: 'used every 20 minutes', steps: Array(20).fill(20 * minute), status: 200 },
    { name: 'used every 20 minutes, for 8 hours', steps: Array(24).fill(20 * minute), status: 401 },
  ])('$name: $status', async ({ steps, status }) => {
    const admin = await app.setUp();

    let last = 0;
    for (const step of steps) {
      app.clock.now += step;
      last = (await admin.send('GET', '/api/session')).status;
    }

    expect(last).toBe(status);
  });

  it('writes when it was seen at most once a minute', async () => {
    const admin = await app.setUp();
    const seen: unknown[] = [];
    for (const step of [0, 30_000, 30_000, 59_999, 1]) {
      app.clock.now += step;
      const { json } = await admin.send('GET', '/api/session');
      seen.push((json.session as { lastSeenAt: string }).lastSeenAt.slice(14, 19));
    }

    expect(seen).toEqual(['00:00', '00:00', '01:00', '01:00', '02:00']);
  });

  it('a new password needs the old one, takes a new id and ends all other sessions', async () => {
    const admin = await app.setUp();
    const other = app.client();
    await signIn(other);
    const former = admin.cookie;
    const body = { currentPassword: testAdmin.password, newPassword: 'granite tulip wharf ninety' };

    const refused = await admin.send('PUT', '/api/session/password', {
      body: { ...body, currentPassword: 'wrong' },
    });
    const changed = await admin.send('PUT', '/api/session/password', { body });

    expect(refused.json).toMatchObject({ code: 'password-wrong', field: 'currentPassword' });
    const audit = await admin.send('GET', '/api/audit?action=account.password-refused');
    expect(audit.json.items).toMatchObject([
      { actor: { kind: 'account' }, subject: { name: testAdmin.name } },
    ]);
    expect(changed.status).toBe(200);
    expect(admin.cookie).not.toBe(former);
    expect((await other.send('GET', '/api/session')).status).toBe(401);
    expect((await admin.send('GET', '/api/sessions')).json.total).toBe(1);
    expect((await signIn(app.client())).status).toBe(401);
    expect((await signIn(app.client(), body.newPassword)).status).toBe(201);
  });

  it('lists the own sessions, ends one, ends all others', async () => {
    const admin = await app.setUp();
    const [second, third] = [app.client(), app.client()];
    await signIn(second);
    await signIn(third);
    const listed = (await admin.send('GET', '/api/sessions')).json.items as {
      id: string;
      current: boolean;
    }[];
    const secondId = ((await second.send('GET', '/api/session')).json.session as { id: string }).id;

    const ended = await admin.send('DELETE', `/api/sessions/${secondId}`);
    const again = await admin.send('DELETE', `/api/sessions/${secondId}`);

    expect(listed.filter((session) => session.current)).toHaveLength(1);
    expect(listed).toHaveLength(3);
    expect([ended.status, again.status]).toEqual([204, 404]);
    expect((await second.send('GET', '/api/session')).status).toBe(401);
    expect((await admin.send('DELETE', '/api/sessions')).json).toEqual({ ended: 1 });
    expect((await third.send('GET', '/api/session')).status).toBe(401);
  });

  it('nobody ends a session of somebody else by its id', async () => {
    const admin = await app.setUp();
    const body = {
      email: 'sam@example.com',
      name: 'Sam',
      role: 'support',
      password: 'lantern oak ferry sixty',
    };
    await admin.send('POST', '/api/accounts', { body });
    const sam = app.client();
    await signIn(sam, body.password, body.email);
    const adminSession = ((await admin.send('GET', '/api/session')).json.session as { id: string }).id;

    const answer = await sam.send('DELETE', `/api/sessions/${adminSession}`);

    expect(answer.status).toBe(404);
    expect((await admin.send('GET', '/api/session')).status).toBe(200);
  });

  it('signs out', async () => {
    const admin = await app.setUp();
    const former = admin.cookie;

    const answer = await admin.send('DELETE', '/api/session');

    expect(answer.status).toBe(204);
    expect(admin.cookie).toBe('');
    admin.cookie = former;
    expect((await admin.send('GET', '/api/session')).status).toBe(401);
  });
});

describe('over https', () => {
  it('uses the __Host- cookie, Secure, and tells browsers to stay on https', async () => {
    await app.close();
    app = await startTestApp({
      environment: { PUBLIC_URL: 'https://gate.example', TRUST_PROXY: '127.0.0.1' },
    });
    const browser = app.client();

    const answer = await browser.send('POST', '/api/setup', {
      body: setUpBody(app.app.setUpToken),
      headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' },
    });

    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^__Host-gatehouse=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
    expect(answer.json).toMatchObject({ session: { remoteAddress: '203.0.113.9' } });
  });
});
