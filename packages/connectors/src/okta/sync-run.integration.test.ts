import type { FaultInput } from '@gatehouse/rehearsal/faults/fault-input';
import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { RunBench } from '@gatehouse/sync/conformance/run-bench';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOktaSource } from './connector.ts';
import { loopbackFetch, testTiming } from './test-support.ts';

let rehearsal: Rehearsal;
let token: string;
let bench: RunBench;

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 450, groups: 40, rateLimit: 'off' });
  token = (await rehearsal.control.tokens.create({ name: 'sync', owner: 'read-only-admin' })).value;
});

afterAll(() => rehearsal.close());

beforeEach(async () => {
  await rehearsal.control.faults.clearAll();
  const source = createOktaSource({
    origin: rehearsal.url,
    token,
    fetch: loopbackFetch,
    timing: testTiming,
    now: Date.now,
    random: Math.random,
  });
  bench = new RunBench(source);
});

/** The rows of the plan that was made last, without what is only listed. */
function plannedRows() {
  return bench
    .lastPlan()
    .rows.map(({ change }) => change)
    .filter((change) => change.category !== 'filtered')
    .map((change) => [change.key, change.operation, change.reason.code]);
}

describe('a sync from Okta', () => {
  it('fills an empty directory, and finds nothing to do the second time', async () => {
    const stats = await rehearsal.control.stats();

    const first = await bench.run('apply');
    const second = await bench.run('apply');

    expect(first).toMatchObject({ state: 'done', counters: { drifted: 0 } });
    const { ACTIVE, LOCKED_OUT, PASSWORD_EXPIRED, RECOVERY } = stats.usersByStatus;
    const signsIn = ACTIVE + LOCKED_OUT + PASSWORD_EXPIRED + RECOVERY;
    expect((first.counters?.added ?? 0) + (first.counters?.failed ?? 0)).toBe(signsIn);
    expect(second).toMatchObject({
      state: 'done',
      counters: {
        added: 0,
        modified: 0,
        cleanedUp: 0,
        groupsAdded: 0,
        groupsModified: 0,
        groupsCleanedUp: 0,
      },
    });
  });

  it('shows just what happened in Okta since, with the reasons', async () => {
    await bench.run('apply');
    const known = (await bench.harness.directory()).users.map((user) => user.externalId ?? '');
    const { people, groups } = rehearsal.control;
    const [renamed = '', suspended = '', deactivated = '', deleted = '', moved = ''] = known.slice(10);
    const team = (await bench.harness.directory()).groups[3]?.externalId ?? '';
    await people.edit(renamed, { lastName: 'Renamed-Person' });
    await people.suspend(suspended);
    await people.deactivate(deactivated);
    await people.delete(deleted);
    await people.delete(deleted);
    const isMember = (await groups.members(team)).includes(moved);
    await groups.changeMembers(team, isMember ? { remove: [moved] } : { add: [moved] });

    const outcome = await bench.run('simulate');

    expect(outcome.state).toBe('done');
    expect(
      plannedRows()
        .filter(([, operation]) => operation !== 'skip')
        .sort(),
    ).toEqual(
      [
        [renamed, 'update', 'profile-changed'],
        [suspended, 'disable', 'status-suspended'],
        [deactivated, 'disable', 'deactivated-in-source'],
        [deleted, 'disable', 'deleted-in-source'],
        [moved, 'update', 'groups-changed'],
      ].sort(),
    );
  });
});

describe('a sync with a fault', () => {
  it.each<[string, FaultInput, string]>([
    ['a 429 storm', { kind: 'rate-limit-storm', calls: 3, resetSeconds: 1 }, 'rate-limit-wait'],
    ['one 500 on page 2', { kind: 'server-error', collection: 'users', page: 2 }, 'page-retried'],
    ['one stalled page', { kind: 'stall', collection: 'members' }, 'page-retried'],
    ['one truncated page', { kind: 'truncate', collection: 'groups' }, 'page-retried'],
    ['slow answers', { kind: 'slow', milliseconds: 30, collection: 'users' }, 'users-read'],
  ])('%s: done, and the diary says so', async (_name, fault, code) => {
    await rehearsal.control.faults.set(fault);

    expect((await bench.run('apply')).state).toBe('done');
    expect(bench.journal.codes()).toContain(code);
    expect((await bench.harness.directory()).users.length).toBeGreaterThan(300);
  });

  it.each<[string, FaultInput, string]>([
    [
      'a 500 that stays',
      { kind: 'server-error', collection: 'users', page: 2, times: null },
      'server-failed',
    ],
    ['a page that stalls', { kind: 'stall', collection: 'users', times: null }, 'host-timed-out'],
    ['a truncated page', { kind: 'truncate', collection: 'members', times: null }, 'answer-truncated'],
    ['a repeated cursor', { kind: 'repeat-cursor', collection: 'users' }, 'cursor-repeated'],
    ['an expired token', { kind: 'expired-token', skip: 4 }, 'token-invalid'],
    ['HTML', { kind: 'html' }, 'not-the-source'],
  ])('%s: failed, the directory untouched', async (_name, fault, code) => {
    await bench.run('apply');
    const before = await bench.harness.directory();
    await rehearsal.control.faults.set(fault);

    expect(await bench.run('apply')).toMatchObject({ state: 'failed', reason: { code } });
    expect(bench.journal.planId).toBeNull();
    expect(await bench.harness.directory()).toEqual(before);
  });

  it.each<[string, FaultInput, string[]]>([
    [
      'an empty list',
      { kind: 'empty-list', collection: 'users' },
      ['guard-incomplete-read', 'guard-no-users'],
    ],
    [
      'a token whose owner lost sight of most people',
      { kind: 'narrowed-owner', share: 0.2 },
      ['guard-incomplete-read', 'guard-users-dropped', 'guard-groups-dropped'],
    ],
    [
      'a token whose owner lost sight of some people',
      { kind: 'narrowed-owner', share: 0.93 },
      ['guard-incomplete-read'],
    ],
  ])('%s: held again and again, nobody removed or disabled', async (_name, fault, reasons) => {
    await bench.run('apply');
    const before = await bench.harness.directory();
    await rehearsal.control.faults.set(fault);

    for (const _time of [1, 2]) {
      const outcome = await bench.run('apply');
      expect(outcome).toMatchObject({ state: 'held', reason: { code: 'guard-held' } });
      expect(outcome.reason?.facts.reasons).toEqual(expect.arrayContaining(reasons));
      expect(plannedRows().filter(([, operation]) => operation === 'disable')).toEqual([]);
      expect(await bench.harness.directory()).toEqual(before);
    }

    await rehearsal.control.faults.clearAll();
    expect((await bench.run('apply')).state).toBe('done');
  });
});
