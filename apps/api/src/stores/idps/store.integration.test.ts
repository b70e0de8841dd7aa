import {
  defaultIdpSettings,
  type IdpSettings,
  type MetadataImport,
  type ProviderMetadata,
} from '@gatehouse/contracts/idp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bySystem } from '../audit/audit-entry.ts';
import { ConnectorStore } from '../connectors/store.ts';
import type { SecretStore } from '../secrets/store.ts';
import { createTestSecretStore } from '../secrets/testing.ts';
import { openTestDatabase, type TestDatabase, testNow } from '../testing.ts';
import { testIdp } from '../trackers/testing.ts';
import { clientSecretKey } from './client-secret.ts';
import type { IdpRecord } from './rows.ts';
import { forgottenAfterMs, type IdpSave, IdpStore, mostDrafts } from './store.ts';
import { SqliteKeyCache } from './upstreams.ts';

const filled: IdpSettings = { ...defaultIdpSettings, domain: 'acme.okta.com', clientId: '0oa1' };
const metadata = testIdp(1, 'x').metadata as ProviderMetadata;
const day = 24 * 60 * 60 * 1_000;

let clock: number;
let database: TestDatabase;
let secrets: SecretStore;
let store: IdpStore;
let connectors: ConnectorStore;

beforeEach(async () => {
  clock = testNow;
  database = await openTestDatabase({ now: () => clock });
  secrets = createTestSecretStore(database);
  connectors = new ConnectorStore(database, secrets);
  store = new IdpStore({
    database,
    secrets,
    publicUrl: 'https://gatehouse.example',
    originOf: (domain) => `https://${domain}`,
  });
});
afterEach(() => database.remove());

async function draft(): Promise<IdpRecord> {
  const created = await store.createDraft('okta', bySystem);
  if (typeof created === 'string') throw new Error(created);
  return created;
}

function saveOf(record: IdpRecord, change: Partial<IdpSave> = {}): IdpSave {
  return {
    name: record.name,
    settings: record.settings,
    expectedVersion: record.settingsVersion,
    secret: 'kept',
    clearMetadata: false,
    changesLogin: false,
    ...change,
  };
}

async function saved(record: IdpRecord, change: Partial<IdpSave>): Promise<IdpRecord> {
  const answer = await store.save(record, saveOf(record, change), bySystem);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer;
}

function importOf(record: IdpRecord, state: MetadataImport['state'] = 'passed'): MetadataImport {
  const startedAt = new Date(clock).toISOString();
  return { state, startedAt, finishedAt: startedAt, settingsVersion: record.settingsVersion, checks: [] };
}

async function imported(record: IdpRecord, of: ProviderMetadata | null = metadata): Promise<IdpRecord> {
  await store.saveImport(record, { metadataImport: importOf(record), metadata: of }, bySystem);
  return mustFind(record);
}

function mustFind({ publicId }: IdpRecord): IdpRecord {
  const found = store.find(publicId);
  if (found === null) throw new Error('gone');
  return found;
}

async function createConnector(name = 'Acme', domain = 'acme.okta.com') {
  const created = await connectors.create(
    {
      kind: 'okta',
      name,
      settings: { domain, schedule: { enabled: false, value: null } },
      directoryId: null,
      apiToken: null,
      nextRunAt: null,
    },
    bySystem,
  );
  if (typeof created === 'string') throw new Error(created);
  return created;
}

/** A draft that lacks nothing. */
async function complete(name = 'Acme Okta'): Promise<IdpRecord> {
  if (database.sql.all('select 1 from Directory').length === 0) await createConnector();
  const named = await saved(await draft(), {
    name,
    settings: filled,
    secret: { replacedBy: `secret of ${name}` },
    changesLogin: true,
  });
  return await imported(named);
}

async function finished(name?: string): Promise<IdpRecord> {
  const done = await store.finish(await complete(name), bySystem);
  if (done === false) throw new Error('not finished');
  return done;
}

function actions(): string[] {
  return database.sql.column<string>("select action from AuditEntry where action like 'idp.%' order by id");
}

