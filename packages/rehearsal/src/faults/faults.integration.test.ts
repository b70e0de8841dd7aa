import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Rehearsal, startRehearsal } from '../start-rehearsal.ts';
import type { FaultInput } from './fault-input.ts';

let rehearsal: Rehearsal;
let token: string;

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 500, groups: 40, rateLimit: 'off' });
  token = (await rehearsal.control.tokens.create({ name: 'faults' })).value;
});

afterAll(() => rehearsal.close());

beforeEach(async () => {
  await rehearsal.control.faults.clearAll();
});

function get(path: string, options: RequestInit = {}): Promise<Response> {
  const url = path.startsWith('http') ? path : rehearsal.url + path;
  return fetch(url, { ...options, headers: { authorization: `SSWS ${token}` } });
}

async function walk(path: string): Promise<{ statuses: number[]; ids: string[]; next: string | undefined }> {
  const statuses: number[] = [];
  const ids: string[] = [];
  let next: string | undefined = path;
  while (next && statuses.length < 10) {
    const response: Response = await get(next);
    statuses.push(response.status);
    if (response.status !== 200) break;
    ids.push(...((await response.json()) as { id: string }[]).map(({ id }) => id));
    next = nextOf(response);
  }
  return { statuses, ids, next };
}

function nextOf(response: Response): string | undefined {
  return /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
}

