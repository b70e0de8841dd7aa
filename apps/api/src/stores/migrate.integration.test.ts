import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { migrateDatabase } from './migrate.ts';
import { type MigrationFolder, readMigrationFolders } from './migration-folders.ts';
import { testNow } from './testing.ts';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-migrate-'));
  file = join(directory, 'gatehouse.db');
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const now = () => testNow;
const second = makeFolder('99999999999998_second', 'ALTER TABLE "ServerFact" ADD COLUMN "note" TEXT;');

function makeFolder(name: string, script: string): MigrationFolder {
  return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
}

async function migrate(folders?: readonly MigrationFolder[]) {
  const options = { file, backupsDirectory: join(directory, 'backups'), now };
  return await migrateDatabase(folders === undefined ? options : { ...options, folders });
}

async function writeFact(): Promise<number> {
  const database = await openDatabase({ file, now });
  const fact = { key: 'instance-id', value: 'x', updatedAt: new Date(testNow) };
  await database.write((db) => [
    db.serverFact.upsert({ where: { key: fact.key }, create: fact, update: fact }),
  ]);
  const facts = await database.read.serverFact.count();
  await database.close();
  return facts;
}

describe('migrating', () => {
  it('makes an empty database and lets it be written at once', async () => {
    const result = await migrate();

    const folders = await readMigrationFolders();
    expect(result).toEqual({ applied: folders.map((folder) => folder.name), backupFile: null });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await writeFact()).toBe(1);
  });

  it('leaves a current database alone', async () => {
    await migrate();
    await writeFact();

    const result = await migrate();

    expect(result).toEqual({ applied: [], backupFile: null });
    expect(await writeFact()).toBe(1);
  });

  it('copies an older database before it changes it', async () => {
    await migrate();
    await writeFact();

    const result = await migrate([...(await readMigrationFolders()), second]);

    expect(result.applied).toEqual([second.name]);
    const backup = new BetterSqlite3(result.backupFile ?? '', { readonly: true });
    expect(backup.prepare('select key from ServerFact').all()).toEqual([{ key: 'instance-id' }]);
    expect(backup.pragma('table_info(ServerFact)')).toHaveLength(3);
    backup.close();
    expect(statSync(result.backupFile ?? '').mode & 0o777).toBe(0o600);
    expect(await writeFact()).toBe(1);
  });

  it('refuses a database of a newer version', async () => {
    await migrate([...(await readMigrationFolders()), second]);

    await expect(migrate()).rejects.toMatchObject({ code: 'newer-version' });
    await expect(migrate()).rejects.toThrow(second.name);
  });

  it('refuses a migration that was edited afterwards', async () => {
    await migrate();
    const [first] = await readMigrationFolders();
    const edited = makeFolder(first?.name ?? '', `${first?.script}-- edited`);

    await expect(migrate([edited])).rejects.toMatchObject({ code: 'migration-changed' });
  });

  it('names the copy when a migration fails, and refuses the next start', async () => {
    await migrate();
    const broken = [
      ...(await readMigrationFolders()),
      makeFolder('99999999999999_broken', 'ALTER TABLE "Nowhere" ADD COLUMN "note" TEXT;'),
    ];

    await expect(migrate(broken)).rejects.toThrow(/Nowhere.*kept in .*before-migration/);
    await expect(migrate(broken)).rejects.toMatchObject({ code: 'migration-failed' });
    expect(readdirSync(join(directory, 'backups'))).toHaveLength(1);
  });

  it('refuses a database of something else', async () => {
    const other = new BetterSqlite3(file);
    other.exec('create table Elsewhere (id integer)');
    other.close();

    await expect(migrate()).rejects.toMatchObject({ code: 'not-ours' });
  });

  it('takes an empty file for a new database', async () => {
    writeFileSync(file, '');

    const result = await migrate();

    expect(result.applied.length).toBeGreaterThan(0);
  });
});
