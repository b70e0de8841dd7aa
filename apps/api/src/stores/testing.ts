import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from './database.ts';
import { migrateDatabase } from './migrate.ts';

export type TestDatabase = Database & {
  /** Directory of the file; null in memory. */
  readonly directory: string | null;
  /** Opens the same file once more, after `close()`, as a restart would. */
  reopen(): Promise<Database>;
  /** Closes and removes everything. */
  remove(): Promise<void>;
};

/** 2026-01-30T12:00:00.000Z; the clock of a test stands still unless it brings another. */
export const testNow = Date.UTC(2026, 0, 30, 12);

let template: Promise<string> | undefined;

/**
 * A migrated, empty database for a test: in memory, or a file in a directory of its own copied from one that is
 * migrated once per process.
 */
export async function openTestDatabase(
  options: { kind?: 'file' | 'memory'; now?: () => number } = {},
): Promise<TestDatabase> {
  const now = options.now ?? (() => testNow);
  if (options.kind === 'memory') {
    const database = await openDatabase({ file: ':memory:', now });
    return withRemoval(database, null);
  }
  template ??= migrateTemplate();
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
  const file = join(directory, 'gatehouse.db');
  copyFileSync(await template, file);
  return withRemoval(await openDatabase({ file, now }), directory);
}

function withRemoval(database: Database, directory: string | null): TestDatabase {
  let last = database;
  return {
    ...database,
    directory,
    reopen: async () => {
      last = await openDatabase({ file: database.file, now: database.now });
      return last;
    },
    remove: async () => {
      await last.close().catch(() => undefined);
      if (last !== database) await database.close().catch(() => undefined);
      if (directory !== null) rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function migrateTemplate(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-template-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'template.db');
  mkdirSync(join(directory, 'backups'));
  await migrateDatabase({ file, backupsDirectory: join(directory, 'backups'), now: () => testNow });
  return file;
}
