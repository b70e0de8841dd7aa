import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { statement } from './raw.ts';
import { eachRow, type Steps, type StepValues, step } from './step-writer.ts';
import { openTestDatabase, type TestDatabase } from './testing.ts';

const INSERT = 'insert into ServerFact (key, value, updatedAt) values (?, ?, ?)';
const INSERT_STEP = INSERT.replace('?, ?, ?', '?1, ?2, ?3');
const COUNT = 'select count(*) as rows from ServerFact';

let opened: TestDatabase[] = [];

afterEach(async () => {
  for (const database of opened) await database.remove();
  opened = [];
});

async function open(kind: 'file' | 'memory'): Promise<TestDatabase> {
  const database = await openTestDatabase({ kind });
  opened.push(database);
  return database;
}

function* insertAll(rows: readonly StepValues[]): Steps<void> {
  yield eachRow(INSERT_STEP, rows);
}

describe.each(['file', 'memory'] as const)('a database (%s)', (kind) => {
  it('writes a batch wholly or not at all', async () => {
    const database = await open(kind);

    const twice = database.write((db) => [
      statement(db, INSERT, 'a', '1', database.now()),
      statement(db, INSERT, 'a', '2', database.now()),
    ]);

    await expect(twice).rejects.toThrow();
    expect(database.sql.get(COUNT)).toEqual({ rows: 0 });
  });

  it('goes on after a batch that failed', async () => {
    const database = await open(kind);
    await database.write((db) => [statement(db, 'insert into Nowhere values (1)')]).catch(() => undefined);

    const [changed] = await database.write((db) => [statement(db, INSERT, 'a', '1', database.now())]);

    expect(changed).toBe(1);
    expect(database.sql.get(COUNT)).toEqual({ rows: 1 });
  });

  it('writes steps wholly, and each may look at what the last one answered', async () => {
    const database = await open(kind);
    const rows = ['a', 'b', 'c'].map((key) => [key, '', database.now()]);

    const answers = await database.writeSteps(function* () {
      const inserted = yield eachRow(INSERT_STEP, rows);
      const found = yield step('select 1 from ServerFact where key in (?2, ?1)', 'a', 'x');
      const changed = yield step("update ServerFact set value = 'new' where key > ?1", 'a');
      return { inserted, found, changed };
    });

    expect(answers).toEqual({ inserted: 3, found: 1, changed: 2 });
    expect(database.sql.get(COUNT)).toEqual({ rows: 3 });
  });

  it.each([
    { name: 'a statement', last: [step(INSERT_STEP, 'a', '2', 0)], message: 'UNIQUE' },
    { name: 'the work itself', last: [], message: 'enough' },
  ])('writes nothing of steps when $name fails, and goes on', async ({ last, message }) => {
    const database = await open(kind);

    const failing = database.writeSteps(function* () {
      yield step(INSERT_STEP, 'a', '1', database.now());
      for (const one of last) yield one;
      throw new Error('enough');
    });

    await expect(failing).rejects.toThrow(message);
    expect(database.sql.get(COUNT)).toEqual({ rows: 0 });
    await database.write((db) => [statement(db, INSERT, 'a', '1', database.now())]);
    expect(database.sql.get(COUNT)).toEqual({ rows: 1 });
  });

  it('keeps one state for a snapshot while writes go on', async () => {
    const database = await open(kind);
    await database.write((db) => [statement(db, INSERT, 'a', '1', database.now())]);

    const snapshot = database.openSnapshot();
    await database.write((db) => [statement(db, 'delete from ServerFact')]);

    expect(snapshot.get(COUNT)).toEqual({ rows: 1 });
    expect(database.sql.get(COUNT)).toEqual({ rows: 0 });
    snapshot.close();
    expect(() => snapshot.get(COUNT)).toThrow();
  });

  it('keeps times as milliseconds, by Prisma and by SQL', async () => {
    const database = await open(kind);

    await database.write((db) => [
      db.serverFact.create({ data: { key: 'a', value: '1', updatedAt: new Date(database.now()) } }),
      statement(db, INSERT, 'b', '1', database.now()),
    ]);

    const stored = database.sql.all('select updatedAt, typeof(updatedAt) as type from ServerFact');
    expect(stored).toEqual([
      { updatedAt: database.now(), type: 'integer' },
      { updatedAt: database.now(), type: 'integer' },
    ]);
  });

  it('refuses to change or remove an audit entry', async () => {
    const database = await open(kind);
    const at = new Date(database.now());
    const entry = {
      at,
      actorKind: 'system',
      actorName: 'x',
      action: 'a',
      subjectKind: 's',
      subjectName: 'n',
    };
    await database.write((db) => [db.auditEntry.create({ data: entry })]);

    for (const sql of ["update AuditEntry set action = 'b'", 'delete from AuditEntry']) {
      await expect(database.write((db) => [statement(db, sql)])).rejects.toThrow();
    }
    expect(await database.read.auditEntry.count()).toBe(1);
  });
});

