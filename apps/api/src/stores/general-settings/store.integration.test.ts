import { defaultGeneralSettings } from '@gatehouse/contracts/general-settings';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bySystem } from '../audit/audit-entry.ts';
import { AuditStore } from '../audit/store.ts';
import { openTestDatabase, type TestDatabase, testNow } from '../testing.ts';
import { GeneralSettingsStore } from './store.ts';

let database: TestDatabase;
let store: GeneralSettingsStore;
beforeEach(async () => {
  database = await openTestDatabase();
  store = new GeneralSettingsStore(database);
});
afterEach(() => database.remove());

const acme = { ...defaultGeneralSettings, organizationName: 'Acme', trackerDays: 30 };

function auditEntries() {
  return new AuditStore(database).list({ action: 'settings.general-changed' }, { offset: 0, limit: 10 });
}

it('begins with the defaults as version 0', () => {
  expect(store.current()).toEqual({
    settings: defaultGeneralSettings,
    version: 0,
    changedAt: null,
    changedBy: null,
  });
});

it('keeps every version, and tells the audit what differs', async () => {
  await store.save(acme, 0, bySystem);
  await store.save({ ...acme, supportAddress: 'help@acme.example' }, 1, bySystem);

  expect(store.current()).toMatchObject({
    settings: { organizationName: 'Acme', supportAddress: 'help@acme.example', trackerDays: 30 },
    version: 2,
    changedAt: testNow,
    changedBy: 'Gatehouse',
  });
  expect(auditEntries().items).toMatchObject([
    { before: { supportAddress: '' }, after: { supportAddress: 'help@acme.example' } },
    {
      before: { organizationName: '', trackerDays: 14 },
      after: { organizationName: 'Acme', trackerDays: 30 },
    },
  ]);
});

it('goes on with an address that would be refused today', async () => {
  await store.save({ ...acme, supportAddress: 'mailto:help@acme.example' }, 0, bySystem);

  expect(store.current().settings.supportAddress).toBe('mailto:help@acme.example');
});

it('refuses what was made from another version, also of two at once', async () => {
  const answers = await Promise.all([
    store.save(acme, 0, bySystem),
    store.save({ ...acme, trackerDays: 31 }, 0, bySystem),
    store.save(acme, 1, bySystem),
  ]);

  expect(answers.map((answer) => answer === 'version-conflict')).toEqual([false, true, true]);
  expect(store.current().version).toBe(1);
  expect(auditEntries().total).toBe(1);
});

it('a save that changes nothing makes no version', async () => {
  await store.save(acme, 0, bySystem);

  expect(await store.save(acme, 1, bySystem)).toMatchObject({ version: 1 });
  expect(auditEntries().total).toBe(1);
});
