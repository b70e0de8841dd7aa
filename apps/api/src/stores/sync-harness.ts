import { foldName } from '@gatehouse/mapping/fold-name';
import type {
  DirectoryContent,
  DirectoryGroupRow,
  DirectoryUserRow,
  RowOwner,
  SeedGroup,
  SeedUser,
  SyncStoresHarness,
} from '@gatehouse/sync/conformance/harness';
import type { RunKey } from '@gatehouse/sync/ports';
import type { Database } from './database.ts';
import { SqlitePlanningViewOpener } from './planning-view/store.ts';
import { SqlitePlanApplier } from './plans/applier.ts';
import { searchOfGroup, searchOfUser } from './plans/rows.ts';
import { SqlitePlanStore } from './plans/store.ts';
import { randomPublicId } from './random-id.ts';
import { SqliteSnapshotStore } from './snapshots/store.ts';
import { openTestDatabase } from './testing.ts';

export type SqliteHarness = SyncStoresHarness & { readonly database: Database };

/** For tests: one directory with one connector (and another one beside it), and the stores of the sync engine. */
export async function createSqliteHarness(kind: 'file' | 'memory'): Promise<SqliteHarness> {
  const database = await openTestDatabase({ kind });
  await seed(database);
  return {
    database,
    snapshots: new SqliteSnapshotStore(database),
    planning: new SqlitePlanningViewOpener(database),
    plans: new SqlitePlanStore(database),
    applier: new SqlitePlanApplier(database),
    startRun: () => startRun(database),
    addUser: (user) => addUser(database, user),
    addGroup: (group) => addGroup(database, group),
    addMembership: async (userId, groupId, origin) => {
      const data = { userId, groupId, origin: origin === 'hand' ? 0 : connectorId };
      await database.write((db) => [db.membership.create({ data })]);
    },
    touchUser: async (id) => {
      const data = { revision: { increment: 1 } };
      await database.write((db) => [db.directoryUser.update({ where: { id }, data })]);
    },
    touchGroup: async (id) => {
      const data = { revision: { increment: 1 } };
      await database.write((db) => [db.directoryGroup.update({ where: { id }, data })]);
    },
    directory: async () => readDirectory(database),
    changeStates: async (planId) =>
      database.sql.column<string>('select state from PlanChange where planId = ? order by seq', planId),
    planState: async (planId) =>
      database.sql.column<string>('select state from Plan where id = ?', planId)[0] ?? null,
    close: () => database.remove(),
  };
}

const directoryId = 1;
const connectorId = 1;
const otherConnectorId = 2;

async function seed(database: Database): Promise<void> {
  const createdAt = new Date(database.now());
  const connector = {
    kind: 'okta',
    directoryId,
    settingsVersion: 1,
    connection: 'connected',
    createdAt,
  };
  await database.write((db) => [
    db.directory.create({
      data: {
        id: directoryId,
        publicId: randomPublicId(),
        name: 'Main',
        nameFolded: 'main',
        eventEpoch: 'first',
        createdAt,
      },
    }),
    db.connector.create({
      data: { ...connector, id: connectorId, publicId: randomPublicId(), name: 'One', nameFolded: 'one' },
    }),
    db.connector.create({
      data: {
        ...connector,
        id: otherConnectorId,
        publicId: randomPublicId(),
        name: 'Other',
        nameFolded: 'other',
      },
    }),
    db.lease.create({ data: { connectorId, fence: 0, holder: '', expiresAt: new Date(0) } }),
  ]);
}

async function startRun(database: Database): Promise<RunKey> {
  const [run, lease] = await database.write((db) => [
    db.run.create({
      data: {
        connectorId,
        scope: 'full',
        intent: 'apply',
        origin: 'source',
        trigger: 'manual',
        startedBy: 'test',
        state: 'reading',
        settingsVersion: 1,
        queuedAt: new Date(database.now()),
      },
    }),
    db.lease.update({ where: { connectorId }, data: { fence: { increment: 1 } } }),
  ]);
  return { runId: run.id, connectorId, directoryId, settingsVersion: 1, fence: lease.fence };
}

function ownerId(owner: RowOwner = 'connector'): number | null {
  if (owner === 'local') return null;
  return owner === 'connector' ? connectorId : otherConnectorId;
}

async function addUser(database: Database, seeded: SeedUser): Promise<number> {
  const { owner, active = true, ...given } = seeded;
  const user = { email: '', firstName: '', lastName: '', displayName: seeded.username, ...given };
  const at = new Date(database.now());
  const [row] = await database.write((db) => [
    db.directoryUser.create({
      data: {
        ...user,
        active,
        publicId: randomPublicId(),
        directoryId,
        connectorId: ownerId(owner),
        usernameFolded: foldName(user.username),
        search: searchOfUser(user),
        revision: 1,
        createdAt: at,
        updatedAt: at,
      },
    }),
  ]);
  return row.id;
}

async function addGroup(database: Database, seeded: SeedGroup): Promise<number> {
  const { owner, ...given } = seeded;
  const group = { description: '', ...given };
  const at = new Date(database.now());
  const [row] = await database.write((db) => [
    db.directoryGroup.create({
      data: {
        ...group,
        publicId: randomPublicId(),
        directoryId,
        connectorId: ownerId(owner),
        nameFolded: foldName(group.name),
        search: searchOfGroup(group),
        revision: 1,
        createdAt: at,
        updatedAt: at,
      },
    }),
  ]);
  return row.id;
}

function readDirectory(database: Database): DirectoryContent {
  const users = database.sql.all<Omit<DirectoryUserRow, 'active'> & { active: number }>(
    `select id, externalId, username, email, firstName, lastName, displayName, active, sourceStatus, revision
    from DirectoryUser order by id`,
  );
  const groups = database.sql.all<DirectoryGroupRow>(
    'select id, externalId, name, description, revision from DirectoryGroup order by id',
  );
  const memberships = database.sql.all<{ userId: number; groupId: number; origin: number }>(
    'select userId, groupId, origin from Membership order by userId, groupId, origin',
  );
  return {
    users: users.map((user) => ({ ...user, active: user.active === 1 })),
    groups,
    memberships: memberships.map(({ userId, groupId, origin }) => ({
      userId,
      groupId,
      origin: origin === 0 ? 'hand' : 'connector',
    })),
  };
}
