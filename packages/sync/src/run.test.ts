import { beforeEach, describe, expect, it } from 'vitest';
import { FakeJournal } from './conformance/fake-journal.ts';
import { FakeSource } from './conformance/fake-source.ts';
import { sourceGroup, sourceUser } from './conformance/harness.ts';
import type { MemoryHarness } from './conformance/memory-harness.ts';
import { createMemoryHarness } from './conformance/memory-harness.ts';
import type { RunKey } from './ports.ts';
import { SyncError } from './ports.ts';
import { executeRun } from './run.ts';
import { SourceError } from './source.ts';

const everyone = { ...sourceGroup('00gEveryone', 'Everyone'), selected: false };

let harness: MemoryHarness;
let source: FakeSource;
let journal: FakeJournal;
let stop: AbortController;
let unexpected: unknown[];

beforeEach(() => {
  harness = createMemoryHarness();
  source = new FakeSource();
  source.users = people(40);
  source.groups = [sourceGroup('00g1', 'Team'), sourceGroup('00g2', 'Crew'), everyone];
  source.members = { '00g1': ['00u00', '00u01', '00uUnlisted'], '00g2': ['00u01'] };
});

function people(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index).padStart(2, '0');
    return sourceUser(`00u${number}`, `p${number}`);
  });
}

async function run(kind: 'simulate' | 'apply', key?: RunKey) {
  const { ports, key: started } = await prepare(key);
  const input = { kind, key: started, source } as const;
  return executeRun(input, ports);
}

async function applyStored(planId: number, key?: RunKey) {
  const { ports, key: started } = await prepare(key);
  return executeRun({ kind: 'stored-plan', key: started, planId }, ports);
}

async function prepare(key?: RunKey) {
  journal = new FakeJournal();
  stop = new AbortController();
  unexpected = [];
  const { snapshots, planning, plans, applier } = harness;
  const onUnexpected = (error: unknown) => void unexpected.push(error);
  const basics = { journal, now: () => 1_000, signal: stop.signal, onUnexpected };
  const ports = { snapshots, planning, plans, applier, ...basics };
  return { ports, key: key ?? (await harness.startRun()) };
}

function lastPlan() {
  const plan = harness.memory.plans.byId.get(journal.planId ?? -1);
  if (plan === undefined) throw new Error('the run made no plan');
  return plan;
}

