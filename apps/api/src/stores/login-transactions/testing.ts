import { randomBytes } from 'node:crypto';
import type { TransactionsHarness } from '@gatehouse/login/conformance/transactions-harness';
import { parseAppKeys } from '../../security/app-key.ts';
import { createSecretBox } from '../../security/secret-box.ts';
import { statement } from '../raw.ts';
import { openTestDatabase, type TestDatabase } from '../testing.ts';
import { SqliteLoginTransactionStore } from './store.ts';

/** A store with keys of its own on a database that has the IdPs 1 and 2. */
export async function createTransactions(
  database: TestDatabase,
): Promise<Omit<TransactionsHarness, 'close'> & { readonly transactions: SqliteLoginTransactionStore }> {
  for (const id of [1, 2]) {
    await database.write((db) => [
      statement(
        db,
        `insert into Idp (id, publicId, state, name, settingsVersion, loginVersion, wizardStep, wizardTicks, createdAt, createdBy)
         values (?, ?, 'enabled', ?, 1, 1, 'test', '[]', 0, 'x')`,
        id,
        `idp-${id}`,
        `IdP ${id}`,
      ),
    ]);
  }
  const box = createSecretBox({ keys: parseAppKeys(randomBytes(32).toString('base64'), 'test') });
  const transactions = new SqliteLoginTransactionStore(database, box);
  return { transactions, idpId: 1, otherIdpId: 2, trackerId: 7 };
}

/** For the conformance suite, whose logins begin soon after 1970. */
export async function createSqliteTransactionsHarness(kind: 'file' | 'memory'): Promise<TransactionsHarness> {
  const database = await openTestDatabase({ kind, now: () => 1_000 });
  return { ...(await createTransactions(database)), close: () => database.remove() };
}
