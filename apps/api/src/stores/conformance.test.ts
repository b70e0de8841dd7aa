import { describePlanStore } from '@gatehouse/sync/conformance/plan-conformance';
import { describeSnapshotStore } from '@gatehouse/sync/conformance/snapshot-conformance';
import { createSqliteHarness } from './sync-harness.ts';

describeSnapshotStore('SQLite in memory', () => createSqliteHarness('memory'));
describePlanStore('SQLite in memory', () => createSqliteHarness('memory'));
