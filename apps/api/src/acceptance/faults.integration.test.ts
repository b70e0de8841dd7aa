import { testTiming } from '@gatehouse/connectors/okta/test-support';
import type { Run, RunProgress } from '@gatehouse/contracts/run';
import { reasonWords, stepWords } from '@gatehouse/contracts/run-words';
import type { FaultInput } from '@gatehouse/rehearsal/faults/fault-input';
import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Gatehouse } from './testing.ts';

let rehearsal: Rehearsal;
let gatehouse: Gatehouse;
let connectorId: string;

/** A directory that is as the org, so that whatever a faulty read leaves out would look like somebody who left. */
beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 250, groups: 12, rateLimit: 'off' });
  const { value } = await rehearsal.control.tokens.create({ name: 'sync', owner: 'read-only-admin' });
  gatehouse = await Gatehouse.start({
    allow: [rehearsal.url],
    overrides: { oktaTiming: { ...testTiming, requestTimeoutMs: 1_000, tries: 3 } },
  });
  connectorId = (await gatehouse.connect({ url: rehearsal.url, token: value })).id;
  await gatehouse.run(connectorId, 'apply');
});

afterAll(async () => {
  await gatehouse.close();
  await rehearsal.close();
});

beforeEach(() => rehearsal.control.faults.clearAll());

function words(run: Run): string[] {
  return run.steps.map(stepWords).reverse();
}

describe('a sync ends done, and shows what it waited for:', () => {
  it.each<{ name: string; fault: FaultInput; step: string; says: RegExp; progress?: Partial<RunProgress> }>([
    {
      name: 'one 500 on page 2',
      fault: { kind: 'server-error', collection: 'users', page: 2 },
      step: 'page-retried',
      says: /^Okta answered 500 while reading users\. Try 2 of 3 at \d\d:\d\d:\d\d UTC\.$/,
      progress: { retries: 1 },
    },
    {
      name: 'one stalled page',
      fault: { kind: 'stall', collection: 'members' },
      step: 'page-retried',
      says: /^No answer in time while reading members\. Try 2 of 3 at /,
      progress: { retries: 1 },
    },
    {
      name: 'one truncated page',
      fault: { kind: 'truncate', collection: 'groups' },
      step: 'page-retried',
      says: /^An answer ended in the middle while reading groups\. Try 2 of 3 at /,
      progress: { retries: 1 },
    },
    {
      name: 'slow answers',
      fault: { kind: 'slow', milliseconds: 120, collection: 'users' },
      step: 'users-read',
      says: /^Read \d+ people in 2 pages\.$/,
      progress: { retries: 0 },
    },
    {
      name: 'a group that vanishes between the list and its members',
      fault: { kind: 'hide-group', times: 1 },
      step: 'group-vanished',
      says: /^The group “.+” was deleted in Okta while it was read\.$/u,
    },
  ])('$name', async ({ fault, step, says, progress }) => {
    const before = gatehouse.dump();
    await rehearsal.control.faults.set(fault);

    const run = await gatehouse.run(connectorId, 'simulate');

    expect(run).toMatchObject({ state: 'done', reason: null });
    const told = run.steps.find(({ code }) => code === step);
    expect(told && stepWords(told)).toMatch(says);
    if (progress !== undefined) {
      expect(run.progress).toMatchObject({ ...progress, waiting: null });
      expect(words(run).join('\n')).toContain('Nothing to do: the directory is as Okta says.');
    }
    expect((await rehearsal.control.faults.list())[0]?.hits).toBeGreaterThan(0);
    expect(gatehouse.dump()).toEqual(before);
  });

  it('a 429 storm: the wait and its end are shown while it lasts, then the diary keeps it', async () => {
    await rehearsal.control.faults.set({
      kind: 'rate-limit-storm',
      collection: 'users',
      calls: 2,
      resetSeconds: 2,
    });
    const runId = await gatehouse.startRun(connectorId, 'apply');

    const waiting = await vi.waitFor(
      async () => {
        const run = await gatehouse.get<Run>(`/api/runs/${runId}`);
        expect(run).toMatchObject({ state: 'reading', progress: { waiting: { reason: 'rate-limit' } } });
        return run.progress?.waiting;
      },
      { timeout: 20_000, interval: 20 },
    );
    const run = await gatehouse.finished(runId);

    expect(waiting?.bucket).toBe('/api/v1/users');
    expect(Date.parse(waiting?.until ?? '')).toBeGreaterThan(Date.now() - 10_000);
    expect(run).toMatchObject({ state: 'done', progress: { waiting: null } });
    const step = run.steps.find(({ code }) => code === 'rate-limit-wait');
    expect(step).toMatchObject({ level: 'waiting' });
    expect(step && stepWords(step)).toMatch(
      /^Waiting for Okta’s rate limit \(Users\)\. Goes on at \d\d:\d\d:\d\d UTC\.$/,
    );
    expect(run.progress?.retries).toBeGreaterThan(0);
  });
});

