import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bySystem } from '../audit/audit-entry.ts';
import { openTestDatabase, type TestDatabase, testNow } from '../testing.ts';
import { ApplicationStore, type NewApplication } from './store.ts';

const jira: NewApplication = {
  name: 'Jira',
  settings: { kind: 'jira', baseUrl: 'https://jira.acme.example', jsm: true },
};

const idpId = 'x'.repeat(22);

let database: TestDatabase;
let store: ApplicationStore;
beforeEach(async () => {
  database = await openTestDatabase();
  store = new ApplicationStore(database);
});
afterEach(() => database.remove());

async function create(input: NewApplication = jira) {
  const created = await store.create(input, bySystem);
  if (typeof created === 'string') throw new Error(created);
  return created;
}

function auditActions(): string[] {
  return database.sql.column<string>('select action from AuditEntry order by id');
}

describe('create', () => {
  it('makes the application with its first version, not redirected', async () => {
    const created = await create();

    expect(created).toMatchObject({
      slug: 'jira',
      name: 'Jira',
      version: 1,
      settings: { ...jira.settings, redirection: { enabled: false, portal: false, idpId: null } },
      switchedAt: null,
      changedAt: testNow,
      isRemoved: false,
    });
    expect(store.list(10, 0)).toEqual({ total: 1, items: [created] });
    expect(store.findBySlug('jira')).toEqual(created);
    expect(auditActions()).toEqual(['application.added']);
  });

  it.each(['Jira', ' JIRA ', 'jira'])('refuses the taken name %j and leaves nothing behind', async (name) => {
    await create();

    expect(await store.create({ ...jira, name }, bySystem)).toBe('name-taken');
    expect(store.list(10, 0).total).toBe(1);
    expect(auditActions()).toEqual(['application.added']);
  });

  it('gives names that look alike in an address one of their own', async () => {
    const slugs = await Promise.all(
      ['Jira', 'Jira!', 'Jira?', 'Jira.'].map(async (name) => (await create({ ...jira, name })).slug),
    );

    expect([...slugs].sort()).toEqual(['jira', 'jira-2', 'jira-3', 'jira-4']);
  });
});

describe('save', () => {
  it('makes a version, keeps the slug and says what differs', async () => {
    const created = await create();
    const settings = { ...created.settings, baseUrl: 'https://tools.acme.example/jira' };

    const saved = await store.save(created, { name: 'Tracker', settings, expectedVersion: 1 }, bySystem);

    expect(saved).toMatchObject({ name: 'Tracker', slug: 'jira', version: 2, settings, switchedAt: null });
    expect(
      database.sql.all('select before, after from AuditEntry where action = ?', 'application.changed'),
    ).toEqual([
      {
        before: JSON.stringify({ name: 'Jira', baseUrl: 'https://jira.acme.example' }),
        after: JSON.stringify({ name: 'Tracker', baseUrl: 'https://tools.acme.example/jira' }),
      },
    ]);
  });

  it('notes who turned the switch, and when', async () => {
    const created = await create();
    const settings = { ...created.settings, redirection: { enabled: true, portal: false, idpId } };

    const saved = await store.save(created, { name: 'Jira', settings, expectedVersion: 1 }, bySystem);

    expect(saved).toMatchObject({ switchedAt: testNow, switchedBy: 'Gatehouse', version: 2 });
    expect(auditActions()).toEqual(['application.added', 'redirection.switched']);
    expect(store.ofIdp(idpId, 10)).toEqual([saved]);
    expect(store.ofIdp('y'.repeat(22), 10)).toEqual([]);
    expect(store.milestones()).toMatchObject({ oldest: { name: 'Jira' }, redirecting: { name: 'Jira' } });
  });

  it('writes nothing when nothing changes', async () => {
    const created = await create();

    const saved = await store.save(created, { ...created, expectedVersion: 1 }, bySystem);

    expect(saved).toEqual(created);
    expect(auditActions()).toEqual(['application.added']);
  });

  it('takes one of two saves over the same version', async () => {
    const created = await create();
    const save = (name: string) =>
      store.save(
        created,
        { name, settings: { ...created.settings, jsm: false }, expectedVersion: 1 },
        bySystem,
      );

    const answers = await Promise.all([save('One'), save('Two')]);

    expect(answers.filter((answer) => answer === 'version-conflict')).toHaveLength(1);
    expect(database.sql.column('select version from ApplicationVersion order by version')).toEqual([1, 2]);
  });

  it('refuses the name of another one', async () => {
    const created = await create();
    await create({ ...jira, name: 'Wiki' });

    expect(await store.save(created, { ...created, name: 'wiki', expectedVersion: 1 }, bySystem)).toBe(
      'name-taken',
    );
  });
});

describe('remove', () => {
  it('frees name and address, and is still known to trackers', async () => {
    const created = await create();

    expect(await store.remove(created, bySystem)).toBe(true);
    expect(await store.remove(created, bySystem)).toBe(false);
    expect(store.find(created.publicId)).toBeNull();
    expect(store.findBySlug('jira')).toBeNull();
    expect(store.findById(created.id)).toMatchObject({ name: 'Jira', isRemoved: true });
    expect(auditActions()).toEqual(['application.added', 'application.removed']);
    expect(await create()).toMatchObject({ slug: 'jira' });
  });
});
