import { SyncError } from '@gatehouse/sync/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bySystem } from '../audit/audit-entry.ts';
import type { ConnectorRecord } from '../connectors/rows.ts';
import { ConnectorStore } from '../connectors/store.ts';
import { createTestSecretStore } from '../secrets/testing.ts';
import { openTestDatabase, type TestDatabase, testNow } from '../testing.ts';
import { SqliteRunJournal } from './journal.ts';
import { LeaseStore, leaseDuration } from './leases.ts';
import { RunStore } from './store.ts';

const settings = { domain: 'acme.okta.com', schedule: { enabled: false, value: null } };
const window = { limit: 50, offset: 0 };

let now: number;
let database: TestDatabase;
let runs: RunStore;
let leases: LeaseStore;
let connector: ConnectorRecord;
let changed: number;
let journal: SqliteRunJournal;

beforeEach(async () => {
  now = testNow;
  changed = 0;
  database = await openTestDatabase({ now: () => now });
  runs = new RunStore(database);
  leases = new LeaseStore(database, 'process-a');
  journal = new SqliteRunJournal(database, {
    changed: () => {
      changed += 1;
    },
    onError: (error) => {
      throw error;
    },
  });
  const created = await new ConnectorStore(database, createTestSecretStore(database)).create(
    { kind: 'okta', name: 'Acme', settings, directoryId: null, apiToken: null, nextRunAt: null },
    bySystem,
  );
  if (typeof created === 'string') throw new Error(created);
  connector = created;
});
afterEach(() => database.remove());

function enqueue(intent: 'simulate' | 'apply' = 'simulate') {
  return runs.enqueue(
    { connectorId: connector.id, connector, intent, scope: 'full', trigger: 'manual', startedBy: 'Ann' },
    bySystem,
  );
}

async function startRun() {
  const runId = await enqueue();
  if (runId === null) throw new Error('not queued');
  const fence = await leases.claim(connector.id, runId);
  if (fence === null) throw new Error('no lease');
  return { runId, fence, connectorId: connector.id, directoryId: connector.directoryId, settingsVersion: 1 };
}

/** A plan of the run, as planning would have left it. */
async function addPlan(runId: number, state = 'open'): Promise<number> {
  await database.write((db) => [
    db.$executeRaw`insert into Plan (publicId, runId, connectorId, snapshotId, settingsVersion, digest, totals, verdict, suppressed, rows, groupRows,
      state, createdAt) values (${`plan-${runId}`}, ${runId}, ${connector.id}, null, 1, '', '{}', '{}', '[]', 0, 0, ${state}, 0)`,
  ]);
  return database.sql.get<{ id: number }>('select id from Plan where runId = ?', runId)?.id ?? 0;
}

function mustFindRow(runId: number) {
  const row = runs.findRow(runId);
  if (row === null) throw new Error(`no run ${runId}`);
  return row;
}

describe('the queue', () => {
  it('takes one active run a connector, with diary and audit', async () => {
    const first = await enqueue();

    expect(await enqueue('apply')).toBeNull();
    expect(runs.list({}, window)).toMatchObject({ total: 1, items: [{ id: first, state: 'queued' }] });
    expect(runs.find(first ?? 0)).toMatchObject({ stepsTotal: 1, steps: [{ code: 'state-queued' }] });
    expect(database.sql.column('select action from AuditEntry order by id')).toEqual([
      'connector.created',
      'run.simulation-started',
    ]);
  });

  it.each([
    ['queued', 'cancelled'],
    ['reading', 'reading'],
  ])('cancels a %s run', async (state, after) => {
    const key = await startRun();
    if (state === 'reading') await journal.enter(key, 'reading');

    expect(await runs.requestCancel(mustFindRow(key.runId), bySystem)).toBe(true);

    expect(runs.find(key.runId)).toMatchObject({ state: after, cancelRequested: state === 'reading' });
  });

  it('does not cancel a run that is over', async () => {
    const key = await startRun();
    await journal.finish(key, { state: 'done', reason: null, counters: null });

    expect(await runs.requestCancel(mustFindRow(key.runId), bySystem)).toBe(false);
  });
});