describe('a sync ends failed, the directory untouched:', () => {
  const notJson = 'The directory is as it was.';

  it.each<{ name: string; fault: FaultInput; code: string; says: RegExp }>([
    {
      name: 'a 500 that stays',
      fault: { kind: 'server-error', collection: 'users', page: 2, times: null },
      code: 'server-failed',
      says: /while reading users, page 2.* 500 E0000009 .*in 3 tries\./,
    },
    {
      name: 'a page that stalls',
      fault: { kind: 'stall', collection: 'groups', times: null },
      code: 'host-timed-out',
      says: /did not answer in .* while reading groups.*in 3 tries\./,
    },
    {
      name: 'a page that is cut off',
      fault: { kind: 'truncate', collection: 'members', times: null },
      code: 'answer-truncated',
      says: /ended in the middle while reading members.*in 3 tries\./,
    },
    {
      name: 'a cursor that comes again',
      fault: { kind: 'repeat-cursor', collection: 'users' },
      code: 'cursor-repeated',
      says: /^Okta sent to a page that was read already while reading users, page \d+\./,
    },
    {
      name: 'a token that expires on the way',
      fault: { kind: 'expired-token', skip: 3 },
      code: 'token-invalid',
      says: /^Okta refuses the token.* 401 E0000011 /,
    },
    {
      name: 'HTML instead of Okta',
      fault: { kind: 'html' },
      code: 'not-the-source',
      says: /^127\.0\.0\.1:\d+ .*web page/,
    },
  ])('$name', async ({ fault, code, says }) => {
    const before = gatehouse.dump();
    await rehearsal.control.faults.set(fault);

    const run = await gatehouse.run(connectorId, 'apply');

    expect(run).toMatchObject({ state: 'failed', reason: { code }, planId: null });
    const reason = run.reason === null ? '' : reasonWords(run.reason);
    expect(reason).toMatch(says);
    expect(reason).toContain(notJson);
    expect(run.steps[0]?.code).toBe('state-failed');
    expect(words(run).at(-1)).toContain(reason.slice(0, 40));
    expect(gatehouse.dump()).toEqual(before);
    const apply = await gatehouse.tryApply(run.id, 'AAAAAAAAAAAAAAAAAAAAAA');
    expect([apply.status, apply.json.code]).toEqual([409, 'no-plan']);
  });
});

