import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_KEYS } from '../org/admins.ts';
import { type Rehearsal, startRehearsal } from '../start-rehearsal.ts';
import { TOKEN_IDLE_LIMIT } from '../tokens/token-store.ts';
import { PUBLISHED_LIMITS } from './buckets.ts';

type Row = { id: string };

let rehearsal: Rehearsal;
let clock = Date.UTC(2026, 0, 2, 3, 4, 5);
const tokens: Record<string, string> = {};

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 100, groups: 20, rateLimit: 'off', now: () => clock });
  for (const owner of ADMIN_KEYS) {
    tokens[owner] = (await rehearsal.control.tokens.create({ name: owner, owner })).value;
  }
});

afterAll(() => rehearsal.close());

function get(
  path: string,
  options: { owner?: string; headers?: Record<string, string>; method?: string } = {},
) {
  const token = tokens[options.owner ?? 'super-admin'];
  return fetch(path.startsWith('http') ? path : rehearsal.url + path, {
    method: options.method ?? 'GET',
    headers: { authorization: `SSWS ${token}`, ...options.headers },
  });
}

async function refusal(
  response: Response,
): Promise<{ status: number; errorCode: string; errorSummary: string }> {
  const body = (await response.json()) as { errorCode: string; errorSummary: string };
  return { status: response.status, errorCode: body.errorCode, errorSummary: body.errorSummary };
}

describe('refusals', () => {
  it.each([
    ['no credentials', '', 401, 'E0000004'],
    ['an empty token', 'SSWS ', 401, 'E0000004'],
    ['another scheme', 'Bearer abc', 403, 'E0000005'],
    ['a wrong token', 'SSWS 00wrong', 401, 'E0000011'],
  ])('answer %s', async (_name, authorization, status, errorCode) => {
    const response = await fetch(
      `${rehearsal.url}/api/v1/users`,
      authorization ? { headers: { authorization } } : {},
    );

    expect(await refusal(response)).toMatchObject({ status, errorCode });
    expect(response.headers.get('x-rate-limit-limit')).not.toBeNull();
  });

  it.each([
    ['/api/v1/users/00u00000000000000000', 404, 'E0000007'],
    ['/api/v1/groups/00g00000000000000000', 404, 'E0000007'],
    ['/api/v1/groups/00g00000000000000000/users', 404, 'E0000007'],
    ['/api/v1/logs', 404, 'E0000007'],
    ['/api/v1/users/%E0%A4%A', 404, 'E0000007'],
    ['/api/v1/users?limit=0', 400, 'E0000001'],
    ['/api/v1/users?after=nonsense', 400, 'E0000001'],
    ['/api/v1/users?filter=status%20ne%20%22ACTIVE%22', 400, 'E0000031'],
  ])('answer %s', async (path, status, errorCode) => {
    const response = await get(path);
    const body = (await response.json()) as Record<string, unknown>;

    expect([response.status, body.errorCode]).toEqual([status, errorCode]);
    expect(body).toMatchObject({ errorLink: errorCode, errorId: expect.stringMatching(/^oae/) });
    expect(Array.isArray(body.errorCauses)).toBe(true);
  });

  it('answer a write with 405', async () => {
    expect(await refusal(await get('/api/v1/users', { method: 'POST' }))).toMatchObject({
      status: 405,
      errorCode: 'E0000022',
    });
  });
});

describe('tokens', () => {
  it('die by being revoked', async () => {
    const { id, value } = await rehearsal.control.tokens.create({ name: 'short-lived' });
    const headers = { authorization: `SSWS ${value}` };
    const before = await get('/api/v1/users?limit=1', { headers });
    await rehearsal.control.tokens.revoke(id);

    const after = await get('/api/v1/users?limit=1', { headers });

    expect([before.status, after.status]).toEqual([200, 401]);
  });

  it('die with their owner', async () => {
    const before = await get('/api/v1/users?limit=1', { owner: 'read-only-admin' });
    const me = (await (await get('/api/v1/users/me', { owner: 'read-only-admin' })).json()) as Row;
    await rehearsal.control.people.deactivate(me.id);

    const after = await get('/api/v1/users?limit=1', { owner: 'read-only-admin' });

    expect([before.status, after.status]).toEqual([200, 401]);
    await rehearsal.control.people.activate(me.id);
  });

  it('die when not used for 30 days, and live on when used', async () => {
    const used = await rehearsal.control.tokens.create({ name: 'used' });
    const idle = await rehearsal.control.tokens.create({ name: 'idle' });
    const start = clock;
    clock = start + TOKEN_IDLE_LIMIT - 1000;
    await get('/api/v1/users?limit=1', { headers: { authorization: `SSWS ${used.value}` } });
    clock = start + TOKEN_IDLE_LIMIT + 1000;

    const statuses = await Promise.all(
      [used, idle].map(async ({ value }) => {
        const response = await get('/api/v1/users?limit=1', { headers: { authorization: `SSWS ${value}` } });
        return response.status;
      }),
    );

    expect(statuses).toEqual([200, 401]);
    clock = start;
  });

  it('are listed without their values', async () => {
    const { value } = await rehearsal.control.tokens.create({ name: 'secret' });

    const listed = JSON.stringify(await rehearsal.control.tokens.list());

    expect(listed).toContain('"secret"');
    expect(listed).not.toContain(value);
  });
});

describe('rate limits', () => {
  it('count down per bucket, refuse without Retry-After, and tell when they reset', async () => {
    const limited = await startRehearsal({
      users: 10,
      groups: 5,
      now: () => clock,
      rateLimit: { ...PUBLISHED_LIMITS, perMinute: { ...PUBLISHED_LIMITS.perMinute, '/api/v1/users': 4 } },
    });
    const { value } = await limited.control.tokens.create({ name: 'x' });
    const ask = () => fetch(`${limited.url}/api/v1/users`, { headers: { authorization: `SSWS ${value}` } });
    const [first, second, third] = [await ask(), await ask(), await ask()];
    const groups = await fetch(`${limited.url}/api/v1/groups`, {
      headers: { authorization: `SSWS ${value}` },
    });

    expect([first.status, second.status, third.status, groups.status]).toEqual([200, 200, 429, 200]);
    expect(first.headers.get('x-rate-limit-limit')).toBe('2');
    expect(first.headers.get('x-rate-limit-remaining')).toBe('1');
    expect(third.headers.get('x-rate-limit-remaining')).toBe('0');
    expect(Number(third.headers.get('x-rate-limit-reset'))).toBe(Math.ceil(clock / 1000) + 60);
    expect(third.headers.get('retry-after')).toBeNull();
    expect(await refusal(third)).toMatchObject({ errorCode: 'E0000047' });
    await limited.close();
  });

  it('refuse too many at once with limit 0', async () => {
    const limited = await startRehearsal({
      users: 10,
      groups: 5,
      rateLimit: { ...PUBLISHED_LIMITS, concurrent: 1 },
    });
    const { value } = await limited.control.tokens.create({ name: 'x' });
    await limited.control.faults.set({ kind: 'slow', milliseconds: 200, times: 1 });
    const ask = () => fetch(`${limited.url}/api/v1/users`, { headers: { authorization: `SSWS ${value}` } });

    const answers = await Promise.all([ask(), ask()]);

    const refused = answers.find((answer) => answer.status === 429);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 429]);
    expect(refused?.headers.get('x-rate-limit-limit')).toBe('0');
    expect(refused?.headers.get('x-rate-limit-remaining')).toBe('0');
    expect((await ask()).status).toBe(200);
    await limited.close();
  });
});
