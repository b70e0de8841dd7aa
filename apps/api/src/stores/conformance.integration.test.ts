import { describePlanStore } from '@gatehouse/sync/conformance/plan-conformance';
import { describeSnapshotStore } from '@gatehouse/sync/conformance/snapshot-conformance';
import { createSqliteHarness } from './sync-harness.ts';

describeSnapshotStore('a SQLite file', () => createSqliteHarness('file'));
describePlanStore('a SQLite file', () => createSqliteHarness('file'));
