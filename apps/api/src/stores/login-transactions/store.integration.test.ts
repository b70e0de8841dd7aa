import { randomBytes } from 'node:crypto';
import type { LoginTransaction } from '@gatehouse/login/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAppKeys } from '../../security/app-key.ts';
import { createSecretBox } from '../../security/secret-box.ts';
import { statement } from '../raw.ts';
import { openTestDatabase, type TestDatabase, testNow } from '../testing.ts';
import { SqliteLoginTransactionStore } from './store.ts';

const hour = 3_600_000;
const clock = { now: testNow };
let database: TestDatabase;
let store: SqliteLoginTransactionStore;

beforeEach(async () => {
  clock.now = testNow;
  database = await openTestDatabase({ now: () => clock.now });
  store = new SqliteLoginTransactionStore(database, testBox());
  for (const id of [1, 2]) {
    await database.write((db) => [
      statement(
        db,
        `insert into Idp (id, publicId, state, name, settingsVersion, loginVersion, wizardStep, wizardTicks, createdAt, createdBy)
         values (?, ?, 'enabled', ?, 1, 1, 'test', '[]', 0, 'x')`,
        id,
        `idp-${id}`,
        `IdP ${id}`,
      ),
    ]);
  }
});
afterEach(() => database.remove());

function testBox() {
  return createSecretBox({ keys: parseAppKeys(randomBytes(32).toString('base64'), 'test') });
}

function login(state: string, more: Partial<LoginTransaction> = {}): LoginTransaction {
  return {
    idpId: 1,
    loginVersion: 3,
    trackerId: 7,
    applicationId: null,
    returnUrl: null,
    state,
    nonce: `nonce of ${state}`,
    verifier: `verifier of ${state}`,
    createdAt: clock.now,
    expiresAt: clock.now + hour,
    ...more,
  };
}

function rows(): Record<string, unknown>[] {
  return database.sql.all('select * from LoginTransaction order by id');
}

describe('take', () => {
  it('answers the login of browser, IdP and state once', async () => {
    const transaction = login('s1', { applicationId: 4, returnUrl: 'https://jira.acme.example/x' });
    await store.put('browser', transaction);

    expect(await store.take('browser', 1, 's1')).toEqual({ ...transaction, stateMatches: true });
    expect(await store.take('browser', 1, 's1')).toBeNull();
  });

  it('gives it to one of twenty', async () => {
    await store.put('browser', login('s1'));

    const taken = await Promise.all(Array.from({ length: 20 }, () => store.take('browser', 1, 's1')));

    expect(taken.filter((one) => one !== null)).toHaveLength(1);
  });

  it.each([
    ['another browser', 'other', 1, 's1'],
    ['another IdP', 'browser', 2, 's1'],
  ])('knows nothing for %s', async (_why, browser, idpId, state) => {
    await store.put('browser', login('s1'));

    expect(await store.take(browser, idpId, state)).toBeNull();
    expect(rows()).toHaveLength(1);
  });

  it.each([['a state of nobody'], [null], ['']])('takes the newest with the IdP for %j', async (state) => {
    await store.put('browser', login('s1'));
    await store.put('browser', login('s2'));
    await store.put('browser', login('s3', { idpId: 2 }));

    expect(await store.take('browser', 1, state)).toEqual({ ...login('s2'), stateMatches: false });
    expect(rows()).toHaveLength(2);
  });

  it('takes an older one by its state', async () => {
    await store.put('browser', login('s1'));
    await store.put('browser', login('s2'));

    expect(await store.take('browser', 1, 's1')).toMatchObject({ state: 's1', stateMatches: true });
  });

  it('answers an expired one too', async () => {
    await store.put('browser', login('s1'));
    clock.now += 2 * hour;

    expect(await store.take('browser', 1, 's1')).toMatchObject({ expiresAt: testNow + hour });
  });
});

describe('put', () => {
  it('keeps the newest twenty of a browser', async () => {
    await store.put('other', login('o'));
    for (let index = 0; index < 22; index += 1) await store.put('browser', login(`s${index}`));

    expect(rows()).toHaveLength(21);
    expect(await store.take('browser', 1, 's2')).toMatchObject({ stateMatches: true });
    expect(await store.take('browser', 1, 's1')).toMatchObject({ stateMatches: false });
  });

  it('forgets what expired a day ago', async () => {
    await store.put('other', login('old'));
    clock.now += 26 * hour;

    await store.put('browser', login('new'));

    expect(rows()).toHaveLength(1);
  });

  it('stores neither cookie, state, nonce nor verifier in clear', async () => {
    await store.put('browser-secret', login('canary'));

    const stored = JSON.stringify(rows());
    expect(stored).not.toContain('browser-secret');
    expect(stored).not.toContain('canary');
  });

  it('opens nothing that was moved to another row', async () => {
    await store.put('browser', login('s1'));
    await store.put('browser', login('s2'));
    const [first, second] = rows();
    await database.write((db) => [
      statement(
        db,
        'update LoginTransaction set sealed = ? where id = ?',
        String(first?.sealed),
        Number(second?.id),
      ),
    ]);

    await expect(store.take('browser', 1, 's2')).rejects.toMatchObject({ code: 'damaged' });
  });
});
