import type { FaultInput } from '@gatehouse/rehearsal/faults/fault-input';
import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { isUnreadable } from '@gatehouse/sync/source';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOktaSource } from './connector.ts';
import { hurriedTiming, loopbackFetch, memorySink, recordingObserver, testTiming } from './test-support.ts';

let rehearsal: Rehearsal;
let token: string;

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 1500, groups: 60, rateLimit: 'off' });
  token = (await rehearsal.control.tokens.create({ name: 'sync', owner: 'read-only-admin' })).value;
});

afterAll(() => rehearsal.close());

beforeEach(async () => {
  await rehearsal.control.faults.clearAll();
  await rehearsal.control.calls.reset();
});

function source(timing = testTiming) {
  return createOktaSource({
    origin: rehearsal.url,
    token,
    fetch: loopbackFetch,
    timing,
    now: Date.now,
    random: Math.random,
  });
}

async function readEverything(timing = testTiming) {
  const snapshot = memorySink();
  const watched = recordingObserver();
  const facts = await source(timing).readAll(snapshot.sink, watched.observer, new AbortController().signal);
  return { ...snapshot, ...watched, facts };
}

async function failureOf(timing = testTiming): Promise<unknown> {
  return readEverything(timing).then(
    () => 'read to the end',
    (error: unknown) => error,
  );
}