describe('a draft', () => {
  it('has its callback URL, a version and an audit entry from its first moment on', async () => {
    const record = await draft();

    expect(record).toMatchObject({
      state: 'draft',
      name: '',
      settingsVersion: 1,
      settings: defaultIdpSettings,
    });
    expect(store.callbackUrlOf(record.publicId)).toBe(
      `https://gatehouse.example/sso/callback/${record.publicId}`,
    );
    expect(store.list(10, 0)).toEqual({ total: 1, items: [record] });
    expect(actions()).toEqual(['idp.draft-begun']);
  });

  it(`is the last of ${mostDrafts}`, async () => {
    for (let count = 0; count < mostDrafts; count += 1) await draft();

    expect(await store.createDraft('okta', bySystem)).toBe('too-many-drafts');
    const [first] = store.list(1, 0).items;
    if (first) await store.remove(first, bySystem);
    expect(await store.createDraft('oidc', bySystem)).toMatchObject({ settings: { preset: 'oidc' } });
  });

  it('remembers where the wizard stands, without an audit entry, until it is finished', async () => {
    const record = await complete();

    expect(await store.setWizard(record, { step: 'users', ticks: ['a', 'a', 'b'] })).toBe(true);
    expect(mustFind(record).wizard).toEqual({ step: 'users', ticks: ['a', 'b'] });
    expect(actions()).not.toContain('idp.wizard');
    await store.finish(mustFind(record), bySystem);
    expect(await store.setWizard(record, { step: 'test', ticks: [] })).toBe(false);
  });

  it('is listed behind finished ones, the newest first', async () => {
    const older = await draft();
    const newer = await draft();
    const done = await finished();

    expect(store.list(10, 0).items.map(({ id }) => id)).toEqual([done.id, newer.id, older.id]);
    expect(store.finished(10).map(({ id }) => id)).toEqual([done.id]);
  });

  it('is discarded when nobody saved, imported or tested it for 30 days', async () => {
    const forgotten = await draft();
    const tested = await draft();
    const importedOne = await draft();
    const kept = await finished();
    clock += forgottenAfterMs - day;
    const young = await draft();
    await store.saveImport(
      importedOne,
      { metadataImport: importOf(importedOne, 'failed'), metadata: null },
      bySystem,
    );
    await database.write((db) => [
      db.$executeRawUnsafe(
        `insert into Tracker (publicId, kind, state, idpId, settingsVersion, startedBy, createdAt, expiresAt)
         values ('4KX9TQ', 'test', 'waiting', ?, 1, 'Ann', ?, ?)`,
        tested.id,
        clock,
        clock,
      ),
    ]);
    clock += 2 * day;

    expect(await store.purgeDrafts()).toEqual([forgotten.publicId]);

    expect(store.find(forgotten.publicId)).toBeNull();
    for (const record of [tested, importedOne, kept, young])
      expect(store.find(record.publicId)).not.toBeNull();
    expect(actions().at(-1)).toBe('idp.removed');
    expect(await store.purgeDrafts()).toEqual([]);
  });
});

