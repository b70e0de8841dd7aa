import type { LoginTransaction } from '@gatehouse/login/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statement } from '../raw.ts';
import { openTestDatabase, type TestDatabase, testNow } from '../testing.ts';
import type { SqliteLoginTransactionStore } from './store.ts';
import { createTransactions } from './testing.ts';

const hour = 3_600_000;
const clock = { now: testNow };
let database: TestDatabase;
let store: SqliteLoginTransactionStore;

beforeEach(async () => {
  clock.now = testNow;
  database = await openTestDatabase({ now: () => clock.now });
  store = (await createTransactions(database)).transactions;
});
afterEach(() => database.remove());

function login(state: string): LoginTransaction {
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
  };
}

function rows(): Record<string, unknown>[] {
  return database.sql.all('select * from LoginTransaction order by id');
}

/** What every store must do is in the conformance suite; these are about this one. */
describe('SqliteLoginTransactionStore', () => {
  it('forgets what expired a day ago', async () => {
    await store.put('other', login('old'));
    clock.now += 26 * hour;

    await store.put('browser', login('new'));

    expect(rows()).toHaveLength(1);
    expect(await store.take('other', 1, 'old')).toBeNull();
  });

  it('forgets the oldest when more logins begin than people can begin', async () => {
    await store.put('first', login('first'));
    await store.put('second', login('second'));
    await database.write((db) => [
      statement(db, 'update sqlite_sequence set seq = ? where name = ?', 100_000, 'LoginTransaction'),
    ]);

    await store.put('flood', login('flood'));

    expect(rows()).toHaveLength(2);
    expect(await store.take('first', 1, 'first')).toBeNull();
    expect(await store.take('second', 1, 'second')).toMatchObject({ stateMatches: true });
    expect(await store.take('flood', 1, 'flood')).toMatchObject({ stateMatches: true });
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
    const values = [String(first?.sealed), Number(second?.id)] as const;
    await database.write((db) => [
      statement(db, 'update LoginTransaction set sealed = ? where id = ?', ...values),
    ]);

    await expect(store.take('browser', 1, 's2')).rejects.toMatchObject({ code: 'damaged' });
    expect(await store.take('browser', 1, 's1')).toMatchObject({ stateMatches: true });
  });

  it('ends with its identity provider', async () => {
    await store.put('browser', login('s1'));

    await database.write((db) => [statement(db, 'delete from Idp where id = 1')]);

    expect(rows()).toEqual([]);
  });
});
