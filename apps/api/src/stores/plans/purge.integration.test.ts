import { emptyFacts, sourceUser, userChange } from '@gatehouse/sync/conformance/harness';
import { summaryOf } from '@gatehouse/sync/conformance/summary';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statement } from '../raw.ts';
import { purgeSnapshots } from '../snapshots/purge.ts';
import { createSqliteHarness, type SqliteHarness } from '../sync-harness.ts';
import { purgePlans } from './purge.ts';

let harness: SqliteHarness;

beforeEach(async () => {
  harness = await createSqliteHarness('file');
});

afterEach(() => harness.close());

/** One run with one person in its snapshot and its plan, over when `state` is given. */
async function runOnce(state: 'open' | 'applied' | null, complete = true) {
  const key = await harness.startRun();
  const snapshotId = await harness.snapshots.begin(key);
  await harness.snapshots.sink(snapshotId).users([sourceUser('00u1', 'ada')]);
  await harness.snapshots.finish(snapshotId, { ...emptyFacts, usersComplete: complete });
  const writer = await harness.plans.begin(key, snapshotId);
  await writer.changes([{ seq: 0, change: userChange('00u1', 'ada') }]);
  if (state !== null) await writer.finish(summaryOf({ added: 1 }));
  await harness.database.write((db) => [
    statement(db, `update Run set state = 'done' where id = ?`, key.runId),
    statement(db, 'update Plan set state = coalesce(?, state) where id = ?', state, writer.planId),
  ]);
  return { snapshotId, planId: writer.planId };
}

function rows(table: 'SnapshotUser' | 'PlanChange' | 'PlanChangeDetail') {
  return harness.database.sql.get<{ rows: number }>(`select count(*) as rows from ${table}`)?.rows;
}

describe('purging snapshots', () => {
  it('keeps the newest complete one and those of open plans', async () => {
    const open = await runOnce('open');
    const old = await runOnce('applied');
    const newestComplete = await runOnce('applied');
    const incomplete = await runOnce('applied', false);
    await harness.database.write((db) => [
      statement(db, `update Plan set state = 'open' where id = ?`, open.planId),
    ]);

    const purged = await purgeSnapshots(harness.database);

    expect(purged).toBe(2);
    expect(harness.database.sql.column('select distinct snapshotId from SnapshotUser order by 1')).toEqual([
      open.snapshotId,
      newestComplete.snapshotId,
    ]);
    const facts = harness.database.sql.column<number>('select id from Snapshot where purgedAt is not null');
    expect(facts).toEqual([old.snapshotId, incomplete.snapshotId]);
    expect(await purgeSnapshots(harness.database)).toBe(0);
  });

  it('leaves the snapshot of a run that is going on', async () => {
    const key = await harness.startRun();
    const snapshotId = await harness.snapshots.begin(key);
    await harness.snapshots.sink(snapshotId).users([sourceUser('00u1', 'ada')]);

    expect(await purgeSnapshots(harness.database)).toBe(0);
    expect(rows('SnapshotUser')).toBe(1);
  });
});

describe('purging plans', () => {
  it('keeps the newest ones and every open one', async () => {
    const open = await runOnce('open');
    const old = await runOnce('applied');
    const newest = await runOnce('applied');
    await harness.database.write((db) => [
      statement(db, `update Plan set state = 'open' where id = ?`, open.planId),
    ]);

    const purged = await purgePlans(harness.database, 1);

    expect(purged).toBe(1);
    expect(await harness.planState(old.planId)).toBe('purged');
    expect(await harness.planState(open.planId)).toBe('open');
    expect(await harness.planState(newest.planId)).toBe('applied');
    expect([rows('PlanChange'), rows('PlanChangeDetail')]).toEqual([2, 2]);
  });

  it('removes what a run that is over left half written', async () => {
    const { planId } = await runOnce(null);

    await purgePlans(harness.database);

    expect(await harness.planState(planId)).toBeNull();
    expect(rows('PlanChange')).toBe(0);
  });
});