describe('save', () => {
  it('makes a version that is never changed again', async () => {
    const first = await draft();

    const second = await saved(first, { settings: filled });

    expect(second).toMatchObject({ settingsVersion: 2, loginVersion: 2, settings: filled });
    expect(store.versionOf(first.id, 1)?.settings).toEqual(defaultIdpSettings);
    expect(store.versionOf(first.id, 2)).toEqual({
      settings: filled,
      createdAt: testNow,
      createdBy: 'Gatehouse',
    });
    expect(store.versionOf(first.id, 3)).toBeNull();
  });

  it.each<[string, Partial<IdpSave>, [settings: number, login: number], number]>([
    ['nothing', {}, [3, 4], 0],
    ['a name', { name: 'Other' }, [3, 4], 1],
    ['a secret', { secret: { replacedBy: 'b' }, changesLogin: true }, [3, 5], 1],
    ['settings', { settings: { ...filled, scopes: [] } }, [4, 5], 1],
  ])('of %s raises what it has to', async (_case, change, versions, entries) => {
    await createConnector();
    const record = await saved(await complete(), { settings: { ...filled, scopes: ['email'] } });
    await store.markTested(record.id, record.loginVersion, 'Ann', clock);
    const before = actions().length;

    const after = await saved(mustFind(record), {
      settings: record.settings,
      ...('settings' in change ? { settings: { ...record.settings, scopes: [] } } : change),
    });

    expect([after.settingsVersion, after.loginVersion]).toEqual([versions[0], versions[1]]);
    expect(after.testedAt).toBe(versions[1] > 4 ? null : clock);
    expect(actions().length - before).toBe(entries);
  });

  it.each<[string, Partial<IdpSave>]>([
    ['an older version', { expectedVersion: 1, name: 'New' }],
    ['a newer version', { expectedVersion: 9, name: 'New' }],
    ['another name', { expectedName: 'Other', name: 'New' }],
    ['an older version without a change', { expectedVersion: 1 }],
    ['another name without a change', { expectedName: 'Other' }],
    ['an older version with a secret', { expectedVersion: 1, secret: { replacedBy: 'stolen' } }],
    ['an older version that clears the secret', { expectedVersion: 1, secret: 'cleared', name: 'New' }],
  ])('with %s is refused and leaves nothing behind', async (_case, change) => {
    const record = await complete();
    const before = actions();

    expect(await store.save(record, saveOf(record, change), bySystem)).toEqual({
      refused: 'version-conflict',
    });

    expect(mustFind(record)).toEqual(record);
    expect(secrets.read(clientSecretKey(record.id))).toBe('secret of Acme Okta');
    expect(actions()).toEqual(before);
  });

  it('of one draft in two windows takes the first', async () => {
    const record = await draft();

    const answers = await Promise.all([
      store.save(record, saveOf(record, { settings: { ...filled, clientId: 'a' } }), bySystem),
      store.save(record, saveOf(record, { settings: { ...filled, clientId: 'b' } }), bySystem),
    ]);

    expect(answers.filter((answer) => 'refused' in answer)).toEqual([{ refused: 'version-conflict' }]);
    expect(mustFind(record)).toMatchObject({ settingsVersion: 2, settings: { clientId: 'a' } });
  });

  it.each([['Acme Okta'], [' ACME okta ']])(
    'refuses the name %j that a draft holds, and says whose',
    async (name) => {
      const holder = await saved(await draft(), { name: 'Acme Okta' });
      const other = await draft();

      expect(await store.save(other, saveOf(other, { name }), bySystem)).toEqual({
        refused: 'name-taken',
        holder: { name: 'Acme Okta', isDraft: true, createdBy: 'Gatehouse' },
      });
      await store.remove(holder, bySystem);
      expect(await saved(other, { name })).toMatchObject({ name });
    },
  );

  it('may leave any number of drafts without a name', async () => {
    const [first, second] = [await draft(), await draft()];

    for (const record of [first, second])
      expect(await saved(record, { settings: filled })).toMatchObject({ name: '' });
  });

  it('keeps secrets out of versions and audit', async () => {
    const record = await saved(await draft(), {
      secret: { replacedBy: 'canary-secret' },
      changesLogin: true,
    });

    const rows = JSON.stringify([
      database.sql.all('select * from Idp'),
      database.sql.all('select * from IdpVersion'),
      database.sql.all('select * from AuditEntry'),
      database.sql.all('select * from Secret'),
    ]);
    expect(rows).not.toContain('canary-secret');
    expect(rows).toContain('replaced');
    expect(secrets.inClear()).toEqual(['canary-secret']);
    expect(store.hasSecret(record)).toBe(true);
  });

  it('with another issuer forgets metadata, checklist, keys and the test', async () => {
    const record = await complete();
    const keys = new SqliteKeyCache(database);
    await keys.save(record.id, record.loginVersion, { keys: [] });
    await store.markTested(record.id, record.loginVersion, 'Ann', clock);

    const after = await saved(record, {
      settings: { ...record.settings, domain: 'other.okta.com' },
      secret: 'cleared',
      clearMetadata: true,
      changesLogin: true,
    });

    expect(after).toMatchObject({ metadata: null, metadataImport: null, testedAt: null, testedBy: null });
    expect(store.hasSecret(after)).toBe(false);
    expect(await keys.read(record.id)).toBeNull();
  });
});

