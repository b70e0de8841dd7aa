import { beforeEach, describe, expect, it } from 'vitest';
import { FakeJournal } from './conformance/fake-journal.ts';
import { FakeSource } from './conformance/fake-source.ts';
import { sourceGroup, sourceUser } from './conformance/harness.ts';
import { RunBench } from './conformance/run-bench.ts';

const everyone = { ...sourceGroup('00gEveryone', 'Everyone'), selected: false };

let source: FakeSource;
let bench: RunBench;

beforeEach(() => {
  source = new FakeSource();
  source.users = people(40);
  source.groups = [sourceGroup('00g1', 'Team'), sourceGroup('00g2', 'Crew'), everyone];
  source.members = { '00g1': ['00u00', '00u01', '00uUnlisted'], '00g2': ['00u01'] };
  bench = new RunBench(source);
});

function people(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index).padStart(2, '0');
    return sourceUser(`00u${number}`, `p${number}`);
  });
}

describe('a run that applies', () => {
  it('brings an empty directory to what the source says', async () => {
    const outcome = await bench.run('apply');

    expect(outcome).toMatchObject({ state: 'done', reason: null });
    expect(outcome.counters).toMatchObject({
      added: 40,
      groupsAdded: 2,
      membershipsGained: 3,
      notModified: 0,
      filtered: 0,
    });
    expect(bench.journal.states).toEqual(['reading', 'planning', 'applying']);
    expect(bench.journal.codes()).toEqual([
      'absences-none',
      'read-finished',
      'plan-finished',
      'guard-passed',
      'apply-started',
      'apply-finished',
    ]);
    expect(bench.journal.outcome).toEqual(outcome);
    const content = await bench.harness.directory();
    expect(content.users).toHaveLength(40);
    expect(content.groups.map((group) => group.name)).toEqual(['Team', 'Crew']);
    expect(content.memberships).toHaveLength(3);
  });

  it('writes nothing the second time', async () => {
    await bench.run('apply');
    const before = await bench.harness.directory();

    const outcome = await bench.run('apply');

    expect(outcome).toMatchObject({ state: 'done', counters: { added: 0, modified: 0, notModified: 40 } });
    expect(bench.lastPlan().rows.map((row) => row.change.operation)).toEqual(['skip']);
    expect(await bench.harness.directory()).toEqual(before);
  });

  it('follows what happens in the source', async () => {
    await bench.run('apply');
    source.users = [
      ...people(36).slice(1),
      { ...sourceUser('00u00', 'renamed') },
      sourceUser('00u36', 'p36', 'SUSPENDED'),
      sourceUser('00u37', 'p37'),
      sourceUser('00u99', 'new'),
    ];
    source.groups = [sourceGroup('00g1', 'Renamed team'), sourceGroup('00g3', 'Crew'), everyone];
    source.members = { '00g1': ['00u00', '00u99'], '00g3': ['00u02'] };
    source.absences = { '00u38': 'deprovisioned' };

    const outcome = await bench.run('apply');

    expect(outcome.state).toBe('done');
    expect(outcome.counters).toMatchObject({
      added: 1,
      modified: 3,
      cleanedUp: 3,
      groupsAdded: 1,
      groupsModified: 1,
      groupsCleanedUp: 1,
      drifted: 0,
    });
    const reasons = bench
      .lastPlan()
      .rows.map(({ change }) => [change.key, change.operation, change.reason.code]);
    expect(reasons).toEqual([
      ['00g1', 'update', 'profile-changed'],
      ['00g2', 'delete', 'deleted-in-source'],
      ['00gEveryone', 'skip', 'built-in'],
      ['00g3', 'create', 'new-in-source'],
      ['00u00', 'update', 'profile-changed'],
      ['00u01', 'update', 'groups-changed'],
      ['00u02', 'update', 'groups-changed'],
      ['00u36', 'disable', 'status-suspended'],
      ['00u38', 'disable', 'deactivated-in-source'],
      ['00u39', 'disable', 'deleted-in-source'],
      ['00u99', 'create', 'new-in-source'],
    ]);
    expect((await bench.run('apply')).counters).toMatchObject({
      added: 0,
      modified: 0,
      cleanedUp: 0,
      drifted: 0,
    });
  });

  it('is held when the list is empty, and the next one too', async () => {
    await bench.run('apply');
    const before = await bench.harness.directory();
    source.users = [];
    source.absences = Object.fromEntries(people(40).map((user) => [user.externalId, 'present']));

    for (const _time of [1, 2]) {
      const outcome = await bench.run('apply');
      expect(outcome).toMatchObject({ state: 'held', reason: { code: 'guard-held' } });
      expect(outcome.reason?.facts.reasons).toContain('guard-no-users');
      expect(await bench.harness.directory()).toEqual(before);
    }
  });

  it('is held when the token sees fewer people and groups, and the next one too', async () => {
    source.groups.push(
      ...Array.from({ length: 20 }, (_, index) => sourceGroup(`00gx${index}`, `G ${index}`)),
    );
    await bench.run('apply');
    const before = await bench.harness.directory();
    source.users = people(4);
    source.groups = [sourceGroup('00g1', 'Team')];
    source.members = { '00g1': ['00u00', '00u01'] };
    source.facts = { builtInGroups: 0 };

    for (const _time of [1, 2]) {
      const outcome = await bench.run('apply');
      expect(outcome.state).toBe('held');
      expect(outcome.reason?.facts.reasons).toEqual([
        'guard-incomplete-read',
        'guard-users-dropped',
        'guard-groups-dropped',
      ]);
      expect(bench.lastPlan().summary?.suppressed).toEqual([
        { code: 'suppressed-users', facts: { count: 36 } },
      ]);
      expect(await bench.harness.directory()).toEqual(before);
    }
  });

  it('is held once when the token belongs to somebody else', async () => {
    await bench.run('apply');
    source.facts = { owner: { id: '00uOther', login: 'other' } };

    expect((await bench.run('apply')).reason?.facts).toEqual({ held: 0, reasons: ['guard-owner-changed'] });
    expect((await bench.run('apply')).state).toBe('done');
  });

  it('asks about a sample of many who are absent, and takes it for all', async () => {
    source.users = people(100);
    await bench.run('apply');
    source.users = people(40);
    source.absences = { '00u99': 'deprovisioned' };

    const outcome = await bench.run('simulate');

    expect(new Set(source.asked).size).toBe(50);
    expect(outcome.counters).toMatchObject({ cleanedUp: 60 });
    const reasons = bench
      .lastPlan()
      .rows.flatMap(({ change }) => (change.operation === 'disable' ? [change.reason.code] : []));
    expect(reasons.filter((code) => code === 'absent-in-source')).toHaveLength(10);
    expect(bench.lastPlan().summary?.verdict.reasons.map(({ code }) => code)).toEqual([
      'guard-users-dropped',
      'guard-removals',
    ]);
  });

  it('does not take one who is there for gone, nor the others of the sample', async () => {
    await bench.run('apply');
    source.users = people(38);
    source.absences = { '00u38': 'present', '00u39': 'gone' };

    const outcome = await bench.run('apply');

    expect(outcome).toMatchObject({ state: 'held', counters: { cleanedUp: 0, filtered: 2 } });
    expect((await bench.harness.directory()).users.every((user) => user.active)).toBe(true);
  });
});

