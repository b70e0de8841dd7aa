import type { OktaSettings } from '@gatehouse/contracts/okta-connector';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bySystem } from '../audit/audit-entry.ts';
import type { SecretStore } from '../secrets/store.ts';
import { createTestSecretStore } from '../secrets/testing.ts';
import { openTestDatabase, type TestDatabase } from '../testing.ts';
import { apiTokenKey, ConnectorStore, type NewConnector } from './store.ts';

const settings: OktaSettings = { domain: 'acme.okta.com', schedule: { enabled: false, value: null } };
const acme: NewConnector = {
  kind: 'okta',
  name: 'Acme',
  settings,
  directoryId: null,
  apiToken: null,
  nextRunAt: null,
};
const keep = { settings, untested: false, nextRunAt: null, token: 'kept' } as const;

let database: TestDatabase;
let store: ConnectorStore;
let secrets: SecretStore;

beforeEach(async () => {
  database = await openTestDatabase();
  secrets = createTestSecretStore(database);
  store = new ConnectorStore(database, secrets);
});
afterEach(() => database.remove());

async function createAcme() {
  const created = await store.create(acme, bySystem);
  if (typeof created === 'string') throw new Error(created);
  return created;
}

function auditActions(): string[] {
  return database.sql.column<string>('select action from AuditEntry order by id');
}

describe('create', () => {
  it('makes the connector, its first version, a directory and an audit entry', async () => {
    const created = await createAcme();

    expect(created).toMatchObject({
      name: 'Acme',
      settingsVersion: 1,
      settings,
      directory: { name: 'Acme' },
    });
    expect(store.list(10, 0)).toEqual({ total: 1, items: [created] });
    expect(auditActions()).toEqual(['connector.created']);
  });

  it('makes a directory with its name, listed by its public id', async () => {
    const created = await createAcme();

    const directory = { ...created.directory, users: 0, groups: 0 };
    expect(store.listDirectories(10, 0)).toEqual({ total: 1, items: [directory] });
  });

  it.each([['Acme'], [' acme '], ['ACME']])(
    'refuses the taken name %j and leaves nothing behind',
    async (name) => {
      await createAcme();

      expect(await store.create({ ...acme, name }, bySystem)).toBe('name-taken');
      expect(store.listDirectories(10, 0).total).toBe(1);
      expect(auditActions()).toEqual(['connector.created']);
    },
  );

  it('writes to a given directory, and refuses one that is not there', async () => {
    const first = await createAcme();

    const second = await store.create({ ...acme, name: 'Other', directoryId: first.directory.id }, bySystem);
    expect(second).toMatchObject({ directory: first.directory });
    expect(await store.create({ ...acme, name: 'Third', directoryId: 'x'.repeat(22) }, bySystem)).toBe(
      'directory-missing',
    );
  });
});

describe('save', () => {
  it('raises the version when settings change, and keeps the old one', async () => {
    const before = await createAcme();
    const changed = { ...settings, domain: 'other.okta.com' };

    const after = await store.save(
      before,
      { ...keep, name: 'Acme', settings: changed, expectedVersion: 1 },
      bySystem,
    );

    expect(after).toMatchObject({ settingsVersion: 2, settings: changed });
    expect(store.settingsOf(before.id, 1)).toEqual(settings);
  });

  it.each([
    ['nothing changed', { ...keep, name: 'Acme', expectedVersion: 1 }, 1, ['connector.created']],
    [
      'only the name changed',
      { ...keep, name: 'Acme workforce', expectedVersion: 1 },
      1,
      ['connector.created', 'connector.settings-changed'],
    ],
    [
      'only the token changed',
      { ...keep, name: 'Acme', expectedVersion: 1, token: { replacedBy: 'token-b' } },
      1,
      ['connector.created', 'connector.settings-changed'],
    ],
  ])('keeps the version when %s', async (_case, save, version, actions) => {
    const before = await createAcme();

    const after = await store.save(before, save, bySystem);

    expect(after).toMatchObject({ settingsVersion: version, name: save.name });
    expect(auditActions()).toEqual(actions);
  });

  it('refuses an old version and a taken name, and writes nothing', async () => {
    const before = await createAcme();
    await store.create({ ...acme, name: 'Other' }, bySystem);
    const changed = { ...settings, domain: 'b.okta.com' };

    expect(
      await store.save(before, { ...keep, name: 'Acme', settings: changed, expectedVersion: 7 }, bySystem),
    ).toBe('version-conflict');
    expect(
      await store.save(before, { ...keep, name: 'OTHER', settings: changed, expectedVersion: 1 }, bySystem),
    ).toBe('name-taken');
    expect(
      await store.save(before, { ...keep, name: 'New', expectedVersion: 1, expectedName: 'Old' }, bySystem),
    ).toBe('version-conflict');
    expect(
      await store.save(before, { ...keep, name: 'Acme', expectedVersion: 1, expectedName: 'Old' }, bySystem),
    ).toBe('version-conflict');
    expect(store.find(before.publicId)).toEqual(before);
    expect(auditActions()).toEqual(['connector.created', 'connector.created']);
  });
});

