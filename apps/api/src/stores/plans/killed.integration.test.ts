import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { emptyFacts, groupChange, userChange } from '@gatehouse/sync/conformance/harness';
import { summaryOf } from '@gatehouse/sync/conformance/summary';
import { expect, it } from 'vitest';
import { createSqliteHarness } from '../sync-harness.ts';

const program = fileURLToPath(new URL('./fixtures/apply-plan.ts', import.meta.url));
const people = 12_000;

it('a process that is killed while it applies leaves every person whole, and the rest can be applied', async () => {
  const harness = await createSqliteHarness('file');
  const key = await harness.startRun();
  const snapshotId = await harness.snapshots.begin(key);
  await harness.snapshots.finish(snapshotId, emptyFacts);
  const writer = await harness.plans.begin(key, snapshotId);
  await writer.changes([{ seq: 0, change: groupChange('00g1', 'Team') }]);
  for (let from = 1; from <= people; from += 500) {
    const seqs = Array.from({ length: 500 }, (_, index) => from + index);
    await writer.changes(
      seqs.map((seq) => ({ seq, change: userChange(`00u${seq}`, `p${seq}`, { groupsAdded: [0] }) })),
    );
  }
  await writer.groups([{ ordinal: 0, groupId: null, externalId: '00g1', name: 'Team' }]);
  await writer.finish(summaryOf({ added: people }));

  const child = spawn(process.execPath, [
    program,
    harness.database.file,
    String(writer.planId),
    JSON.stringify(key),
  ]);
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await ended;

  const half = await harness.directory();
  const applied = (await harness.changeStates(writer.planId)).filter((state) => state === 'applied').length;
  expect(half.users.length).toBeGreaterThan(0);
  expect(half.users.length).toBeLessThan(people);
  expect(applied).toBe(half.users.length + 1);
  expect(half.memberships.map((row) => row.userId)).toEqual(half.users.map((user) => user.id));

  const next = await harness.startRun();
  const { pending } = await harness.applier.begin(writer.planId, next);
  while ((await harness.applier.applyChunk(writer.planId, next)) !== null);
  const counters = await harness.applier.finish(writer.planId, next);

  expect(pending).toBe(people - half.users.length);
  expect(counters).toMatchObject({ added: people, groupsAdded: 1, membershipsGained: people, drifted: 0 });
  expect((await harness.directory()).memberships).toHaveLength(people);
  await harness.close();
});
