import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { migrationsDirectory, readMigrationFolders } from './migration-folders.ts';
import { diffMigrations } from './schema-engine.ts';

/**
 * Writes a new migration folder with the statements that lead from the existing ones to the schema, to be edited by
 * hand where SQLite knows more than Prisma. Answers the folder, or null when there is no difference.
 */
export async function writeMigration(
  name: string,
  schema: { path: string; content: string },
): Promise<string | null> {
  const folders = await readMigrationFolders();
  const factory = new PrismaBetterSqlite3({ url: ':memory:' });
  const script = await diffMigrations(factory, migrationsDirectory, { folders, schema });
  if (script.trim() === '' || script.includes('-- This is an empty migration')) return null;

  const last = folders.at(-1)?.name ?? '0';
  const number = String(Number.parseInt(last, 10) + 1).padStart(14, '0');
  const folder = join(migrationsDirectory, `${number}_${name}`);
  await mkdir(folder);
  await writeFile(join(folder, 'migration.sql'), script);
  return folder;
}