describe('a database file', () => {
  it('is durable, protected and of one writer', async () => {
    const database = await open('file');
    await database.write((db) => [statement(db, INSERT, 'a', '1', database.now())]);

    const [mode] = await database.write((db) => [db.$queryRawUnsafe('pragma journal_mode')]);
    const [synchronous] = await database.write((db) => [db.$queryRawUnsafe('pragma synchronous')]);

    expect(mode).toEqual([{ journal_mode: 'wal' }]);
    expect(synchronous).toEqual([{ synchronous: 2n }]);
    for (const suffix of ['', '-wal', '-shm']) {
      expect(statSync(database.file + suffix).mode & 0o777).toBe(0o600);
    }
  });

  it('lets readers read only', async () => {
    const database = await open('file');

    await expect(database.read.serverFact.deleteMany()).rejects.toThrow('readonly');
    expect(() => database.sql.all('delete from ServerFact')).toThrow();
  });

  it('hides from readers what is not committed', async () => {
    const database = await open('file');
    const seen: unknown[] = [];
    const many = Array.from({ length: 200 }, (_, number) => number);

    const writing = database.write((db) =>
      many.map((number) => statement(db, INSERT, `k${number}`, '', database.now())),
    );
    const watching = (async () => {
      for (let tick = 0; tick < 50; tick += 1) {
        seen.push(database.sql.get(COUNT));
        await Promise.resolve();
      }
    })();
    await Promise.all([writing, watching]);

    expect(new Set(seen.map((row) => JSON.stringify(row))).size).toBeGreaterThan(0);
    for (const row of seen) expect([{ rows: 0 }, { rows: 200 }]).toContainEqual(row);
  });

  it('gives the event loop back between steps, unseen by readers, while other writes wait', async () => {
    const database = await open('file');
    const seen: unknown[] = [];
    const many = Array.from({ length: 30_000 }, (_, number) => [`k${number}`, '', database.now()]);
    let isWritten = false;

    const steps = database.writeSteps(() => insertAll(many)).then(() => (isWritten = true));
    const other = database
      .write((db) => [statement(db, INSERT, 'other', '', database.now())])
      .then(() => isWritten);
    while (!isWritten) {
      seen.push(database.sql.get(COUNT));
      await setImmediate();
    }
    await steps;

    expect(await other).toBe(true);
    expect(seen.length).toBeGreaterThan(2);
    for (const row of seen.slice(0, -2)) expect(row).toEqual({ rows: 0 });
    expect(database.sql.get(COUNT)).toEqual({ rows: 30_001 });
  });

  it('lets another process write while transactions follow each other', async () => {
    const database = await open('file');
    const script = `import { openDatabase } from ${JSON.stringify(import.meta.resolve('./database.ts'))};
      const database = await openDatabase({ file: ${JSON.stringify(database.file)}, now: () => 1 });
      await database.write((db) => [db.serverFact.create({ data: { key: 'host', value: '', updatedAt: new Date(1) } })]);
      await database.close();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
    let exitCode: number | null | undefined;
    child.once('exit', (code) => {
      exitCode = code;
    });

    for (let round = 0; exitCode === undefined; round += 1) {
      const rows = Array.from({ length: 20_000 }, (_, row) => [`k${round}-${row}`, '', database.now()]);
      await database.writeSteps(() => insertAll(rows));
    }

    expect(exitCode).toBe(0);
    expect(database.sql.all("select value from ServerFact where key = 'host'")).toEqual([{ value: '' }]);
  }, 60_000);

  it('is there after a restart', async () => {
    const database = await open('file');
    await database.write((db) => [statement(db, INSERT, 'a', 'kept', database.now())]);
    await database.close();

    const again = await database.reopen();

    expect(again.sql.get('select value from ServerFact')).toEqual({ value: 'kept' });
  });

  it('refuses a file that cannot be in WAL mode', async () => {
    const database = await open('file');
    await database.close();
    const other = new BetterSqlite3(database.file);
    other.pragma('journal_mode = DELETE');
    other.exec('begin exclusive');

    await expect(database.reopen()).rejects.toThrow();

    other.close();
    expect(readFileSync(join(database.directory ?? '', 'gatehouse.db')).length).toBeGreaterThan(0);
  });
});
