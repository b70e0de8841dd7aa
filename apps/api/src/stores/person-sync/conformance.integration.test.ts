import { describePersonStores } from '@gatehouse/sync/conformance/person-conformance';
import { createPersonHarness } from './testing.ts';

describePersonStores('a SQLite file', () => createPersonHarness('file'));
