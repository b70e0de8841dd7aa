import type { LoginPerson } from '@gatehouse/login/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainStatement } from '../numbered-statement.ts';
import { statement } from '../raw.ts';
import { createSqliteHarness, type SqliteHarness } from '../sync-harness.ts';
import * as sql from './queries.ts';
import { SqlitePeopleStore } from './store.ts';

const issuer = 'https://acme.okta.com';
const eve = {
  username: 'eve@acme.example',
  email: 'eve@acme.example',
  firstName: 'Eve',
  lastName: 'Moss',
  displayName: 'Eve Moss',
};

let harness: SqliteHarness;
let store: SqlitePeopleStore;

beforeEach(async () => {
  harness = await createSqliteHarness('file');
  store = new SqlitePeopleStore(harness.database);
});

afterEach(() => harness.close());

function link(userId: number, subject: string, by: 'same-source' | 'email' = 'same-source') {
  return store.link({ directoryId: 1, issuer, subject, userId, by });
}

function create(subject: string, attributes = eve) {
  return store.write({ directoryId: 1, person: null, attributes, issuer, subject });
}

async function created(subject: string): Promise<LoginPerson> {
  const written = await create(subject);
  if (written.outcome !== 'written') throw new Error(written.outcome);
  return written.person;
}

function events(): string[] {
  return harness.database.sql.column(
    `select operation || ' ' || kind || ' ' || name from DirectoryEvent order by id`,
  );
}

function identities() {
  return harness.database.sql.all('select subject, userId, linkedBy, lastLoginAt from Identity order by id');
}

describe('a person', () => {
  it('comes with the names of their groups, each once', async () => {
    const ada = await harness.addUser({ username: 'ada', externalId: '00u1', active: false });
    for (const name of ['b-team', 'A-Team']) {
      const group = await harness.addGroup({ name, externalId: `00g${name}` });
      await harness.addMembership(ada, group, 'connector');
      await harness.addMembership(ada, group, 'hand');
    }

    expect(await store.findSynced(1, '00u1')).toMatchObject({
      id: ada,
      username: 'ada',
      active: false,
      connectorId: 1,
      externalId: '00u1',
      madeByLogin: false,
      revision: 1,
      groups: ['A-Team', 'b-team'],
    });
  });
});

describe('findByEmail', () => {
  it.each<[string, { username: string; email: string }, string]>([
    [
      'that is the user name',
      { username: 'Ada@acme.example', email: 'ada@ACME.example' },
      'ada@acme.example',
    ],
    ['that is not the user name', { username: 'ada', email: 'Ada@Acme.Example' }, 'ADA@acme.example'],
    ['with spaces around', { username: 'ada', email: ' ada@acme.example ' }, 'ada@acme.example'],
    ['beyond ASCII, in another case', { username: 'ada', email: 'ÉVA@acme.example' }, 'éva@acme.example'],
    ['in two pieces', { username: 'ada', email: 'jose\u0301@acme.example' }, 'JOSÉ@acme.example'],
    [
      'with a letter that folds to ASCII',
      { username: 'ada', email: '\u212Aim@acme.example' },
      'kim@acme.example',
    ],
  ])('finds one %s', async (_name, user, asked) => {
    const id = await harness.addUser({ ...user, externalId: '00u1' });

    expect((await store.findByEmail(1, asked)).map((person) => person.id)).toEqual([id]);
  });

  it.each<[string, { username: string; email: string }, string]>([
    [
      'whose user name it is, while the e-mail is another',
      { username: 'a@x.example', email: 'b@x.example' },
      'a@x.example',
    ],
    ['with another accent', { username: 'jose', email: 'jose@x.example' }, 'josé@x.example'],
    ['without an e-mail', { username: 'ada', email: '' }, ' '],
  ])('finds nobody %s', async (_name, user, asked) => {
    await harness.addUser({ ...user, externalId: '00u1' });

    expect(await store.findByEmail(1, asked)).toEqual([]);
  });

  it('answers three at most, each once', async () => {
    await harness.addUser({ username: 'team@x.example', email: 'team@x.example', externalId: '00u0' });
    for (let index = 1; index < 6; index += 1) {
      await harness.addUser({ username: `u${index}`, email: 'Team@x.example', externalId: `00u${index}` });
    }

    const found = await store.findByEmail(1, 'team@x.example');

    expect(found.map((person) => person.username)).toEqual(['team@x.example', 'u1', 'u2']);
    expect(await store.findByEmail(2, 'team@x.example')).toEqual([]);
  });

  it('goes through thousands of e-mails that SQLite cannot fold', async () => {
    await harness.database.write((db) => [
      statement(
        db,
        `with recursive n(i) as (select 1 union all select i + 1 from n where i < 2500)
        insert into DirectoryUser (publicId, directoryId, username, usernameFolded, email, firstName, lastName,
          displayName, active, search, revision, createdAt, updatedAt)
        select 'p' || i, 1, 'u' || i, 'u' || i, 'É' || i || '@x.example', '', '', '', 1, '', 1, 0, 0 from n`,
      ),
    ]);

    expect((await store.findByEmail(1, 'é2500@x.example')).map((person) => person.username)).toEqual([
      'u2500',
    ]);
  });
});