describe('a read', () => {
  it('brings users, groups and members as the org has them', async () => {
    const stats = await rehearsal.control.stats();

    const read = await readEverything();

    expect(read.facts).toMatchObject({
      owner: { login: 'rolf.ohlsson@rehearsal.example' },
      usersRead: stats.users - stats.usersByStatus.DEPROVISIONED,
      groupsRead: stats.groups,
      builtInGroups: 1,
      membershipsRead: stats.memberships,
      recordsWithoutId: { users: 0, groups: 0 },
      unreadableUsers: 0,
      unreadableGroups: 0,
    });
    expect(read.facts.calls).toBe((await rehearsal.control.calls.list()).count);
    expect(read.users.size).toBe(read.facts.usersRead);
    expect([...read.members.values()].flat()).toHaveLength(stats.memberships);
    expect(read.finished.sort()).toEqual(['groups', 'members', 'users']);
    expect(read.pages.members).toBe(read.expected.members);
    expect(Date.parse(read.facts.sourceTime ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  it('skips the members of Everyone and of empty groups', async () => {
    const read = await readEverything();

    const everyone = [...read.groups.values()].find((group) => !isUnreadable(group) && !group.selected);
    const asked = (await rehearsal.control.calls.list()).items.map((call) => call.path);

    expect(everyone).toMatchObject({ name: 'Everyone', type: 'BUILT_IN' });
    expect(asked.some((path) => path.includes(`${everyone?.externalId}/users`))).toBe(false);
    expect(read.members.size).toBeLessThan(read.groups.size - 1);
  });

  it('asks for lists without credentials', async () => {
    const read = await readEverything();

    expect(JSON.stringify([...read.users.values()])).not.toContain('credentials');
  });
});

describe('a read with a fault gets to its end:', () => {
  it.each<[string, FaultInput]>([
    ['slow answers', { kind: 'slow', milliseconds: 100, collection: 'users' }],
    ['one 500', { kind: 'server-error', collection: 'users', page: 3 }],
    ['a 500 on large pages only', { kind: 'server-error', collection: 'users', limitAbove: 60, times: null }],
    ['one stalled page', { kind: 'stall', collection: 'members', page: 1 }],
    ['one truncated page', { kind: 'truncate', collection: 'groups', page: 1 }],
  ])('%s', async (_name, fault) => {
    const whole = await readEverything();
    await rehearsal.control.faults.set(fault);

    const read = await readEverything(fault.kind === 'stall' ? hurriedTiming : testTiming);

    expect([...read.users.keys()].sort()).toEqual([...whole.users.keys()].sort());
    expect(read.facts.membershipsRead).toBe(whole.facts.membershipsRead);
    expect((await rehearsal.control.faults.list())[0]?.hits).toBeGreaterThan(0);
  });

  it('one 500 is asked for again with half the page, and the diary says so', async () => {
    await rehearsal.control.faults.set({ kind: 'server-error', collection: 'users', page: 3 });

    const read = await readEverything();

    expect(read.notes.filter(({ code }) => code.startsWith('page-'))).toEqual([
      {
        level: 'warning',
        code: 'page-retried',
        facts: {
          collection: 'users',
          page: 3,
          cause: 'server-failed',
          status: 500,
          oktaCode: 'E0000009',
          nextTry: 2,
          tries: 4,
          until: expect.stringMatching(/Z$/),
        },
      },
      {
        level: 'info',
        code: 'page-size-reduced',
        facts: { collection: 'users', page: 3, from: 200, limit: 100 },
      },
    ]);
    expect(read.totals.retries).toBe(1);
    expect(read.waits.map((wait) => wait.reason)).toEqual(['retry']);
  });

  it('a 429 storm is waited for, shown, and no failure', async () => {
    await rehearsal.control.faults.set({
      kind: 'rate-limit-storm',
      collection: 'users',
      calls: 2,
      resetSeconds: 1,
    });

    const read = await readEverything();

    expect(read.users.size).toBe(read.facts.usersRead);
    expect(read.waits.length).toBeGreaterThan(0);
    expect(read.waits.every((wait) => wait.reason === 'rate-limit' && wait.bucket === '/api/v1/users')).toBe(
      true,
    );
    expect(read.notes.find(({ level }) => level === 'waiting')).toMatchObject({
      code: 'rate-limit-wait',
      facts: { label: 'Users' },
    });
    expect(read.totals.resumed).toBe(read.waits.length);
  });

  it('a group that is gone between list and members is told to the sink', async () => {
    await rehearsal.control.faults.set({ kind: 'hide-group' });

    const read = await readEverything();

    expect(read.gone).toHaveLength(1);
    expect(read.groups.has(read.gone[0] ?? '')).toBe(true);
    expect(read.notes.filter(({ code }) => code === 'group-vanished')).toMatchObject([
      { level: 'info', facts: { externalId: read.gone[0] } },
    ]);
  });

  it('an empty list reads as no users', async () => {
    await rehearsal.control.faults.set({ kind: 'empty-list', collection: 'users' });

    const read = await readEverything();

    expect(read.facts.usersRead).toBe(0);
    expect(read.facts.groupsRead).toBeGreaterThan(0);
  });

  it('a narrowed owner reads less, and the facts show it', async () => {
    const whole = await readEverything();
    await rehearsal.control.faults.set({ kind: 'narrowed-owner' });

    const read = await readEverything();

    expect(read.facts.usersRead).toBeLessThan(whole.facts.usersRead * 0.3);
    expect(read.facts.groupsRead).toBeLessThan(whole.facts.groupsRead);
    expect([whole.facts.builtInGroups, read.facts.builtInGroups]).toEqual([1, 0]);
  });
});

describe('a read with a fault fails:', () => {
  it.each<[string, FaultInput, { code: string; severity: string; facts: Record<string, unknown> }]>([
    [
      'a 500 that stays',
      { kind: 'server-error', collection: 'users', page: 2, times: null },
      {
        code: 'server-failed',
        severity: 'soft',
        facts: { collection: 'users', page: 2, status: 500, oktaCode: 'E0000009', tries: 4 },
      },
    ],
    [
      'a page that stalls',
      { kind: 'stall', collection: 'groups', times: null },
      { code: 'host-timed-out', severity: 'soft', facts: { collection: 'groups', page: 1, tries: 4 } },
    ],
    [
      'a page that stays truncated',
      { kind: 'truncate', collection: 'members', times: null },
      { code: 'answer-truncated', severity: 'soft', facts: { collection: 'members', page: 1, tries: 4 } },
    ],
    [
      'a cursor that comes again',
      { kind: 'repeat-cursor', collection: 'users' },
      { code: 'cursor-repeated', severity: 'soft', facts: { collection: 'users' } },
    ],
    [
      'an expired token',
      { kind: 'expired-token', skip: 5 },
      { code: 'token-invalid', severity: 'hard', facts: { status: 401, oktaCode: 'E0000011', tries: 1 } },
    ],
    [
      'HTML half-way',
      { kind: 'html', collection: 'users', skip: 2 },
      { code: 'not-the-source', severity: 'soft', facts: { collection: 'users', page: 3, html: true } },
    ],
    [
      'HTML from the first call',
      { kind: 'html' },
      { code: 'not-the-source', severity: 'hard', facts: { status: 200, html: true } },
    ],
    [
      'slower than a call may take',
      { kind: 'slow', milliseconds: 1000 },
      { code: 'host-timed-out', severity: 'soft', facts: { tries: 4 } },
    ],
  ])('%s', async (_name, fault, expected) => {
    await rehearsal.control.faults.set(fault);

    const isSilent = fault.kind === 'stall' || fault.kind === 'slow';
    const error = await failureOf(isSilent ? hurriedTiming : testTiming);

    expect(error).toMatchObject({ name: 'SourceError', ...expected });
  });

  it('a 429 storm without an end is given up', async () => {
    await rehearsal.control.faults.set({ kind: 'rate-limit-storm', seconds: 60 });

    expect(await failureOf({ ...testTiming, giveUpMs: 300 })).toMatchObject({
      code: 'rate-limited',
      severity: 'soft',
      facts: { status: 429, oktaCode: 'E0000047' },
    });
  });
});

describe('stopping', () => {
  it.each([
    ['while a page is under way', { kind: 'slow', milliseconds: 1400 }],
    ['while waiting for the rate limit', { kind: 'rate-limit-storm', seconds: 60 }],
  ] satisfies [string, FaultInput][])('%s ends the read at once', async (_name, fault) => {
    await rehearsal.control.faults.set(fault);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const startedAt = performance.now();

    const read = source().readAll(memorySink().sink, recordingObserver().observer, stop.signal);

    await expect(read).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

describe('an absence', () => {
  it('is told apart: there, deactivated, deleted', async () => {
    const [one, two, three] = (
      await rehearsal.control.people.list({ status: 'ACTIVE', limit: 20 })
    ).items.slice(5);
    await rehearsal.control.people.deactivate(two?.id ?? '');
    await rehearsal.control.people.delete(three?.id ?? '');
    await rehearsal.control.people.delete(three?.id ?? '');
    const asked = [one?.id, two?.id, three?.id, one?.profile.login, '..', ''].map((id) => id ?? '');

    const answers = await Promise.all(
      asked.map((id) => source().confirmAbsence(id, new AbortController().signal)),
    );

    expect(answers).toEqual(['present', 'deprovisioned', 'gone', 'unknown', 'unknown', 'unknown']);
  });

  it.each<[string, FaultInput, unknown]>([
    ['HTML proves nothing', { kind: 'html' }, 'unknown'],
    ['an answer that does not come proves nothing', { kind: 'slow', milliseconds: 1000 }, 'unknown'],
  ])('%s', async (_name, fault, expected) => {
    const [somebody] = (await rehearsal.control.people.list({ limit: 1 })).items;
    await rehearsal.control.faults.set(fault);

    expect(await source(hurriedTiming).confirmAbsence(somebody?.id ?? '', new AbortController().signal)).toBe(
      expected,
    );
  });

  it('throws when the token is refused', async () => {
    await rehearsal.control.faults.set({ kind: 'expired-token' });

    await expect(source().confirmAbsence('00u1', new AbortController().signal)).rejects.toMatchObject({
      code: 'token-invalid',
    });
  });
});
