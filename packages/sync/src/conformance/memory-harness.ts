import type { RunKey } from '../ports.ts';
import type { SyncStoresHarness } from './harness.ts';
import { MemoryDirectory } from './memory-directory.ts';
import { MemoryPlans } from './memory-plans.ts';
import { MemoryPlanningView, MemorySnapshotStore } from './memory-snapshots.ts';

/** All ports in memory: for tests of the engine, and for the suites to prove themselves on. */
export type MemoryHarness = SyncStoresHarness & {
  readonly memory: {
    readonly directory: MemoryDirectory;
    readonly snapshots: MemorySnapshotStore;
    readonly plans: MemoryPlans;
  };
};

export function createMemoryHarness(): MemoryHarness {
  const directory = new MemoryDirectory();
  const snapshots = new MemorySnapshotStore(directory);
  const plans = new MemoryPlans(directory, snapshots);
  let lastRun = 0;
  return {
    snapshots,
    plans,
    applier: plans,
    planning: {
      open: async (snapshotId) => {
        const snapshot = snapshots.byId.get(snapshotId);
        if (snapshot === undefined) throw new Error(`no snapshot ${snapshotId}`);
        return new MemoryPlanningView(snapshot, directory);
      },
    },
    startRun: async (): Promise<RunKey> => {
      lastRun += 1;
      plans.fence = lastRun;
      return { runId: lastRun, connectorId: 1, directoryId: 1, settingsVersion: 1, fence: lastRun };
    },
    addUser: async (user) => directory.addUser(user),
    addGroup: async (group) => directory.addGroup(group),
    addMembership: async (userId, groupId, origin) => directory.link({ userId, groupId, origin }),
    touchUser: async (id) => directory.touchUser(id),
    touchGroup: async (id) => directory.touchGroup(id),
    directory: async () => structuredClone(directory.content()),
    changeStates: async (planId) => plans.byId.get(planId)?.rows.map((row) => row.state) ?? [],
    planState: async (planId) => plans.byId.get(planId)?.state ?? null,
    close: async () => {},
    memory: { directory, snapshots, plans },
  };
}
