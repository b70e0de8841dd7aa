import type { PersonStoresHarness } from '@gatehouse/sync/conformance/person-harness';
import { createSqliteHarness, type SqliteHarness } from '../sync-harness.ts';
import { SqlitePersonApplier } from './applier.ts';
import { SqlitePersonDirectory } from './directory.ts';

/** For tests: the stores of full and of single-user runs over one directory. */
export async function createPersonHarness(
  kind: 'file' | 'memory',
): Promise<SqliteHarness & PersonStoresHarness> {
  const harness = await createSqliteHarness(kind);
  const { database } = harness;
  const connector = { connectorId: 1, directoryId: 1 };
  return {
    ...harness,
    people: new SqlitePersonDirectory(database),
    personApplier: new SqlitePersonApplier(database),
    personKey: (externalId) => {
      const [settingsVersion = 0] = database.sql.column<number>(
        'select settingsVersion from Connector where id = 1',
      );
      return { ...connector, settingsVersion, externalId };
    },
    changeSettings: async () => {
      const data = { settingsVersion: { increment: 1 } };
      await database.write((db) => [db.connector.update({ where: { id: 1 }, data })]);
    },
    removeGroup: async (id) => {
      await database.write((db) => [db.directoryGroup.delete({ where: { id } })]);
    },
  };
}
