import { type ConnectionCheck, connectionCheckCodes } from '@gatehouse/contracts/connector';
import type { FaultInput } from '@gatehouse/rehearsal/faults/fault-input';
import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectionTestOptions, testOktaConnection } from './test-connection.ts';
import { hurriedTiming, loopbackFetch, testTiming } from './test-support.ts';

let rehearsal: Rehearsal;
let token: string;

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 500, groups: 40 });
  token = (await rehearsal.control.tokens.create({ name: 'test', owner: 'read-only-admin' })).value;
});

afterAll(() => rehearsal.close());

beforeEach(async () => {
  await rehearsal.control.faults.clearAll();
  await rehearsal.control.calls.reset();
});

async function testConnection(change: Partial<ConnectionTestOptions> = {}) {
  const told: ConnectionCheck[] = [];
  const result = await testOktaConnection(
    {
      origin: rehearsal.url,
      token,
      fetch: loopbackFetch,
      timing: testTiming,
      now: Date.now,
      signal: new AbortController().signal,
      lastGood: null,
      ...change,
    },
    (check) => told.push(check),
  );
  const states = Object.fromEntries(result.checks.map((check) => [check.code, check.state]));
  const facts = Object.fromEntries(result.checks.map((check) => [check.code, check.fact]));
  const problems = result.checks.flatMap((check) => check.problem ?? []);
  return { ...result, told, states, facts, problems };
}

describe('a connection that works', () => {
  it('passes every check, in order, each told when it starts and when it is over', async () => {
    const { checks, outcome, visible, told, facts } = await testConnection();

    expect(outcome).toBe('passed');
    expect(checks.map((check) => check.code)).toEqual(connectionCheckCodes);
    expect(told.map((check) => `${check.code} ${check.state}`)).toEqual(
      connectionCheckCodes.flatMap((code) => [`${code} running`, `${code} passed`]),
    );
    expect(facts).toMatchObject({
      'reaches-host': `${new URL(rehearsal.url).host}, without TLS`,
      'answers-as-okta': expect.stringMatching(/^organization 00o\w+, Identity Engine$/),
      'token-accepted': 'made by rolf.ohlsson@rehearsal.example',
      'may-list-members': expect.stringMatching(/^tried with “.+”$/u),
      'rate-limit-left': expect.stringMatching(
        /^\d+ of 300 calls a minute for users, \d+ of 250 calls a minute for groups and members$/,
      ),
    });
    expect(visible).toMatchObject({
      owner: 'rolf.ohlsson@rehearsal.example',
      organization: 'Northwind Rehearsal',
      groups: (await rehearsal.control.stats()).groups,
      usersAtLeast: false,
    });
  });

  it('shows a time on every check that makes a call', async () => {
    const { checks } = await testConnection();

    const untimed = checks.filter((check) => check.durationMs === null).map((check) => check.code);
    expect(untimed).toEqual(['rate-limit-left']);
    expect(checks.every((check) => check.durationMs === null || check.durationMs > 0)).toBe(true);
  });

  it('sends no token before Okta has shown itself', async () => {
    await testConnection();

    const [first, second, third] = (await rehearsal.control.calls.list()).items;
    expect([first?.tokenName, second?.tokenName, third?.tokenName]).toEqual([null, null, 'test']);
  });
});