describe('the directory of an IdP', () => {
  it('is that of its connector, and gone with it', async () => {
    const connector = await createConnector();
    const settings: IdpSettings = { ...filled, updateMethod: 'usersync', connectorId: connector.publicId };

    const record = await saved(await draft(), { settings });
    await connectors.remove(connector, bySystem);

    expect(record.directory).toMatchObject({ id: connector.directory.id, name: 'Acme' });
    expect(record.connector).toMatchObject({ key: connector.id, id: connector.publicId, name: 'Acme' });
    expect(mustFind(record)).toMatchObject({ connector: null, directory: null });
    expect(store.missing(mustFind(record)).map(({ part }) => part)).toContain('connector');
  });

  it('is the only one there is, unless another one is chosen', async () => {
    const connector = await createConnector();
    const only = await saved(await draft(), { settings: filled });
    await createConnector('Other');

    const undecided = await saved(await draft(), { settings: filled });

    expect(only.directory?.id).toBe(connector.directory.id);
    expect(undecided.directory).toBeNull();
  });

  it('is made when claims shall create people and there is none', async () => {
    const settings: IdpSettings = { ...filled, updateMethod: 'claims', createUsers: true };
    const none = await saved(await draft(), { settings: filled });

    const record = await saved(none, { name: 'Acme Okta', settings });

    expect(none.directory).toBeNull();
    expect(record.directory?.name).toBe('Acme Okta');
    expect(await saved(record, { name: 'Renamed' })).toMatchObject({ directory: { name: 'Acme Okta' } });
    expect(database.sql.all('select id from Directory')).toHaveLength(1);
  });
});

describe('an import', () => {
  it('keeps metadata as one unit, its checklist, and who ran it', async () => {
    const record = await saved(await draft(), { settings: filled });

    const after = await imported(record);

    expect(after.metadata).toEqual(metadata);
    expect(after.metadataImport).toEqual(importOf(record));
    expect(actions().at(-1)).toBe('idp.imported');
  });

  it('that failed keeps the checklist only', async () => {
    const record = await complete();

    const metadataImport = importOf(record, 'failed');
    expect(await store.saveImport(record, { metadataImport, metadata: null }, bySystem)).toBe(true);

    expect(mustFind(record)).toEqual({ ...record, metadataImport });
  });

  it.each([
    ['the same metadata keeps', {}, true],
    ['another endpoint ends', { tokenEndpoint: 'https://acme.okta.com/other' }, false],
  ])('of %s the test and the keys', async (_case, change, isKept) => {
    const record = await complete();
    const keys = new SqliteKeyCache(database);
    await keys.save(record.id, record.loginVersion, { keys: ['a'] });
    await store.markTested(record.id, record.loginVersion, 'Ann', clock);

    const importedAt = new Date(clock + 1).toISOString();
    const after = await imported(mustFind(record), { ...metadata, ...change, importedAt });

    expect(after.metadata?.importedAt).toBe(importedAt);
    expect(after.loginVersion).toBe(record.loginVersion + (isKept ? 0 : 1));
    expect(after.testedBy).toBe(isKept ? 'Ann' : null);
    expect(await keys.read(record.id)).toEqual(isKept ? { keys: ['a'] } : null);
  });

  it('of settings that changed meanwhile is not kept, but audited', async () => {
    const record = await saved(await draft(), { settings: filled });
    await saved(record, { secret: { replacedBy: 'new' }, changesLogin: true });

    const result = { metadataImport: importOf(record), metadata };
    expect(await store.saveImport(record, result, bySystem)).toBe(false);

    expect(mustFind(record)).toMatchObject({ metadata: null, metadataImport: null });
    expect(actions().at(-1)).toBe('idp.imported');
  });
});

describe('what is missing', () => {
  it('is named with the step of the wizard, in its order', async () => {
    const empty = await draft();
    const other = await saved(await draft(), { settings: { ...defaultIdpSettings, preset: 'oidc' } });
    const whole = await complete();

    const steps = (record: IdpRecord) => store.missing(record).map(({ part, step }) => `${step}: ${part}`);
    expect(steps(empty)).toEqual([
      'provider: name',
      'credentials: clientId',
      'credentials: clientSecret',
      'credentials: domain',
      'users: directory',
    ]);
    expect(steps(other)).toContain('credentials: issuer');
    expect(steps(whole)).toEqual([]);
  });

  it('is metadata that belongs to another issuer', async () => {
    const record = await saved(await complete(), {
      settings: { ...filled, issuer: 'https://acme.okta.com/oauth2/a' },
    });

    expect(store.missing(record).map(({ part }) => part)).toContain('metadata');
  });
});

