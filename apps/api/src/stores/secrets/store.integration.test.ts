import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAppKeys } from '../../security/app-key.ts';
import { createSecretBox } from '../../security/secret-box.ts';
import { statement } from '../raw.ts';
import { insertFactOnce } from '../server-facts/queries.ts';
import { ServerFactStore } from '../server-facts/store.ts';
import { openTestDatabase, type TestDatabase } from '../testing.ts';
import { SecretStore } from './store.ts';

const [oldKey] = parseAppKeys(`${'11'.repeat(31)}22`, 'test');
const [newKey] = parseAppKeys(`${'33'.repeat(31)}44`, 'test');
const apiToken = { ownerKind: 'connector', ownerId: 7, name: 'apiToken' } as const;
const other = { ...apiToken, ownerId: 8 };

let database: TestDatabase;
let clock: number;
beforeEach(async () => {
  clock = Date.UTC(2026, 0, 30);
  database = await openTestDatabase({ now: () => clock });
  await database.write((db) => [statement(db, insertFactOnce, 'owner', 'x', 0)]);
});
afterEach(() => database.remove());

function storeWith(...keys: [typeof oldKey, ...(typeof oldKey)[]]): SecretStore {
  return new SecretStore(database, createSecretBox({ keys }));
}

async function put(store: SecretStore, key: typeof apiToken | typeof other, secret: string): Promise<void> {
  await database.write((db) => [ownerChange(db), store.putIfChanged(db, key, secret, 'Ann')]);
}

/** Stands for the change of the owner, in whose batch a secret is written. */
function ownerChange(db: Parameters<typeof statement>[0], key = 'owner') {
  return statement(db, 'update ServerFact set updatedAt = 1 where key = ?', key);
}

function cipherOf(ownerId: number): string {
  return database.sql.column<string>('select cipher from Secret where ownerId = ?', ownerId)[0] ?? '';
}

describe('a secret', () => {
  it('is read back, and shows only that it is set', async () => {
    const store = storeWith(oldKey);

    await put(store, apiToken, 'top secret token');

    expect(store.read(apiToken)).toBe('top secret token');
    expect(store.state(apiToken)).toEqual({
      set: true,
      updatedAt: '2026-01-30T00:00:00.000Z',
      updatedBy: 'Ann',
      usedAt: null,
    });
    expect(cipherOf(7)).toMatch(/^enc:v1:[0-9a-f]{12}:[\w-]+$/);
    expect(store.state(other)).toEqual({ set: false, updatedAt: null, updatedBy: null, usedAt: null });
    expect(store.read(other)).toBeNull();
  });

  it('notes when it was used, and forgets that with a new value', async () => {
    const store = storeWith(oldKey);
    await put(store, apiToken, 'one');
    clock += 5_000;

    await store.markUsed(apiToken);
    const used = store.state(apiToken).usedAt;
    await put(store, apiToken, 'two');

    expect(used).toBe('2026-01-30T00:00:05.000Z');
    expect(store.state(apiToken).usedAt).toBeNull();
  });

  it('is among all of them in clear from its write on, and until it is cleared', async () => {
    const store = storeWith(oldKey);
    const link = { ownerKind: 'tracker', ownerId: 1, name: 'link' } as const;
    await database.write((db) => [ownerChange(db), store.putIfChanged(db, link, 'a link', 'Ann')]);
    const seen = [store.inClear()];
    await put(store, apiToken, 'one');
    seen.push(store.inClear());
    await put(store, other, 'two');
    await put(store, apiToken, 'three');
    seen.push(store.inClear());
    await database.write((db) => [ownerChange(db), store.clearIfChanged(db, other)]);
    seen.push(store.inClear());

    expect(seen).toEqual([[], ['one'], ['three', 'two'], ['three']]);
    expect(store.inClear()).toBe(seen[3]);
  });

  it('moved to another owner does not open', async () => {
    const store = storeWith(oldKey);
    await put(store, apiToken, 'one');
    await put(store, other, 'two');

    await database.write((db) => [
      statement(db, 'update Secret set cipher = ? where ownerId = ?', cipherOf(7), 8),
    ]);

    expect(() => store.read(other)).toThrow('belongs to another row');
  });

  it('stays as it is when the owner was not changed', async () => {
    const store = storeWith(oldKey);
    await put(store, apiToken, 'one');

    await database.write((db) => [ownerChange(db, 'none'), store.putIfChanged(db, apiToken, 'two', 'Eve')]);
    await database.write((db) => [ownerChange(db, 'none'), store.clearIfChanged(db, apiToken)]);

    expect(store.read(apiToken)).toBe('one');
  });

  it('is gone when cleared', async () => {
    const store = storeWith(oldKey);
    await put(store, apiToken, 'one');

    await database.write((db) => [ownerChange(db), store.clearIfChanged(db, apiToken)]);

    expect(store.state(apiToken).set).toBe(false);
  });
});

describe('a new key', () => {
  it('seals anew what the old one sealed, once, and then the old one can go', async () => {
    await put(storeWith(oldKey), apiToken, 'one');
    await put(storeWith(oldKey), other, 'two');
    const both = storeWith(newKey, oldKey);

    const rotated = [await both.rotate(), await both.rotate()];

    expect(rotated).toEqual([2, 0]);
    expect(storeWith(newKey).read(apiToken)).toBe('one');
    expect(storeWith(newKey).read(other)).toBe('two');
  });

  it('without the old one is refused at the start', async () => {
    const facts = new ServerFactStore(database);
    await facts.checkKey(createSecretBox({ keys: [oldKey] }));

    const wrong = facts.checkKey(createSecretBox({ keys: [newKey] }));

    await expect(wrong).rejects.toMatchObject({ code: 'wrong-key' });
    await facts.checkKey(createSecretBox({ keys: [newKey, oldKey] }));
    await expect(facts.checkKey(createSecretBox({ keys: [newKey] }))).resolves.toBeUndefined();
  });
});
