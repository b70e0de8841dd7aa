import { describeLoginTransactionStore } from '@gatehouse/login/conformance/transactions-conformance';
import { createSqliteTransactionsHarness } from './testing.ts';

describeLoginTransactionStore('a SQLite file', () => createSqliteTransactionsHarness('file'));