describe('finish, enable, remove', () => {
  it('are audited, and each changes the state once', async () => {
    const record = await finished();

    await store.setEnabled(record, false, bySystem);
    await store.setEnabled(record, false, bySystem);
    expect(mustFind(record).state).toBe('disabled');
    await store.setEnabled(record, true, bySystem);
    await store.remove(record, bySystem);
    await store.remove(record, bySystem);

    expect(actions()).toEqual([
      'idp.draft-begun',
      'idp.settings-changed',
      'idp.imported',
      'idp.finished',
      'idp.disabled',
      'idp.enabled',
      'idp.removed',
    ]);
  });

  it('do not finish what changed since it was looked at', async () => {
    const record = await complete();
    await saved(record, { secret: 'cleared', changesLogin: true });

    expect(await store.finish(record, bySystem)).toBe(false);
    expect(mustFind(record).state).toBe('draft');
  });

  it('forget the secret and free the name, and keep what trackers tell', async () => {
    const record = await finished();

    await store.remove(record, bySystem);

    expect(store.find(record.publicId)).toBeNull();
    expect(store.findIdp(record.publicId)).toBeNull();
    expect(secrets.read(clientSecretKey(record.id))).toBeNull();
    expect(store.idpOf(record.id)).toMatchObject({ name: 'Acme Okta', clientSecretSet: false, metadata });
    expect(await saved(await draft(), { name: 'Acme Okta' })).toMatchObject({ name: 'Acme Okta' });
  });
});

describe('upstreamOf', () => {
  it('answers everything that a login needs, as one unit', async () => {
    const record = await finished();

    expect(store.upstreamOf(record.publicId)).toEqual({
      idpId: record.id,
      publicId: record.publicId,
      name: 'Acme Okta',
      settingsVersion: record.settingsVersion,
      loginVersion: record.loginVersion,
      settings: record.settings,
      metadata,
      clientSecret: 'secret of Acme Okta',
      callbackUrl: store.callbackUrlOf(record.publicId),
      directoryId: record.directory?.key,
      connectorId: null,
      allowsHttp: false,
    });
  });

  it('serves a draft to test logins only', async () => {
    const record = await complete();

    expect(store.upstreamOf(record.publicId)).toMatchObject({ unavailable: 'idp-incomplete', isDraft: true });
    expect(store.upstreamOf(record.publicId, 'test')).toMatchObject({ idpId: record.id });
    expect(store.listTestable(10, 0)).toEqual({
      total: 1,
      items: [{ id: record.publicId, name: 'Acme Okta', issuer: 'https://acme.okta.com' }],
    });
  });

  it.each<[string, (record: IdpRecord) => Promise<unknown>, object]>([
    ['disabled', (record) => store.setEnabled(record, false, bySystem), { unavailable: 'idp-disabled' }],
    ['removed', (record) => store.remove(record, bySystem), { unavailable: 'idp-removed' }],
    [
      'without its secret',
      (record) => saved(record, { secret: 'cleared', name: 'x', changesLogin: true }),
      {
        unavailable: 'idp-incomplete',
        missing: [{ part: 'clientSecret', label: 'Client secret', step: 'credentials' }],
      },
    ],
    [
      'without its metadata',
      (record) =>
        saved(record, { settings: { ...record.settings, domain: 'b.okta.com' }, clearMetadata: true }),
      {
        unavailable: 'idp-incomplete',
        missing: [{ part: 'metadata', label: 'Imported metadata', step: 'credentials' }],
      },
    ],
  ])('says why there is none: %s', async (_case, change, expected) => {
    const record = await finished();

    await change(record);

    expect(store.upstreamOf(record.publicId, 'test')).toMatchObject(expected);
  });

  it('knows nothing of an id that never was', () => {
    expect(store.upstreamOf('x'.repeat(22))).toMatchObject({ unavailable: 'idp-removed' });
  });
});

describe('keys and tests belong to the settings they were seen with', () => {
  it.each([
    [0, true],
    [-1, false],
    [1, false],
  ])('at login version %i from the present one: kept is %s', async (offset, isKept) => {
    const record = await complete();
    const keys = new SqliteKeyCache(database);

    await keys.save(record.id, record.loginVersion + offset, { keys: ['a'] });
    const noted = await store.markTested(record.id, record.loginVersion + offset, 'Ann', 7);

    expect(await keys.read(record.id)).toEqual(isKept ? { keys: ['a'] } : null);
    expect(noted).toBe(isKept);
    expect(mustFind(record).testedAt).toBe(isKept ? 7 : null);
  });

  it('and endless keys are not kept', async () => {
    const record = await complete();
    const keys = new SqliteKeyCache(database);

    await keys.save(record.id, record.loginVersion, { keys: ['x'.repeat(200_001)] });

    expect(await keys.read(record.id)).toBeNull();
  });
});