describe('a simulation', () => {
  it('writes nothing to the directory, and its plan is applied exactly', async () => {
    const before = await bench.harness.directory();
    const outcome = await bench.run('simulate');
    expect(outcome).toMatchObject({ state: 'done', counters: { added: 40, held: 0 } });
    expect(await bench.harness.directory()).toEqual(before);
    expect(bench.journal.states).toEqual(['reading', 'planning']);
    const { id, rows } = bench.lastPlan();

    const applied = await bench.applyStored(id);

    expect(applied).toMatchObject({ state: 'done', counters: { added: 40, groupsAdded: 2, drifted: 0 } });
    expect(rows.every((row) => row.state === 'applied' || row.change.operation === 'skip')).toBe(true);
    expect(bench.journal.states).toEqual(['applying']);
  });

  it('says that a sync would be held, and is done all the same', async () => {
    await bench.run('apply');
    source.users = [];

    const outcome = await bench.run('simulate');

    expect(outcome.state).toBe('done');
    expect(bench.lastPlan().summary?.verdict.outcome).toBe('hold');
    expect(bench.journal.codes()).toContain('guard-would-hold');
    expect(bench.journal.codes()).toContain('guard-no-users');
  });

  it('skips a person who changed in between when its plan is applied', async () => {
    await bench.run('apply');
    source.users = people(40).map((user) => ({
      ...user,
      profile: { ...user.profile, lastName: 'King' },
    }));
    await bench.run('simulate');
    const { id } = bench.lastPlan();
    bench.harness.memory.directory.touchUser((await bench.harness.directory()).users[0]?.id ?? -1);

    const outcome = await bench.applyStored(id);

    expect(outcome).toMatchObject({ state: 'done', counters: { modified: 39, drifted: 1 } });
    expect(bench.journal.notes.at(-1)).toMatchObject({
      level: 'warning',
      facts: { applied: 39, drifted: 1 },
    });
  });

  it('has a plan that is refused when the settings changed', async () => {
    await bench.run('simulate');
    const { id } = bench.lastPlan();

    expect(await bench.applyStored(id, 2)).toMatchObject({
      state: 'failed',
      reason: { code: 'settings-changed' },
    });
    expect((await bench.harness.directory()).users).toEqual([]);
  });
});

describe('progress', () => {
  it('is compared with the last run', async () => {
    await bench.run('apply');
    const last = bench.journal.latest;
    const journal = new FakeJournal();
    journal.last = last;

    await bench.run('apply', { journal });

    expect(journal.latest).toMatchObject({
      users: { pages: 1, pagesExpected: 1, read: 40, lastRun: 40 },
      calls: 1,
      retries: 0,
      planned: 40,
      planExpected: 40,
      applied: 0,
      applyExpected: 0,
    });
  });
});
