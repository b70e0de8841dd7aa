import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoginPerson, PeopleStore } from '../ports.ts';
import type { PeopleHarness, PeopleHarnessFactory } from './people-harness.ts';

const issuer = 'https://acme.okta.com';
const otherIssuer = 'https://acme.okta.com/oauth2/default';
const attributes = {
  username: 'ada@acme.example',
  email: 'ada@acme.example',
  firstName: 'Ada',
  lastName: 'Lovelace',
  displayName: 'Ada Lovelace',
};

/** What every `PeopleStore` must do. */
export function describePeopleStore(name: string, create: PeopleHarnessFactory): void {
  describe(`PeopleStore on ${name}`, () => {
    let harness: PeopleHarness;
    beforeEach(async () => {
      harness = await create();
    });
    afterEach(() => harness.close());

    describeFinding(() => harness);
    describeLinking(() => harness);
    describeCreating(() => harness);
    describeChanging(() => harness);
  });
}

function describeFinding(get: () => PeopleHarness): void {
  describe('finding', () => {
    it('answers nobody in an empty directory', async () => {
      const { people, directoryId, connectorId } = get();

      expect(await people.findLinked(directoryId, issuer, '00u1')).toBeNull();
      expect(await people.findSynced(connectorId, '00u1')).toBeNull();
      expect(await people.findByEmail(directoryId, 'ada@acme.example')).toEqual([]);
      expect(await people.findByUsername(directoryId, 'ada')).toBeNull();
      expect(await people.linkedSubjects(1, issuer)).toEqual([]);
    });

    it('finds who was synced by this connector under this id, byte by byte', async () => {
      const { people, directoryId, connectorId, otherConnectorId, addUser } = get();
      const ada = await addUser({ directoryId, username: 'ada', connectorId, externalId: '00uA' });
      await addUser({ directoryId, username: 'bob', connectorId, externalId: '00ua' });

      expect(await people.findSynced(connectorId, '00uA')).toEqual(ada);
      expect((await people.findSynced(connectorId, '00ua'))?.username).toBe('bob');
      expect(await people.findSynced(connectorId, '00UA')).toBeNull();
      expect(await people.findSynced(otherConnectorId, '00uA')).toBeNull();
    });

    it.each([
      ['as it is', 'Ada@Acme.example'],
      ['in other case', 'ADA@acme.EXAMPLE'],
      ['with spaces around', ' ada@acme.example '],
    ])('finds an e-mail %s, in its directory only', async (_how, email) => {
      const { people, directoryId, otherDirectoryId, addUser } = get();
      const ada = await addUser({ directoryId, username: 'ada', email: 'Ada@Acme.example' });
      await addUser({ directoryId: otherDirectoryId, username: 'ada', email: 'Ada@Acme.example' });
      await addUser({ directoryId, username: 'grace', email: 'grace@acme.example' });

      expect((await people.findByEmail(directoryId, email)).map(({ id }) => id)).toEqual([ada.id]);
    });

    it('answers three at most of those who share an e-mail', async () => {
      const { people, directoryId, addUser } = get();
      for (const username of ['a', 'b', 'c', 'd'])
        await addUser({ directoryId, username, email: 'team@x.example' });

      expect(await people.findByEmail(directoryId, 'team@x.example')).toHaveLength(3);
    });

    it('does not take an empty e-mail for one', async () => {
      const { people, directoryId, addUser } = get();
      await addUser({ directoryId, username: 'grace', email: 'grace@acme.example' });

      expect(await people.findByEmail(directoryId, 'grace')).toEqual([]);
    });

    it.each([
      ['as it is', 'Zoë'],
      ['in other case, also beyond ASCII', 'ZOË'],
      ['composed differently', 'Zoe\u0308'],
    ])('finds a user name %s', async (_how, username) => {
      const { people, directoryId, otherDirectoryId, addUser } = get();
      const zoe = await addUser({ directoryId, username: 'Zoë' });

      expect((await people.findByUsername(directoryId, username))?.id).toBe(zoe.id);
      expect(await people.findByUsername(otherDirectoryId, username)).toBeNull();
    });

    it('says of a local user and of a synced one what they are', async () => {
      const { people, directoryId, connectorId, addUser } = get();
      await addUser({ directoryId, username: 'local', active: false });
      await addUser({ directoryId, username: 'synced', connectorId, externalId: '00u1' });

      expect(await people.findByUsername(directoryId, 'local')).toMatchObject({
        connectorId: null,
        externalId: null,
        madeByLogin: false,
        active: false,
        groups: [],
      });
      expect(await people.findByUsername(directoryId, 'synced')).toMatchObject({
        connectorId,
        externalId: '00u1',
        madeByLogin: false,
        active: true,
      });
    });
  });
}

