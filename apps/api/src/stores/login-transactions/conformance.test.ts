import { describeLoginTransactionStore } from '@gatehouse/login/conformance/transactions-conformance';
import { createSqliteTransactionsHarness } from './testing.ts';

describeLoginTransactionStore('SQLite in memory', () => createSqliteTransactionsHarness('memory'));
