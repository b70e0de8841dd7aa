import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from './database.ts';
import { type MigrationResult, migrateDatabase } from './migrate.ts';
import {
  claimProcessOwner,
  type ProcessIdentity,
  type ProcessOwnership,
  refuseWhenOwned,
  thisProcess,
} from './process-owner.ts';

export type DataDirectory = {
  readonly database: Database;
  readonly owner: ProcessOwnership;
  readonly migration: MigrationResult;
  /** Frees the directory and closes the database. */
  close(): Promise<void>;
};

/** Path of the database in a data directory. */
export function databaseFile(directory: string): string {
  return join(directory, 'gatehouse.db');
}

/**
 * What a start does: refuses a directory in use, migrates with a backup, opens, claims.
 * @throws DataDirectoryInUseError
 * @throws MigrationError
 */
export async function openDataDirectory(options: {
  directory: string;
  now: () => number;
  /** Another process took over: the caller has to stop. */
  onOwnershipLost: (cause: unknown) => void;
  identity?: ProcessIdentity;
}): Promise<DataDirectory> {
  const { directory, now } = options;
  const identity = options.identity ?? thisProcess();
  const file = databaseFile(directory);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  refuseWhenOwned(file, identity, now());

  const backupsDirectory = join(directory, 'backups');
  const migration = await migrateDatabase({ file, backupsDirectory, now });
  const database = await openDatabase({ file, now });
  try {
    const owner = await claimProcessOwner(database, identity, options.onOwnershipLost);
    return {
      database,
      owner,
      migration,
      close: async () => {
        await owner.release();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