describe('link', () => {
  it('links once, and notes the login of one who is linked', async () => {
    const ada = await harness.addUser({ username: 'ada', externalId: '00u1' });

    expect([await link(ada, '00u1'), await link(ada, '00u1', 'email')]).toEqual([true, true]);

    expect(identities()).toMatchObject([{ subject: '00u1', userId: ada, linkedBy: 'same-source' }]);
    expect(await store.findLinked(1, issuer, '00u1')).toMatchObject({ id: ada, madeByLogin: false });
    expect(await store.linkedSubjects(ada, issuer)).toEqual(['00u1']);
    expect((await harness.directory()).users).toMatchObject([{ revision: 1 }]);
    expect(events()).toEqual([]);
  });
});

describe('write', () => {
  it('makes a user who is nobody’s but the login’s, linked, with an event', async () => {
    const person = await created('s1');

    expect(person).toMatchObject({
      ...eve,
      active: true,
      connectorId: null,
      externalId: null,
      madeByLogin: true,
      revision: 1,
      groups: [],
    });
    expect(await store.findLinked(1, issuer, 's1')).toEqual(person);
    expect(identities()).toMatchObject([{ subject: 's1', userId: person.id, linkedBy: 'claims' }]);
    expect(events()).toEqual(['CREATED user eve@acme.example']);
    expect(harness.database.sql.column('select search from DirectoryUser')).toEqual([
      'eve moss eve@acme.example eve@acme.example',
    ]);
  });

  it('changes one, and says nothing when nothing is new', async () => {
    const person = await created('s1');
    const attributes = { ...eve, username: 'Eva', lastName: 'Rose' };

    const changed = await store.write({ directoryId: 1, person, attributes, issuer, subject: 's1' });
    if (changed.outcome !== 'written') throw new Error(changed.outcome);
    const again = await store.write({
      directoryId: 1,
      person: changed.person,
      attributes,
      issuer,
      subject: 's1',
    });

    expect(changed.person).toMatchObject({ ...attributes, revision: 2, madeByLogin: true });
    expect(again).toEqual(changed);
    expect((await store.findByUsername(1, 'EVA'))?.id).toBe(person.id);
    expect(events()).toEqual(['CREATED user eve@acme.example', 'UPDATED user Eva']);
  });

  it.each<[string, string, (person: LoginPerson) => ReturnType<typeof create>]>([
    ['a name that somebody else has', 'name-taken', () => create('s2', { ...eve, username: 'ADA' })],
    ['a pair that is linked by now', 'changed', () => create('s1', { ...eve, username: 'other' })],
    [
      'a change under an old revision',
      'changed',
      (person) =>
        store.write({
          directoryId: 1,
          person: { ...person, revision: 7 },
          attributes: { ...eve, lastName: 'Rose' },
          issuer,
          subject: 's1',
        }),
    ],
    [
      'no change, under an old revision',
      'changed',
      (person) =>
        store.write({
          directoryId: 1,
          person: { ...person, revision: 7 },
          attributes: eve,
          issuer,
          subject: 's1',
        }),
    ],
    [
      'a change to a name that somebody else has',
      'name-taken',
      (person) =>
        store.write({
          directoryId: 1,
          person,
          attributes: { ...eve, username: 'Ada' },
          issuer,
          subject: 's1',
        }),
    ],
  ])('leaves all as it was: %s', async (_name, outcome, attempt) => {
    await harness.addUser({ username: 'ada', externalId: '00u1' });
    const person = await created('s1');
    const before = [await harness.directory(), events(), identities()];

    expect(await attempt(person)).toEqual({ outcome });
    expect([await harness.directory(), events(), identities()]).toEqual(before);
  });
});

describe('the index', () => {
  it('leads every statement to its rows', () => {
    const scans = Object.entries(sql).flatMap(([name, text]) => {
      const values = Array.from({ length: 12 }, () => null);
      const { plain, ordered } = plainStatement(text, values);
      const parameters = text.includes('?1') ? ordered : values.slice(0, text.split('?').length - 1);
      return harness.database.sql
        .all<{ detail: string }>(`explain query plan ${plain}`, ...parameters)
        .filter(({ detail }) => /^SCAN (?!CONSTANT)/.test(detail))
        .map(({ detail }) => `${name}: ${detail}`);
    });

    expect(scans).toEqual([]);
  });

  it('leads to the links of a user who is deleted', () => {
    // What a foreign key runs for each of them.
    const steps = harness.database.sql.all<{ detail: string }>(
      'explain query plan delete from Identity where userId = ?',
      1,
    );

    expect(steps.map(({ detail }) => detail)).toEqual([expect.stringContaining('INDEX Identity_userId_idx')]);
  });
});