describe('a reviewed plan', () => {
  async function simulated() {
    const key = await startRun();
    await journal.setPlan(key, await addPlan(key.runId));
    await journal.finish(key, { state: 'done', reason: null, counters: null });
    await leases.release(connector.id, key.fence);
    return mustFindRow(key.runId);
  }

  it('is applied by a new run that names it', async () => {
    const source = await simulated();

    const runId = await runs.enqueuePlan(source, 'Ann', bySystem);

    expect(runs.find(runId ?? 0)).toMatchObject({
      intent: 'apply',
      origin: { kind: 'plan', runId: source.id },
      planId: source.planPublicId,
    });
    expect(runs.find(source.id)).toMatchObject({ followedBy: runId, reviewed: { by: 'Ann' } });
  });

  it.each<[string, string]>([
    ['was discarded', `update Plan set state = 'discarded'`],
    ['was made with other settings', 'update Connector set settingsVersion = 2'],
    ['belongs to a removed connector', 'update Connector set removedAt = 1'],
  ])('is refused when it %s', async (_case, change) => {
    const source = await simulated();
    await database.write((db) => [db.$executeRawUnsafe(change)]);

    expect(await runs.enqueuePlan(source, 'Ann', bySystem)).toBeNull();
  });

  it('can be discarded after its run was interrupted', async () => {
    const key = await startRun();
    await journal.enter(key, 'planning');
    await journal.setPlan(key, await addPlan(key.runId));
    await runs.interruptOrphans();

    expect(await runs.discard(mustFindRow(key.runId), bySystem)).toBe(true);
  });

  it('can be discarded once', async () => {
    const source = await simulated();

    expect(await runs.discard(source, bySystem)).toBe(true);
    expect(await runs.discard(source, bySystem)).toBe(false);
    expect(runs.find(source.id)).toMatchObject({ state: 'discarded' });
  });

  it('replaces an older run that was held', async () => {
    const held = await startRun();
    await journal.setPlan(held, await addPlan(held.runId));
    await journal.finish(held, { state: 'held', reason: { code: 'guard-held', facts: {} }, counters: null });
    await leases.release(connector.id, held.fence);
    expect(runs.milestones()).toMatchObject({ heldTotal: 1, held: { id: held.runId } });

    const newer = await simulated();

    expect(runs.find(held.runId)).toMatchObject({
      state: 'replaced',
      reason: { code: 'newer-plan', facts: { runId: newer.id } },
    });
  });

  it('remembers the first review', async () => {
    const source = await simulated();

    await runs.markReviewed(source, bySystem);
    now += 1000;
    await runs.markReviewed(source, bySystem);

    expect(runs.find(source.id)?.reviewed).toEqual({ at: '2026-01-30T12:00:00.000Z', by: 'Gatehouse' });
  });
});

describe('the lease', () => {
  it('is taken once, and again with a higher fence after it is over', async () => {
    const first = await leases.claim(connector.id, 1);
    expect(await leases.claim(connector.id, 2)).toBeNull();

    now += leaseDuration;
    const second = await leases.claim(connector.id, 2);

    expect(second).toBe((first ?? 0) + 1);
    expect(await leases.renew(connector.id, first ?? 0)).toBe(false);
    expect(await leases.renew(connector.id, second ?? 0)).toBe(true);
  });

  it('lost, stops every write of the journal', async () => {
    const key = await startRun();
    now += leaseDuration;
    await leases.claim(connector.id, key.runId);

    await expect(journal.enter(key, 'planning')).rejects.toThrow(SyncError);
    await expect(journal.finish(key, { state: 'done', reason: null, counters: null })).rejects.toThrow(
      SyncError,
    );
    expect(runs.find(key.runId)).toMatchObject({ state: 'queued' });
  });
});

describe('a restart', () => {
  it('interrupts what was read or planned and leaves what was applied', async () => {
    const key = await startRun();
    await journal.enter(key, 'reading');

    expect(await runs.interruptOrphans()).toEqual([key.runId]);
    expect(await runs.interruptOrphans()).toEqual([]);

    expect(runs.find(key.runId)).toMatchObject({ state: 'interrupted', reason: { code: 'process-ended' } });
  });

  it('finds runs whose plan is half applied', async () => {
    const key = await startRun();
    await journal.enter(key, 'applying');

    expect(await runs.interruptOrphans()).toEqual([]);
    expect(runs.applying().map((run) => run.id)).toEqual([key.runId]);
  });
});

describe('progress', () => {
  it('is kept for the next estimate', async () => {
    const key = await startRun();
    const collection = { pages: 1, pagesExpected: 2, read: 200, lastRun: null, finished: false };
    const progress = {
      users: collection,
      groups: collection,
      members: collection,
      calls: 3,
      callsExpected: null,
      retries: 0,
      waiting: null,
      rateLimits: [],
      planned: 0,
      planExpected: null,
      applied: 0,
      applyExpected: null,
    };

    journal.progress(key, { ...progress, calls: 1 });
    journal.progress(key, progress);
    await journal.finish(key, { state: 'done', reason: null, counters: null });

    expect(runs.find(key.runId)?.progress).toEqual(progress);
    expect(await journal.lastProgress(connector.id, key.runId + 1)).toEqual(progress);
    expect(await journal.lastProgress(connector.id, key.runId)).toBeNull();
    expect(changed).toBeGreaterThan(0);
  });
});
