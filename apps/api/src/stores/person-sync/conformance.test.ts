import { describePersonStores } from '@gatehouse/sync/conformance/person-conformance';
import { createPersonHarness } from './testing.ts';

describePersonStores('SQLite in memory', () => createPersonHarness('memory'));