function describeLinking(get: () => PeopleHarness): void {
  const link = (
    people: PeopleStore,
    userId: number,
    rest: Partial<Parameters<PeopleStore['link']>[0]> = {},
  ) => people.link({ directoryId: get().directoryId, issuer, subject: '00u1', userId, by: 'email', ...rest });

  describe('linking', () => {
    it('finds the linked one by issuer and subject, both byte by byte, in this directory', async () => {
      const { people, directoryId, otherDirectoryId, addUser } = get();
      const ada = await addUser({ directoryId, username: 'ada' });

      expect(await link(people, ada.id)).toBe(true);

      expect((await people.findLinked(directoryId, issuer, '00u1'))?.id).toBe(ada.id);
      expect(await people.findLinked(directoryId, issuer, '00U1')).toBeNull();
      expect(await people.findLinked(directoryId, `${issuer}/`, '00u1')).toBeNull();
      expect(await people.findLinked(directoryId, issuer.toUpperCase(), '00u1')).toBeNull();
      expect(await people.findLinked(otherDirectoryId, issuer, '00u1')).toBeNull();
    });

    it('does it again without harm, and notes nothing else', async () => {
      const { people, directoryId, addUser, events } = get();
      const ada = await addUser({ directoryId, username: 'ada' });

      expect(await link(people, ada.id)).toBe(true);
      expect(await link(people, ada.id, { by: 'same-source' })).toBe(true);

      expect(await people.linkedSubjects(ada.id, issuer)).toEqual(['00u1']);
      expect(await people.findLinked(directoryId, issuer, '00u1')).toMatchObject({ revision: ada.revision });
      expect(await events(directoryId)).toEqual([]);
    });

    it('refuses a pair that is somebody else’s', async () => {
      const { people, directoryId, addUser } = get();
      const ada = await addUser({ directoryId, username: 'ada' });
      const eve = await addUser({ directoryId, username: 'eve' });
      await link(people, ada.id);

      expect(await link(people, eve.id)).toBe(false);

      expect((await people.findLinked(directoryId, issuer, '00u1'))?.id).toBe(ada.id);
    });

    it('refuses a second subject of one issuer, but takes another issuer’s', async () => {
      const { people, directoryId, addUser } = get();
      const ada = await addUser({ directoryId, username: 'ada' });
      await link(people, ada.id);

      expect(await link(people, ada.id, { subject: '00u2' })).toBe(false);
      expect(await link(people, ada.id, { subject: '00u2', issuer: otherIssuer })).toBe(true);

      expect(await people.findLinked(directoryId, issuer, '00u2')).toBeNull();
      expect(await people.linkedSubjects(ada.id, issuer)).toEqual(['00u1']);
      expect(await people.linkedSubjects(ada.id, otherIssuer)).toEqual(['00u2']);
    });

    it('gives a user to one of twenty subjects that come at once', async () => {
      const { people, directoryId, addUser } = get();
      const ada = await addUser({ directoryId, username: 'ada' });

      const subjects = Array.from({ length: 20 }, (_, index) => `00u${index}`);
      const linked = await Promise.all(subjects.map((subject) => link(people, ada.id, { subject })));

      expect(linked.filter((isLinked) => isLinked)).toHaveLength(1);
      expect(await people.linkedSubjects(ada.id, issuer)).toHaveLength(1);
    });

    it('refuses one who is gone, and one of another directory', async () => {
      const { people, directoryId, otherDirectoryId, addUser, removeUser } = get();
      const ada = await addUser({ directoryId, username: 'ada' });
      const elsewhere = await addUser({ directoryId: otherDirectoryId, username: 'ada' });
      await removeUser(ada.id);

      expect(await link(people, ada.id)).toBe(false);
      expect(await link(people, elsewhere.id)).toBe(false);
    });

    it('forgets the links of one who is removed', async () => {
      const { people, directoryId, addUser, removeUser } = get();
      const ada = await addUser({ directoryId, username: 'ada' });
      await link(people, ada.id);

      await removeUser(ada.id);

      expect(await people.findLinked(directoryId, issuer, '00u1')).toBeNull();
    });
  });
}