describe('a sync is held, nobody removed or disabled:', () => {
  const cases: { name: string; fault: FaultInput; reasons: string[]; says: RegExp }[] = [
    {
      name: 'an empty list',
      fault: { kind: 'empty-list', collection: 'users' },
      reasons: ['guard-no-users'],
      says: /Okta’s list of people is empty\. Nobody is removed because of that\./,
    },
    {
      name: 'a token whose owner lost sight of most people',
      fault: { kind: 'narrowed-owner', share: 0.2 },
      reasons: ['guard-users-dropped', 'guard-groups-dropped'],
      says: /The token sees \d+ (person|people); the last good run saw \d+\./,
    },
  ];

  it.each(cases)('$name', async ({ fault, reasons, says }) => {
    const before = gatehouse.dump();
    await rehearsal.control.faults.set(fault);

    const run = await gatehouse.run(connectorId, 'apply');

    expect(run).toMatchObject({ state: 'held', reason: { code: 'guard-held' } });
    expect(run.reason === null ? '' : reasonWords(run.reason)).toMatch(/Nothing was written\.$/);
    const plan = await gatehouse.plan(run.id);
    expect(plan.verdict.outcome).toBe('hold');
    expect(plan.verdict.reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(reasons));
    expect(plan.verdict.reasons.map(reasonWords).join('\n')).toMatch(says);
    expect(plan.applicable).toMatchObject({ possible: false, reasons: [{ code: 'guard-held' }] });
    const rows = await gatehouse.changes(run.id, 'user');
    expect(rows.filter(({ operation }) => operation === 'disable' || operation === 'delete')).toEqual([]);

    const apply = await gatehouse.tryApply(run.id);
    expect([apply.status, apply.json.code]).toEqual([409, 'plan-held']);
    expect(gatehouse.dump()).toEqual(before);
    expect(await gatehouse.connector(connectorId)).toMatchObject({ heldRun: { id: run.id } });

    const discarded = await gatehouse.call('POST', `/api/runs/${run.id}/discard`, 200);
    expect(discarded.json).toMatchObject({ state: 'discarded' });
    expect((await gatehouse.connector(connectorId)).heldRun).toBeNull();
    const again = await gatehouse.admin.send('POST', `/api/runs/${run.id}/discard`);
    expect([again.status, again.json.code]).toEqual([409, 'run-over']);
    expect(gatehouse.dump()).toEqual(before);
  });

  it.each(cases)('a simulation says so before ($name)', async ({ fault }) => {
    await rehearsal.control.faults.set(fault);

    const run = await gatehouse.run(connectorId, 'simulate');

    expect(run.state).toBe('done');
    expect(words(run)).toContain('A sync would be held: a limit is crossed.');
    const apply = await gatehouse.tryApply(run.id);
    expect([apply.status, apply.json.code]).toEqual([409, 'plan-held']);
  });

  it('a newer run replaces it, and once the fault is gone a sync is done', async () => {
    const before = gatehouse.dump();
    await rehearsal.control.faults.set({ kind: 'empty-list', collection: 'users' });
    const held = await gatehouse.run(connectorId, 'apply');
    await rehearsal.control.faults.clearAll();

    const run = await gatehouse.run(connectorId, 'apply');

    expect(run).toMatchObject({ state: 'done', counters: { added: 0, modified: 0, cleanedUp: 0 } });
    expect(await gatehouse.get(`/api/runs/${held.id}`)).toMatchObject({
      state: 'replaced',
      reason: { code: 'newer-plan', facts: { runId: run.id } },
    });
    expect(gatehouse.dump()).toEqual(before);
  });
});

describe('a person cancels', () => {
  it('while it reads: cancelled, nothing was written', async () => {
    const before = gatehouse.dump();
    await rehearsal.control.faults.set({ kind: 'slow', milliseconds: 800 });
    const runId = await gatehouse.startRun(connectorId, 'apply');

    await gatehouse.call('POST', `/api/runs/${runId}/cancel`, 200);

    const run = await gatehouse.finished(runId);
    expect(run).toMatchObject({ state: 'cancelled', reason: { code: 'cancelled-by-person' } });
    expect(gatehouse.dump()).toEqual(before);
    const again = await gatehouse.admin.send('POST', `/api/runs/${runId}/cancel`);
    expect([again.status, again.json.code]).toEqual([409, 'run-over']);
  });
});
