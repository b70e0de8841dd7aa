import { afterEach, beforeEach } from 'vitest';
import type { Change } from '../change.ts';
import type { PlanGroup, PlanningView, PlanWriter, RunKey } from '../ports.ts';
import type { SnapshotFacts } from '../source.ts';
import type { DirectoryUserRow, HarnessFactory, SyncStoresHarness } from './harness.ts';
import { emptyFacts } from './harness.ts';
import { summaryOf } from './summary.ts';

/** A fresh harness for each test with a run under way, and the steps that the suites repeat. */
export class StoresBench {
  #harness: SyncStoresHarness | undefined;
  #key: RunKey | undefined;

  /** Call inside a `describe`: registers the hooks that open and close the harness. */
  static within(create: HarnessFactory): StoresBench {
    const bench = new StoresBench();
    beforeEach(async () => {
      bench.#harness = await create();
      await bench.nextRun();
    });
    afterEach(() => bench.harness.close());
    return bench;
  }

  get harness(): SyncStoresHarness {
    if (this.#harness === undefined) throw new Error('no harness outside a test');
    return this.#harness;
  }

  get key(): RunKey {
    if (this.#key === undefined) throw new Error('no run outside a test');
    return this.#key;
  }

  /** Starts a new run, whose key is `key` from now on. */
  async nextRun(): Promise<RunKey> {
    this.#key = await this.harness.startRun();
    return this.#key;
  }

  async stage(facts: Partial<SnapshotFacts>, fill: (id: number) => Promise<void>): Promise<number> {
    const snapshotId = await this.harness.snapshots.begin(this.key);
    await fill(snapshotId);
    await this.harness.snapshots.finish(snapshotId, { ...emptyFacts, ...facts });
    return snapshotId;
  }

  async view<T>(snapshotId: number, read: (opened: PlanningView) => Promise<T>): Promise<T> {
    const { connectorId, directoryId } = this.key;
    const opened = await this.harness.planning.open(snapshotId, connectorId, directoryId);
    try {
      return await read(opened);
    } finally {
      opened.close();
    }
  }

  /** An empty snapshot with these facts and a plan with this verdict. */
  async plannedRun(facts: Partial<SnapshotFacts>, outcome: 'pass' | 'hold'): Promise<void> {
    const snapshotId = await this.stage(facts, async () => {});
    const writer = await this.harness.plans.begin(this.key, snapshotId);
    await writer.finish(summaryOf({}, outcome));
  }

  async store(changes: readonly Change[], groups: readonly PlanGroup[] = []): Promise<number> {
    const snapshotId = await this.stage({}, async () => {});
    const writer = await this.harness.plans.begin(this.key, snapshotId);
    await writeChanges(writer, changes, groups);
    await writer.finish(summaryOf({ added: changes.length }));
    return writer.planId;
  }

  async apply(planId: number) {
    const { applier } = this.harness;
    const begun = await applier.begin(planId, this.key);
    const chunks: { applied: number; drifted: number }[] = [];
    for (;;) {
      const chunk = await applier.applyChunk(planId, this.key);
      if (chunk === null) break;
      chunks.push(chunk);
    }
    return { ...begun, chunks, counters: await applier.finish(planId, this.key) };
  }

  async usersByName(): Promise<Map<string, DirectoryUserRow>> {
    const content = await this.harness.directory();
    return new Map(content.users.map((user) => [user.username, user]));
  }

  async membersOf(groupName: string): Promise<string[]> {
    const content = await this.harness.directory();
    const group = content.groups.find((row) => row.name === groupName);
    return content.memberships
      .filter((row) => row.groupId === group?.id)
      .map((row) => content.users.find((user) => user.id === row.userId)?.username ?? '')
      .sort();
  }
}

/** Writes changes, the groups that they name and their index, as planning does. */
async function writeChanges(
  writer: PlanWriter,
  changes: readonly Change[],
  groups: readonly PlanGroup[],
): Promise<void> {
  const rows = changes.map((change, seq) => ({ seq, change }));
  for (let from = 0; from < rows.length; from += 500) await writer.changes(rows.slice(from, from + 500));
  await writer.groups(groups);
  const named = rows.flatMap(({ seq, change }) =>
    change.subject === 'group'
      ? []
      : [
          ...change.groupsAdded.map((ordinal) => ({ ordinal, seq, gained: true })),
          ...change.groupsRemoved.map((ordinal) => ({ ordinal, seq, gained: false })),
        ],
  );
  named.sort((left, right) => left.ordinal - right.ordinal || left.seq - right.seq);
  await writer.changeGroups(named);
}