describe('the token', () => {
  it.each([
    ['is kept', 'kept' as const, 1, 'token-a'],
    ['is replaced', { replacedBy: 'token-b' }, 1, 'token-b'],
    ['is cleared', 'cleared' as const, 1, null],
    ['stays when the save is refused', { replacedBy: 'token-b' }, 9, 'token-a'],
    ['stays when clearing is refused', 'cleared' as const, 9, 'token-a'],
  ])('%s', async (_case, token, expectedVersion, read) => {
    const created = await store.create({ ...acme, apiToken: 'token-a' }, bySystem);
    if (typeof created === 'string') throw new Error(created);
    const changed = { ...settings, domain: 'b.okta.com' };

    await store.save(created, { ...keep, name: 'Acme', settings: changed, expectedVersion, token }, bySystem);

    expect(secrets.read(apiTokenKey(created.id))).toBe(read);
  });
});

describe('remove', () => {
  it('makes people, groups and memberships local, forgets the secret, and frees the name', async () => {
    const connector = await createAcme();
    await database.write((db) => [
      db.$executeRawUnsafe(
        `insert into DirectoryUser (id, publicId, directoryId, connectorId, externalId, username, usernameFolded, email,
          firstName, lastName, displayName, active, search, revision, createdAt, updatedAt)
         values (1, 'u', 1, ?, '00u1', 'ann', 'ann', '', '', '', 'Ann', 1, 'ann', 1, 0, 0)`,
        connector.id,
      ),
      db.$executeRawUnsafe(
        `insert into DirectoryGroup (id, publicId, directoryId, connectorId, externalId, name, nameFolded, description,
          search, revision, createdAt, updatedAt) values (1, 'g', 1, ?, '00g1', 'ops', 'ops', '', 'ops', 1, 0, 0)`,
        connector.id,
      ),
      db.$executeRawUnsafe('insert into Membership (userId, groupId, origin) values (1, 1, ?)', connector.id),
      db.$executeRawUnsafe(
        `insert into Secret (ownerKind, ownerId, name, cipher, updatedAt, updatedBy)
         values ('connector', ?, 'apiToken', 'enc:v1:x:y', 0, 'test')`,
        connector.id,
      ),
    ]);

    expect(await store.remove(connector, bySystem)).toBe(true);

    expect(store.find(connector.publicId)).toBeNull();
    expect(database.sql.all('select connectorId, externalId, revision from DirectoryUser')).toEqual([
      { connectorId: null, externalId: null, revision: 2 },
    ]);
    expect(database.sql.all('select connectorId from DirectoryGroup')).toEqual([{ connectorId: null }]);
    expect(database.sql.all('select * from Membership')).toEqual([{ userId: 1, groupId: 1, origin: 0 }]);
    expect(database.sql.all('select * from Secret')).toEqual([]);
    expect(await store.create(acme, bySystem)).toMatchObject({ name: 'Acme', directory: { name: 'Acme 2' } });
  });

  it('refuses while a run is active', async () => {
    const connector = await createAcme();
    await database.write((db) => [
      db.$executeRawUnsafe(
        `insert into Run (connectorId, scope, intent, origin, "trigger", startedBy, state, settingsVersion, queuedAt)
         values (?, 'full', 'simulate', 'source', 'manual', 'x', 'reading', 1, 0)`,
        connector.id,
      ),
    ]);

    expect(await store.remove(connector, bySystem)).toBe(false);
    expect(store.find(connector.publicId)).toEqual(connector);
  });
});