describe('a run that applies', () => {
  it('brings an empty directory to what the source says', async () => {
    const outcome = await run('apply');

    expect(outcome).toMatchObject({ state: 'done', reason: null });
    expect(outcome.counters).toMatchObject({
      added: 40,
      groupsAdded: 2,
      membershipsGained: 3,
      notModified: 0,
      filtered: 0,
    });
    expect(journal.states).toEqual(['reading', 'planning', 'applying']);
    expect(journal.codes()).toEqual([
      'absences-none',
      'read-finished',
      'plan-finished',
      'guard-passed',
      'apply-started',
      'apply-finished',
    ]);
    expect(journal.outcome).toEqual(outcome);
    const content = await harness.directory();
    expect(content.users).toHaveLength(40);
    expect(content.groups.map((group) => group.name)).toEqual(['Team', 'Crew']);
    expect(content.memberships).toHaveLength(3);
  });

  it('writes nothing the second time', async () => {
    await run('apply');
    const before = await harness.directory();

    const outcome = await run('apply');

    expect(outcome).toMatchObject({ state: 'done', counters: { added: 0, modified: 0, notModified: 40 } });
    expect(lastPlan().rows.map((row) => row.change.operation)).toEqual(['skip']);
    expect(await harness.directory()).toEqual(before);
  });

  it('follows what happens in the source', async () => {
    await run('apply');
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

    const outcome = await run('apply');

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
    const reasons = lastPlan().rows.map(({ change }) => [change.key, change.operation, change.reason.code]);
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
    expect((await run('apply')).counters).toMatchObject({ added: 0, modified: 0, cleanedUp: 0, drifted: 0 });
  });

  it('is held when the list is empty, and the next one too', async () => {
    await run('apply');
    const before = await harness.directory();
    source.users = [];
    source.absences = Object.fromEntries(people(40).map((user) => [user.externalId, 'present']));

    for (const _time of [1, 2]) {
      const outcome = await run('apply');
      expect(outcome).toMatchObject({ state: 'held', reason: { code: 'guard-held' } });
      expect(outcome.reason?.facts.reasons).toContain('guard-no-users');
      expect(await harness.directory()).toEqual(before);
    }
  });

  it('is held when the token sees fewer people and groups, and the next one too', async () => {
    source.groups.push(
      ...Array.from({ length: 20 }, (_, index) => sourceGroup(`00gx${index}`, `G ${index}`)),
    );
    await run('apply');
    const before = await harness.directory();
    source.users = people(4);
    source.groups = [sourceGroup('00g1', 'Team')];
    source.members = { '00g1': ['00u00', '00u01'] };
    source.facts = { builtInGroups: 0 };

    for (const _time of [1, 2]) {
      const outcome = await run('apply');
      expect(outcome.state).toBe('held');
      expect(outcome.reason?.facts.reasons).toEqual([
        'guard-incomplete-read',
        'guard-users-dropped',
        'guard-groups-dropped',
      ]);
      expect(lastPlan().summary?.suppressed).toEqual([{ code: 'suppressed-users', facts: { count: 36 } }]);
      expect(await harness.directory()).toEqual(before);
    }
  });

  it('is held once when the token belongs to somebody else', async () => {
    await run('apply');
    source.facts = { owner: { id: '00uOther', login: 'other' } };

    expect((await run('apply')).reason?.facts).toEqual({ held: 0, reasons: ['guard-owner-changed'] });
    expect((await run('apply')).state).toBe('done');
  });

  it('asks about a sample of many who are absent, and takes it for all', async () => {
    source.users = people(100);
    await run('apply');
    source.users = people(40);
    source.absences = { '00u99': 'deprovisioned' };

    const outcome = await run('simulate');

    expect(new Set(source.asked).size).toBe(50);
    expect(outcome.counters).toMatchObject({ cleanedUp: 60 });
    const reasons = lastPlan().rows.flatMap(({ change }) =>
      change.operation === 'disable' ? [change.reason.code] : [],
    );
    expect(reasons.filter((code) => code === 'absent-in-source')).toHaveLength(10);
    expect(lastPlan().summary?.verdict.reasons.map(({ code }) => code)).toEqual([
      'guard-users-dropped',
      'guard-removals',
    ]);
  });

  it('does not take one who is there for gone, nor the others of the sample', async () => {
    await run('apply');
    source.users = people(38);
    source.absences = { '00u38': 'present', '00u39': 'gone' };

    const outcome = await run('apply');

    expect(outcome).toMatchObject({ state: 'held', counters: { cleanedUp: 0, filtered: 2 } });
    expect((await harness.directory()).users.every((user) => user.active)).toBe(true);
  });
});

describe('a simulation', () => {
  it('writes nothing to the directory, and its plan is applied exactly', async () => {
    const before = await harness.directory();
    const outcome = await run('simulate');
    expect(outcome).toMatchObject({ state: 'done', counters: { added: 40, held: 0 } });
    expect(await harness.directory()).toEqual(before);
    expect(journal.states).toEqual(['reading', 'planning']);
    const { id, rows } = lastPlan();

    const applied = await applyStored(id);

    expect(applied).toMatchObject({ state: 'done', counters: { added: 40, groupsAdded: 2, drifted: 0 } });
    expect(rows.every((row) => row.state === 'applied' || row.change.operation === 'skip')).toBe(true);
    expect(journal.states).toEqual(['applying']);
  });

  it('says that a sync would be held, and is done all the same', async () => {
    await run('apply');
    source.users = [];

    const outcome = await run('simulate');

    expect(outcome.state).toBe('done');
    expect(lastPlan().summary?.verdict.outcome).toBe('hold');
    expect(journal.codes()).toContain('guard-would-hold');
    expect(journal.codes()).toContain('guard-no-users');
  });

  it('skips a person who changed in between when its plan is applied', async () => {
    await run('apply');
    source.users = people(40).map((user) => ({
      ...user,
      profile: { ...user.profile, lastName: 'King' },
    }));
    await run('simulate');
    const { id } = lastPlan();
    harness.memory.directory.touchUser((await harness.directory()).users[0]?.id ?? -1);

    const outcome = await applyStored(id);

    expect(outcome).toMatchObject({ state: 'done', counters: { modified: 39, drifted: 1 } });
    expect(journal.notes.at(-1)).toMatchObject({ level: 'warning', facts: { applied: 39, drifted: 1 } });
  });

  it('has a plan that is refused when the settings changed', async () => {
    await run('simulate');
    const { id } = lastPlan();
    const key = { ...(await harness.startRun()), settingsVersion: 2 };

    expect(await applyStored(id, key)).toMatchObject({
      state: 'failed',
      reason: { code: 'settings-changed' },
    });
    expect((await harness.directory()).users).toEqual([]);
  });
});