describe('a connection that fails', () => {
  it.each<[string, FaultInput | null, Partial<ConnectionTestOptions>, string, Record<string, unknown>]>([
    [
      'HTML',
      { kind: 'html' },
      {},
      'answers-as-okta',
      { code: 'not-the-source', saw: expect.stringContaining('web page'), field: 'domain', oktaCode: null },
    ],
    [
      'no answer in time',
      { kind: 'slow', milliseconds: 900 },
      { timing: hurriedTiming },
      'reaches-host',
      { code: 'host-timed-out', field: 'domain' },
    ],
    [
      'a wrong token',
      null,
      { token: '00wrong' },
      'token-accepted',
      {
        code: 'token-invalid',
        saw: 'Okta refuses the token: it answered 401 E0000011 “Invalid token provided”.',
        field: 'apiToken',
        oktaCode: 'E0000011',
        oktaErrorId: expect.stringMatching(/^oae/),
        oktaRequestId: expect.stringMatching(/^[\w-]{10,}$/),
      },
    ],
    ['an expired token', { kind: 'expired-token' }, {}, 'token-accepted', { code: 'token-invalid' }],
    ['no token', null, { token: null }, 'token-accepted', { code: 'token-missing', field: 'apiToken' }],
    [
      'a token with a space',
      null,
      { token: '00 abc' },
      'token-accepted',
      { code: 'token-invalid', saw: expect.stringContaining('not sent') },
    ],
    [
      'a used-up rate limit',
      { kind: 'rate-limit-storm', collection: 'users', seconds: 30 },
      {},
      'may-list-users',
      {
        code: 'rate-limited',
        oktaCode: 'E0000047',
        field: null,
        advice: expect.stringMatching(/^Try again at \d\d:/),
      },
    ],
    [
      'a 500 on groups',
      { kind: 'server-error', collection: 'groups', times: null },
      {},
      'may-list-groups',
      {
        code: 'server-failed',
        saw: 'Okta failed while reading groups: it answered 500 E0000009 “Internal Server Error”.',
      },
    ],
  ])('by %s says so at the right check', async (_name, fault, change, code, problem) => {
    if (fault !== null) await rehearsal.control.faults.set(fault);

    const { outcome, checks, problems, states } = await testConnection(change);

    expect(outcome).toBe('failed');
    expect(checks.find((check) => check.state === 'failed')?.code).toBe(code);
    expect(problems[0]).toMatchObject(problem);
    expect(Object.values(states).filter((state) => state === 'failed')).toHaveLength(1);
    expect(states['token-sees']).toBe('skipped');
  });

  it('goes on with what does not depend on the failed check', async () => {
    await rehearsal.control.faults.set({ kind: 'server-error', collection: 'users', times: null });

    const { states, visible } = await testConnection();

    expect(states).toEqual({
      'reaches-host': 'passed',
      'answers-as-okta': 'passed',
      'token-accepted': 'passed',
      'may-list-users': 'failed',
      'may-list-groups': 'passed',
      'may-list-members': 'passed',
      'rate-limit-left': 'passed',
      'token-sees': 'skipped',
    });
    expect(visible).toBeNull();
  });

  it('is asked for nothing twice', async () => {
    await rehearsal.control.faults.set({ kind: 'server-error', collection: 'users', times: null });

    await testConnection();

    const { items } = await rehearsal.control.calls.list();
    expect(items.filter((call) => call.path.startsWith('/api/v1/users?'))).toHaveLength(1);
  });
});

describe('what the token can see', () => {
  it('warns of a token that sees some groups only', async () => {
    const narrow = await rehearsal.control.tokens.create({ name: 'narrow', owner: 'group-admin' });

    const { outcome, problems, visible } = await testConnection({ token: narrow.value });

    expect(outcome).toBe('warning');
    expect(visible?.groups).toBe(7);
    expect(problems).toMatchObject([
      { code: 'token-sees-some-groups', saw: expect.stringContaining('7 groups, but not Everyone') },
    ]);
  });

  it('warns of one that sees much less than the last run', async () => {
    const narrow = await rehearsal.control.tokens.create({ name: 'narrow', owner: 'group-admin' });
    const whole = await testConnection();
    const users = whole.visible?.users ?? 0;

    const { problems, visible, facts } = await testConnection({
      token: narrow.value,
      lastGood: { users, groups: 40, builtInGroups: 1 },
    });

    const seen = visible?.users ?? 0;
    expect(facts['token-sees']).toBe(`7 of 40 groups, ${seen} of ${users} users`);
    expect(problems).toMatchObject([
      {
        code: 'token-sees-less',
        saw: `The last run saw 40 groups and ${users} users. A token sees only what its owner, grace.addo@rehearsal.example, may see: 7 groups and ${seen} users.`,
        matters: `The other ${users - seen} people would look as if they had left. The next sync would be held, so nobody is disabled.`,
        field: 'apiToken',
      },
    ]);
  });

  it('warns of one that sees nobody', async () => {
    await rehearsal.control.faults.set({ kind: 'empty-list', collection: 'users' });

    const { outcome, problems } = await testConnection();

    expect(outcome).toBe('warning');
    expect(problems).toMatchObject([{ code: 'token-sees-nobody' }]);
  });
});

describe('stopping', () => {
  it('throws at once', async () => {
    await rehearsal.control.faults.set({ kind: 'slow', milliseconds: 300 });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);

    await expect(testConnection({ signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });
});