describe('faults', () => {
  it('storm: so many calls are refused, with a reset to wait for', async () => {
    await rehearsal.control.faults.set({ kind: 'rate-limit-storm', calls: 2, resetSeconds: 3 });

    const answers = [await get('/api/v1/users'), await get('/api/v1/groups'), await get('/api/v1/users')];

    expect(answers.map((answer) => answer.status)).toEqual([429, 429, 200]);
    expect(answers[0]?.headers.get('x-rate-limit-remaining')).toBe('0');
    const wait =
      Number(answers[0]?.headers.get('x-rate-limit-reset')) -
      Date.parse(answers[0]?.headers.get('date') ?? '') / 1000;
    expect(wait).toBeGreaterThanOrEqual(3);
    expect(wait).toBeLessThanOrEqual(4);
    expect(await answers[0]?.json()).toMatchObject({ errorCode: 'E0000047' });
  });

  it('storm: for a time', async () => {
    await rehearsal.control.faults.set({ kind: 'rate-limit-storm', seconds: 0.3 });

    const during = await get('/api/v1/users');
    await new Promise((resolve) => setTimeout(resolve, 350));
    const after = await get('/api/v1/users');

    expect([during.status, after.status]).toEqual([429, 200]);
  });

  it.each<[string, FaultInput, string, number[]]>([
    ['page 2 of users', { kind: 'server-error', collection: 'users', page: 2 }, '/api/v1/users', [200, 500]],
    [
      'page 3 of groups',
      { kind: 'server-error', collection: 'groups', page: 3 },
      '/api/v1/groups?limit=10',
      [200, 200, 500],
    ],
  ])('server error: on %s once', async (_name, input, path, expected) => {
    await rehearsal.control.faults.set(input);

    expect((await walk(path)).statuses).toEqual(expected);
    expect((await walk(path)).statuses.every((status) => status === 200)).toBe(true);
  });

  it('server error: for good, or only on big pages', async () => {
    await rehearsal.control.faults.set({ kind: 'server-error', collection: 'groups', times: null });
    await rehearsal.control.faults.set({
      kind: 'server-error',
      collection: 'users',
      times: null,
      limitAbove: 50,
    });

    const groups = [await get('/api/v1/groups'), await get('/api/v1/groups')];
    const users = [await get('/api/v1/users'), await get('/api/v1/users?limit=50')];

    expect(groups.map((answer) => answer.status)).toEqual([500, 500]);
    expect(users.map((answer) => answer.status)).toEqual([500, 200]);
    expect(await groups[0]?.json()).toMatchObject({ errorCode: 'E0000009' });
  });

  it('stall: begins to answer and never ends', async () => {
    await rehearsal.control.faults.set({ kind: 'stall', collection: 'users' });

    const response = await get('/api/v1/users', { signal: AbortSignal.timeout(300) });

    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  it('truncate: half of the body, without a broken connection', async () => {
    const { id } = (await rehearsal.control.groups.list()).items.find((group) => group.memberCount > 10) ?? {
      id: '',
    };
    await rehearsal.control.faults.set({ kind: 'truncate', collection: 'members', groupId: id });

    const text = await (await get(`/api/v1/groups/${id}/users`)).text();
    const whole = await (await get(`/api/v1/groups/${id}/users`)).text();

    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(whole.startsWith(text.slice(0, -4))).toBe(true);
    expect(text.length / whole.length).toBeCloseTo(0.5, 1);
  });

  it.each([1, 2, 3])('repeated cursor: page %i leads to itself', async (page) => {
    await rehearsal.control.faults.set({ kind: 'repeat-cursor', collection: 'users', page });

    const { statuses, next } = await walk('/api/v1/users');
    const again = await get(next ?? '');

    expect(statuses).toHaveLength(10);
    expect(nextOf(again)).toBe(next);
  });

  it('expired token: after so many calls', async () => {
    await rehearsal.control.faults.set({ kind: 'expired-token', skip: 2 });

    const { statuses } = await walk('/api/v1/users');
    const body = await (await get('/api/v1/groups')).json();

    expect(statuses).toEqual([200, 200, 401]);
    expect(body).toMatchObject({ errorCode: 'E0000011' });
  });

  it('narrowed owner: a fifth of the people at most, not nobody, and no Everyone', async () => {
    const before = await walk('/api/v1/users');
    await rehearsal.control.faults.set({ kind: 'narrowed-owner' });

    const after = await walk('/api/v1/users');
    const groups = (await (await get('/api/v1/groups')).json()) as { type: string }[];

    expect(after.ids.length).toBeGreaterThan(0);
    expect(after.ids.length).toBeLessThanOrEqual(before.ids.length * 0.25);
    expect(after.ids.every((id) => before.ids.includes(id))).toBe(true);
    expect(groups.length).toBeGreaterThan(0);
    expect(groups.some((group) => group.type === 'BUILT_IN')).toBe(false);
  });

  it.each(['users', 'groups'] as const)('empty list: no %s and no next page', async (collection) => {
    await rehearsal.control.faults.set({ kind: 'empty-list', collection });

    expect(await walk(`/api/v1/${collection}?limit=5`)).toEqual({
      statuses: [200],
      ids: [],
      next: undefined,
    });
  });

  it('slow: so many milliseconds', async () => {
    await rehearsal.control.faults.set({ kind: 'slow', milliseconds: 150, times: 1 });
    const startedAt = performance.now();

    const { status } = await get('/api/v1/users');

    expect(status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(140);
  });

  it('html: a page in place of an answer', async () => {
    await rehearsal.control.faults.set({ kind: 'html' });

    const answers = [await get('/api/v1/users'), await get('/.well-known/okta-organization')];

    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    expect(await answers[0]?.text()).toMatch(/^<!DOCTYPE html>/);
    expect(answers[1]?.headers.get('content-type')).toContain('text/html');
  });

  it('hidden group: listed, but 404 for its members', async () => {
    const { groupId } = await rehearsal.control.faults.set({ kind: 'hide-group' });

    const listed = (await walk('/api/v1/groups')).ids;
    const answers = [await get(`/api/v1/groups/${groupId}/users`), await get(`/api/v1/groups/${groupId}`)];

    expect(listed).toContain(groupId);
    expect(answers.map((answer) => answer.status)).toEqual([404, 404]);
    expect(await answers[0]?.json()).toMatchObject({ errorCode: 'E0000007' });
  });

  it('are listed with what they did, and noted in the log of calls', async () => {
    await rehearsal.control.calls.reset();
    const fault = await rehearsal.control.faults.set({ kind: 'server-error', collection: 'users', times: 2 });
    await get('/api/v1/users?limit=7');

    const [listed] = await rehearsal.control.faults.list();
    const { count, items } = await rehearsal.control.calls.list();

    expect(listed).toMatchObject({ id: fault.id, hits: 1, timesLeft: 1 });
    expect(count).toBe(1);
    expect(items[0]).toMatchObject({
      method: 'GET',
      path: '/api/v1/users?limit=7',
      status: 500,
      bucket: '/api/v1/users',
      tokenName: 'faults',
      faults: ['server-error'],
    });
    expect(JSON.stringify(items)).not.toContain(token);
  });

  it('can be cleared one by one', async () => {
    const html = await rehearsal.control.faults.set({ kind: 'html' });
    const slow = await rehearsal.control.faults.set({ kind: 'slow', milliseconds: 1 });
    await rehearsal.control.faults.clear(html.id);

    expect((await rehearsal.control.faults.list()).map((fault) => fault.id)).toEqual([slow.id]);
    expect((await get('/api/v1/users')).headers.get('content-type')).toBe('application/json');
    await expect(rehearsal.control.faults.clear(html.id)).rejects.toMatchObject({ status: 404 });
  });
});
