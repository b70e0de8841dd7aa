import type { PeopleHarness, SeedPerson } from '@gatehouse/login/conformance/people-harness';
import type { LoginPerson } from '@gatehouse/login/ports';
import { foldName } from '@gatehouse/mapping/fold-name';
import type { Database } from '../database.ts';
import { searchOfUser } from '../plans/rows.ts';
import { randomPublicId } from '../random-id.ts';
import { createSqliteHarness } from '../sync-harness.ts';
import { SqlitePeopleStore } from './store.ts';

const directoryId = 1;
const otherDirectoryId = 2;

/** For tests: two directories, and two connectors of the first. */
export async function createPeopleHarness(kind: 'file' | 'memory'): Promise<PeopleHarness> {
  const { database, close } = await createSqliteHarness(kind);
  const people = new SqlitePeopleStore(database);
  const other = { id: otherDirectoryId, publicId: randomPublicId(), name: 'Other', nameFolded: 'other' };
  const createdAt = new Date(database.now());
  await database.write((db) => [db.directory.create({ data: { ...other, eventEpoch: 'first', createdAt } })]);
  return {
    people,
    directoryId,
    otherDirectoryId,
    connectorId: 1,
    otherConnectorId: 2,
    addUser: (seed) => addUser(database, people, seed),
    touchUser: async (id) => {
      const data = { revision: { increment: 1 } };
      await database.write((db) => [db.directoryUser.update({ where: { id }, data })]);
    },
    removeUser: async (id) => {
      await database.write((db) => [db.directoryUser.delete({ where: { id } })]);
    },
    events: async (of) =>
      database.sql.all<{ operation: 'CREATED' | 'UPDATED' | 'DELETED'; name: string }>(
        `select operation, name from DirectoryEvent where directoryId = ? and kind = 'user' order by id`,
        of,
      ),
    close,
  };
}

async function addUser(
  database: Database,
  people: SqlitePeopleStore,
  { directoryId: directory, active = true, connectorId = null, externalId = null, ...given }: SeedPerson,
): Promise<LoginPerson> {
  const user = { email: '', firstName: '', lastName: '', displayName: given.username, ...given };
  const at = new Date(database.now());
  await database.write((db) => [
    db.directoryUser.create({
      data: {
        ...user,
        active,
        connectorId,
        externalId,
        publicId: randomPublicId(),
        directoryId: directory,
        usernameFolded: foldName(user.username),
        search: searchOfUser(user),
        revision: 1,
        createdAt: at,
        updatedAt: at,
      },
    }),
  ]);
  const person = await people.findByUsername(directory, user.username);
  if (person === null) throw new Error('the user is not there');
  return person;
}
