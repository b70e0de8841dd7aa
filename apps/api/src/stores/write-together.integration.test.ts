import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rowsOf, type Steps, step } from './step-writer.ts';
import { openTestDatabase, type TestDatabase } from './testing.ts';
import { createWriteGate } from './write-gate.ts';
import { createWriteTogether } from './write-together.ts';

const insert = 'insert into ServerFact (key, value, updatedAt) values (?1, ?2, 0)';

describe.each(['file', 'memory'] as const)('writes together (%s)', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openTestDatabase({ kind });
  });
  afterEach(() => database.remove());

  const keys = () => database.sql.column<string>('select key from ServerFact order by key');

  function* add(key: string, fails = false): Steps<string> {
    yield step(insert, key, '');
    if (fails) throw new Error(`not ${key}`);
    return key;
  }

  it('are answered each, and are there by then', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c'].map(async (key) => {
        const answer = await database.writeTogether(() => add(key));
        return [answer, keys().includes(key)];
      }),
    );

    expect(answers).toEqual(['a', 'b', 'c'].map((key) => [key, true]));
  });

  it.each([
    { name: 'a statement', work: () => add('a'), message: 'UNIQUE' },
    { name: 'the work itself', work: () => add('x', true), message: 'not x' },
  ])('leave nothing of one in which $name fails, and go on', async ({ work, message }) => {
    const ended = await Promise.allSettled([
      database.writeTogether(() => add('a')),
      database.writeTogether(function* () {
        yield step(insert, 'y', '');
        yield* work();
      }),
      database.writeTogether(() => add('c')),
    ]);

    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(String(Object(ended[1]).reason)).toContain(message);
    expect(keys()).toEqual(['a', 'c']);
  });

  it('are tried alone when one of them ends the transaction of all', async () => {
    const ended = await Promise.allSettled([
      database.writeTogether(() => add('a')),
      database.writeTogether(function* () {
        yield step(insert, 'y', '');
        yield step("insert or rollback into ServerFact (key, value, updatedAt) values ('y', '', 0)");
      }),
      database.writeTogether(() => add('c')),
    ]);

    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(keys()).toEqual(['a', 'c']);
  });

  it('never meet another transaction', async () => {
    await Promise.all([
      database.writeTogether(() => add('a')),
      database.writeSteps(() => add('b')),
      database.writeTogether(() => add('c')),
      database.write((db) => [
        db.serverFact.create({ data: { key: 'd', value: '', updatedAt: new Date(0) } }),
      ]),
      database.writeTogether(() => add('e')),
    ]);

    expect(keys()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('give a row to one of two hundred', async () => {
    await database.writeTogether(() => add('a'));

    const taken = await Promise.all(
      Array.from({ length: 200 }, () =>
        database.writeTogether(() => rowsOf<{ key: string }>('delete from ServerFact returning key')),
      ),
    );

    expect(taken.flat()).toEqual([{ key: 'a' }]);
  });
});

/** Transactions as the gate sees them, without a database. */
function counted() {
  const transactions: number[] = [];
  const run = async <Result>(work: () => Steps<Result>): Promise<Result> => {
    let count = 0;
    const steps = work();
    let turn = steps.next();
    while (turn.done !== true) {
      if (turn.value.sql.startsWith('insert')) count += 1;
      turn = steps.next(1);
    }
    await setImmediate();
    transactions.push(count);
    return turn.value;
  };
  return { transactions, writeTogether: createWriteTogether(createWriteGate(), run) };
}

describe('a commit', () => {
  it('is shared by those who come while another is under way', async () => {
    const { transactions, writeTogether } = counted();
    const later: Promise<void>[] = [];
    const write = () =>
      writeTogether(function* () {
        yield step('insert');
      });

    await Promise.all([
      writeTogether(function* () {
        yield step('insert');
        later.push(write(), write(), write());
      }),
      Promise.resolve().then(write),
    ]);
    await Promise.all(later);

    expect(transactions).toEqual([2, 3]);
  });
});