describe('the end of a run', () => {
  it.each([
    ['hard', new SourceError('token-invalid', 'hard', { facts: { oktaCode: 'E0000011' } })],
    ['soft', new SourceError('server-failed', 'soft', { facts: { status: 500 } })],
  ] as const)('is failed with what the source said (%s)', async (severity, error) => {
    source.duringRead = () => {
      throw error;
    };

    const outcome = await run('apply');

    expect(outcome).toEqual({
      state: 'failed',
      reason: { code: error.code, facts: { ...error.facts, severity } },
      counters: null,
    });
    expect((await harness.directory()).users).toEqual([]);
    expect(unexpected).toEqual([]);
  });

  it('is failed, and handed to the log, when the error is ours', async () => {
    const error = new RangeError('a secret thing');
    source.duringRead = () => {
      throw error;
    };

    expect(await run('apply')).toEqual({
      state: 'failed',
      reason: { code: 'unexpected', facts: { name: 'RangeError' } },
      counters: null,
    });
    expect(unexpected).toEqual([error]);
  });

  it('is cancelled while it reads', async () => {
    source.duringRead = () => {
      stop.abort();
      throw new SourceError('cancelled', 'soft');
    };

    expect(await run('apply')).toMatchObject({ state: 'cancelled', reason: { code: 'cancelled-by-person' } });
    expect((await harness.directory()).users).toEqual([]);
  });

  it('is cancelled while it plans, and leaves no plan', async () => {
    const open = harness.planning.open.bind(harness.planning);
    const { ports, key } = await prepare();
    const planning = {
      open: (...args: Parameters<typeof open>) => {
        stop.abort();
        return open(...args);
      },
    };

    const outcome = await executeRun({ kind: 'apply', key, source }, { ...ports, planning });

    expect(outcome.state).toBe('cancelled');
    expect(harness.memory.plans.byId.size).toBe(0);
  });

  it('is cancelled between two chunks: what is applied stays', async () => {
    source.users = Array.from({ length: 700 }, (_, index) => sourceUser(`00u${index}`, `p${index}`));
    const { ports, key } = await prepare();
    const { applier } = harness;
    const stopping = {
      begin: applier.begin.bind(applier),
      finish: applier.finish.bind(applier),
      applyChunk: async (planId: number, by: RunKey) => {
        const chunk = await applier.applyChunk(planId, by);
        stop.abort();
        return chunk;
      },
    };

    const outcome = await executeRun({ kind: 'apply', key, source }, { ...ports, applier: stopping });

    expect(outcome).toMatchObject({ state: 'cancelled', reason: { facts: { applied: 500 } } });
    expect(outcome.counters).toMatchObject({ added: 498, groupsAdded: 2 });
    expect(await harness.planState(journal.planId ?? -1)).toBe('discarded');
  });

  it('is silent when the lease is lost, and another run goes on', async () => {
    source.users = Array.from({ length: 700 }, (_, index) => sourceUser(`00u${index}`, `p${index}`));
    const { ports, key } = await prepare();
    const { applier } = harness;
    const losing = {
      begin: applier.begin.bind(applier),
      finish: applier.finish.bind(applier),
      applyChunk: async (planId: number, by: RunKey) => {
        const chunk = await applier.applyChunk(planId, by);
        await harness.startRun();
        return chunk;
      },
    };

    const outcome = await executeRun({ kind: 'apply', key, source }, { ...ports, applier: losing });

    expect(outcome.state).toBe('interrupted');
    expect(journal.outcome).toBeNull();
    const planId = journal.planId ?? -1;
    expect(await harness.planState(planId)).toBe('applying');
    expect(await applyStored(planId)).toMatchObject({ state: 'done', counters: { added: 700 } });
  });

  it('is silent when the process stops, and can be gone on with', async () => {
    source.duringRead = () => stop.abort(new SyncError('lease-lost'));

    expect((await run('apply')).state).toBe('interrupted');
    expect(journal.outcome).toBeNull();
  });
});

describe('progress', () => {
  it('is compared with the last run', async () => {
    await run('apply');
    const last = journal.latest;
    const { ports, key } = await prepare();
    journal.last = last;

    await executeRun({ kind: 'apply', key, source }, ports);

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
