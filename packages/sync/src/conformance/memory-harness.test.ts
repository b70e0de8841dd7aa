import { createMemoryHarness } from './memory-harness.ts';
import { describePlanStore } from './plan-conformance.ts';
import { describeSnapshotStore } from './snapshot-conformance.ts';

describeSnapshotStore('memory', async () => createMemoryHarness());
describePlanStore('memory', async () => createMemoryHarness());
