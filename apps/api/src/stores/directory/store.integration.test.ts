import { foldSearch } from '@gatehouse/mapping/search-text';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bySystem } from '../audit/audit-entry.ts';
import { ConnectorStore } from '../connectors/store.ts';
import { createTestSecretStore } from '../secrets/testing.ts';
import { openTestDatabase, type TestDatabase } from '../testing.ts';
import { DirectoryStore, type UserFilter } from './store.ts';

const people = [
  { username: 'jose', displayName: 'José Núñez', active: 1, synced: true, groups: ['ops', '100%'] },
  { username: 'ann_b', displayName: 'Ann Béla', active: 1, synced: false, groups: [] },
  { username: 'zoe', displayName: 'zoe', active: 0, synced: true, groups: ['ops'] },
] as const;
const page = { limit: 100, offset: 0 };

let database: TestDatabase;
let store: DirectoryStore;
let connectorId: string;

beforeAll(async () => {
  database = await openTestDatabase();
  const settings = { domain: 'acme.okta.com', schedule: { enabled: false, value: null } };
  const created = await new ConnectorStore(database, createTestSecretStore(database)).create(
    { kind: 'okta', name: 'Acme', settings, directoryId: null, apiToken: null, nextRunAt: null },
    bySystem,
  );
  if (typeof created === 'string') throw new Error(created);
  connectorId = created.publicId;
  await database.write((db) => [
    ...['ops', '100%'].map(
      (name, index) =>
        db.$executeRaw`insert into DirectoryGroup (id, publicId, directoryId, connectorId, externalId, name, nameFolded,
          description, search, revision, createdAt, updatedAt)
          values (${index + 1}, ${`g-${name}`}, 1, ${created.id}, ${name}, ${name}, ${name}, '', ${name}, 1, 0, 0)`,
    ),
    ...people.flatMap((person, index) => [
      db.$executeRaw`insert into DirectoryUser (id, publicId, directoryId, connectorId, externalId, username,
        usernameFolded, email, firstName, lastName, displayName, active, search, revision, createdAt, updatedAt)
        values (${index + 1}, ${`u-${person.username}`}, 1, ${person.synced ? created.id : null},
        ${person.synced ? person.username : null}, ${person.username}, ${person.username}, '', '', '',
        ${person.displayName}, ${person.active}, ${foldSearch(`${person.displayName} ${person.username}`)}, 1, 0, 0)`,
      ...person.groups.map(
        (group) =>
          db.$executeRaw`insert into Membership values (${index + 1},
            (select id from DirectoryGroup where name = ${group}), ${created.id})`,
      ),
    ]),
    db.$executeRaw`insert into Membership values (1, 1, 0)`,
  ]);
  store = new DirectoryStore(database);
});
afterAll(() => database.remove());

describe('listUsers finds', () => {
  it.each<[string, () => UserFilter, string[]]>([
    ['everybody, by folded name', () => ({}), ['ann_b', 'jose', 'zoe']],
    ['an accent by its plain letter', () => ({ search: 'nunez' }), ['jose']],
    ['an underscore as itself', () => ({ search: 'n_b' }), ['ann_b']],
    ['nobody by a wildcard', () => ({ search: '%' }), []],
    ['local ones', () => ({ source: 'local' }), ['ann_b']],
    ['those of a connector', () => ({ source: connectorId }), ['jose', 'zoe']],
    ['disabled ones', () => ({ state: 'disabled' }), ['zoe']],
    ['members of a group', () => ({ groupId: 'g-ops' }), ['jose', 'zoe']],
    ['a combination', () => ({ groupId: 'g-ops', state: 'active', search: 'j' }), ['jose']],
    ['nobody in a group that is not there', () => ({ groupId: 'nope' }), []],
  ])('%s', (_case, filter, usernames) => {
    const found = store.listUsers(filter(), page);

    expect(found.items.map((user) => user.username)).toEqual(usernames);
    expect(found.total).toBe(usernames.length);
  });

  it('a window in the middle, and nothing behind the end', () => {
    expect(store.listUsers({}, { limit: 1, offset: 1 }).items.map((user) => user.username)).toEqual(['jose']);
    expect(store.listUsers({}, { limit: 1, offset: 3 })).toEqual({ total: 3, offset: 3, items: [] });
  });
});

describe('memberships', () => {
  it('come with every origin, once a group', () => {
    const found = store.listGroupsOfUser('u-jose', undefined, page);

    expect(found?.total).toBe(2);
    expect(found?.items.find((group) => group.name === 'ops')?.origins).toEqual([
      { kind: 'local', connector: null },
      { kind: 'connector', connector: { id: connectorId, name: 'Acme' } },
    ]);
  });

  it('of a group can be searched', () => {
    expect(store.listMembersOfGroup('g-ops', 'ZOE', page)?.items.map((user) => user.username)).toEqual([
      'zoe',
    ]);
    expect(store.listMembersOfGroup('nope', undefined, page)).toBeNull();
  });

  it('are counted once a person and group', () => {
    expect(store.findGroup('g-ops')).toMatchObject({ members: 2, origin: { kind: 'connector' } });
    expect(store.findUser('u-jose')).toMatchObject({ groups: 2, active: true });
    expect(store.listGroups({ search: '100%' }, page).items.map((group) => group.members)).toEqual([1]);
  });
});