function describeCreating(get: () => PeopleHarness): void {
  const create = (rest: Partial<Parameters<PeopleStore['write']>[0]> = {}) => {
    const { people, directoryId } = get();
    return people.write({ directoryId, person: null, attributes, issuer, subject: '00u1', ...rest });
  };

  describe('creating', () => {
    it('makes an active user who is linked, with one event', async () => {
      const { people, directoryId, events } = get();

      const written = await create();

      const expected = {
        ...attributes,
        active: true,
        connectorId: null,
        externalId: null,
        madeByLogin: true,
      };
      expect(written).toMatchObject({ outcome: 'written', person: expected });
      expect(await people.findLinked(directoryId, issuer, '00u1')).toMatchObject(expected);
      expect(await people.findByUsername(directoryId, 'ADA@acme.example')).toMatchObject(expected);
      expect(await events(directoryId)).toEqual([{ operation: 'CREATED', name: attributes.username }]);
    });

    it('gives each user ids of their own', async () => {
      const first = await create();
      const second = await create({ attributes: { ...attributes, username: 'grace' }, subject: '00u2' });

      const people = [first, second].map((written) => ('person' in written ? written.person : null));
      expect(new Set(people.map((person) => person?.id)).size).toBe(2);
      expect(new Set(people.map((person) => person?.publicId)).size).toBe(2);
    });

    it('keeps values as they are', async () => {
      const hostile = {
        ...attributes,
        displayName: '<b>Ada</b> \u202eecalevoL',
        firstName: "x'); drop table",
      };

      const written = await create({ attributes: hostile });

      expect(written).toMatchObject({ outcome: 'written', person: hostile });
    });

    it('says that the name is taken, and does nothing', async () => {
      const { people, directoryId, addUser, events } = get();
      await addUser({ directoryId, username: 'ADA@ACME.example' });

      expect(await create()).toEqual({ outcome: 'name-taken' });

      expect(await people.findLinked(directoryId, issuer, '00u1')).toBeNull();
      expect(await events(directoryId)).toEqual([]);
    });

    it('makes one user when twenty first logins of one person come at once', async () => {
      const { people, directoryId, events } = get();

      const written = await Promise.all(Array.from({ length: 20 }, () => create()));

      expect(written.filter(({ outcome }) => outcome === 'written')).toHaveLength(1);
      expect(await people.findByEmail(directoryId, attributes.email)).toHaveLength(1);
      expect(await events(directoryId)).toHaveLength(1);
    });

    it('makes nobody for a pair that is linked already', async () => {
      const { people, directoryId, addUser } = get();
      const ada = await addUser({ directoryId, username: 'other' });
      await people.link({ directoryId, issuer, subject: '00u1', userId: ada.id, by: 'email' });

      expect(await create()).toEqual({ outcome: 'changed' });

      expect(await people.findByUsername(directoryId, attributes.username)).toBeNull();
    });
  });
}

function describeChanging(get: () => PeopleHarness): void {
  const change = (person: LoginPerson, values: Partial<typeof attributes>) => {
    const { people, directoryId } = get();
    const { username, email, firstName, lastName, displayName } = person;
    const after = { username, email, firstName, lastName, displayName, ...values };
    return people.write({ directoryId, person, attributes: after, issuer, subject: '00u1' });
  };

  describe('changing', () => {
    it('writes the attributes with an event, raises the revision, and leaves the rest', async () => {
      const { directoryId, connectorId, addUser, events } = get();
      const ada = await addUser({ directoryId, username: 'ada', connectorId, externalId: '00u1' });

      const written = await change(ada, { email: 'new@acme.example', displayName: 'Ada L.' });

      expect(written).toMatchObject({
        outcome: 'written',
        person: { ...ada, email: 'new@acme.example', displayName: 'Ada L.', revision: ada.revision + 1 },
      });
      expect(await events(directoryId)).toEqual([{ operation: 'UPDATED', name: 'ada' }]);
    });

    it('finds the renamed one by the new name only', async () => {
      const { people, directoryId, addUser } = get();
      const ada = await addUser({ directoryId, username: 'ada', email: 'ada@x.example' });

      await change(ada, { username: 'Ada.Lovelace', email: 'lovelace@x.example' });

      expect((await people.findByUsername(directoryId, 'ada.lovelace'))?.id).toBe(ada.id);
      expect(await people.findByUsername(directoryId, 'ada')).toBeNull();
      expect(await people.findByEmail(directoryId, 'ada@x.example')).toEqual([]);
    });

    it('lets a name change its case', async () => {
      const { directoryId, addUser } = get();
      const ada = await addUser({ directoryId, username: 'ada' });

      expect(await change(ada, { username: 'Ada' })).toMatchObject({ person: { username: 'Ada' } });
    });

    it('does nothing where another write came first, or the user is gone', async () => {
      const { people, directoryId, addUser, touchUser, removeUser, events } = get();
      const ada = await addUser({ directoryId, username: 'ada' });
      const grace = await addUser({ directoryId, username: 'grace' });
      await touchUser(ada.id);
      await removeUser(grace.id);

      expect(await change(ada, { email: 'new@acme.example' })).toEqual({ outcome: 'changed' });
      expect(await change(grace, { email: 'new@acme.example' })).toEqual({ outcome: 'changed' });

      expect(await people.findByEmail(directoryId, 'new@acme.example')).toEqual([]);
      expect(await events(directoryId)).toEqual([]);
    });

    it('says that the name is taken, and does nothing', async () => {
      const { people, directoryId, addUser, events } = get();
      const ada = await addUser({ directoryId, username: 'ada' });
      await addUser({ directoryId, username: 'Grace' });

      expect(await change(ada, { username: 'GRACE', email: 'new@acme.example' })).toEqual({
        outcome: 'name-taken',
      });

      expect((await people.findByUsername(directoryId, 'ada'))?.email).toBe(ada.email);
      expect(await events(directoryId)).toEqual([]);
    });
  });
}
