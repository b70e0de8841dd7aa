import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import BetterSqlite3, { type Database } from 'better-sqlite3';

const migrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** Rows that the others point to; they are not measured. */
const parents = ['Directory', 'Connector'] as const;
const measured = ['DirectoryUser', 'DirectoryGroup', 'Membership'] as const;

/**
 * Seconds that one `insert … select … from json_each(?)` a table needs for the users, groups and memberships of a
 * synced database, into the same tables with the same indexes and the same durability, in one transaction.
 */
export function bareInsert(synced: string, target: string): number {
  const source = new BetterSqlite3(synced, { readonly: true, fileMustExist: true });
  const database = createEmpty(target);
  try {
    for (const table of parents) insert(database, table, rowsOf(source, table));
    const rows = measured.map((table) => [table, rowsOf(source, table)] as const);

    const startedAt = performance.now();
    database.transaction(() => {
      for (const [table, values] of rows) insert(database, table, values);
    })();
    return (performance.now() - startedAt) / 1000;
  } finally {
    database.close();
    source.close();
  }
}

function createEmpty(file: string): Database {
  const database = new BetterSqlite3(file);
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;');
  for (const folder of readdirSync(migrations).sort()) {
    if (folder.includes('.')) continue;
    database.exec(readFileSync(join(migrations, folder, 'migration.sql'), 'utf8'));
  }
  return database;
}

type Rows = { readonly columns: readonly string[]; readonly values: readonly unknown[] };

function rowsOf(database: Database, table: string): Rows {
  const statement = database.prepare(`select * from "${table}"`);
  const columns = statement.columns().map((column) => column.name);
  return { columns, values: statement.raw().all() };
}

function insert(database: Database, table: string, { columns, values }: Rows): void {
  const names = columns.map((column) => `"${column}"`).join(', ');
  const picked = columns.map((_column, index) => `value ->> ${index}`).join(', ');
  database
    .prepare(`insert into "${table}" (${names}) select ${picked} from json_each(?)`)
    .run(JSON.stringify(values));
}
