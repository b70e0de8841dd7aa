import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import BetterSqlite3 from 'better-sqlite3';
import { backupDatabase } from './backup.ts';
import { type MigrationFolder, migrationsDirectory, readMigrationFolders } from './migration-folders.ts';
import { protectFile } from './protect-file.ts';
import { applyMigrations } from './schema-engine.ts';

export type MigrationErrorCode = 'newer-version' | 'migration-changed' | 'migration-failed' | 'not-ours';

/** The database cannot be brought to this version. The message is for the person at the terminal. */
export class MigrationError extends Error {
  readonly code: MigrationErrorCode;

  constructor(code: MigrationErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'MigrationError';
    this.code = code;
  }
}

export type MigrationResult = {
  /** Names of the folders that were applied. */
  readonly applied: readonly string[];
  /** The copy made before an existing database was changed. */
  readonly backupFile: string | null;
};

type Recorded = { migration_name: string; checksum: string; finished_at: unknown };

const LIST_TABLES = `select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`;
const LIST_RECORDED = `select migration_name, checksum, finished_at from _prisma_migrations
  where rolled_back_at is null order by migration_name`;

/**
 * Brings the file to this version before anything else opens it. The engine is loaded only when the folders differ
 * from what the database records, and an existing database is copied into `backupsDirectory` first.
 * @throws MigrationError
 */
export async function migrateDatabase(options: {
  file: string;
  backupsDirectory: string;
  now: () => number;
  folders?: readonly MigrationFolder[];
}): Promise<MigrationResult> {
  const folders = options.folders ?? (await readMigrationFolders());
  const recorded = readRecorded(options.file);
  const missing = missingFolders(folders, recorded);
  if (missing.length === 0) return { applied: [], backupFile: null };

  protectFile(options.file);
  const backupFile = recorded.length === 0 ? null : makeBackup(options);
  try {
    const factory = new PrismaBetterSqlite3({ url: options.file }, { timestampFormat: 'unixepoch-ms' });
    const applied = await applyMigrations(factory, migrationsDirectory, folders);
    return { applied, backupFile };
  } catch (cause) {
    const advice = backupFile === null ? '' : ` The database as it was is kept in ${backupFile}.`;
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError('migration-failed', `Migrating ${options.file} failed: ${words}${advice}`, {
      cause,
    });
  }
}

function readRecorded(file: string): readonly Recorded[] {
  if (!existsSync(file)) return [];
  const connection = new BetterSqlite3(file, { fileMustExist: true });
  try {
    const tables = connection.prepare(LIST_TABLES).pluck().all();
    if (tables.length === 0) return [];
    if (!tables.includes('_prisma_migrations')) {
      throw new MigrationError('not-ours', `${file} is a database, but not one of Gatehouse.`);
    }
    return connection.prepare(LIST_RECORDED).all() as Recorded[];
  } finally {
    connection.close();
  }
}

/** @throws MigrationError when the history is not the beginning of ours */
function missingFolders(
  folders: readonly MigrationFolder[],
  recorded: readonly Recorded[],
): readonly MigrationFolder[] {
  const known = new Map(folders.map((folder) => [folder.name, folder]));
  for (const row of recorded) {
    const name = row.migration_name;
    const folder = known.get(name);
    if (folder === undefined) {
      throw new MigrationError(
        'newer-version',
        `The database was written by a newer version of Gatehouse: it has the migration ${name}. Start that version, or restore the backup made before the upgrade.`,
      );
    }
    if (row.finished_at === null) {
      throw new MigrationError(
        'migration-failed',
        `The migration ${name} did not finish at an earlier start. Restore the newest file of the backups directory and start again.`,
      );
    }
    if (folder.checksum !== row.checksum) {
      throw new MigrationError(
        'migration-changed',
        `The migration ${name} is not the one that this database was made with.`,
      );
    }
  }
  const have = new Set(recorded.map((row) => row.migration_name));
  return folders.filter((folder) => !have.has(folder.name));
}

function makeBackup(options: { file: string; backupsDirectory: string; now: () => number }): string {
  mkdirSync(options.backupsDirectory, { recursive: true, mode: 0o700 });
  chmodSync(options.backupsDirectory, 0o700);
  const time = new Date(options.now()).toISOString().replaceAll(':', '-');
  const target = join(options.backupsDirectory, `before-migration-${time}.db`);
  backupDatabase(options.file, target);
  return target;
}
