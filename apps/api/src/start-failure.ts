import { ConfigError } from './config.ts';
import { DataDirectoryError } from './data-directory.ts';
import { ListenError } from './http/listen.ts';
import { AppKeyError } from './security/app-key.ts';
import { FirstAdminError } from './staff/first-admin.ts';
import { MigrationError } from './stores/migrate.ts';
import { DataDirectoryInUseError } from './stores/process-owner.ts';

const explained = [
  ConfigError,
  DataDirectoryError,
  DataDirectoryInUseError,
  MigrationError,
  AppKeyError,
  FirstAdminError,
  ListenError,
];

const damage =
  'The file gatehouse.db in the data directory is not a database, or is damaged. Put a backup in its place (see <DATA_DIR>/backups), without files ending in -wal and -shm.';

/** Result codes of SQLite: https://www.sqlite.org/rescode.html */
const sqliteCodes: Record<string, string | undefined> = {
  SQLITE_NOTADB: damage,
  SQLITE_CORRUPT: damage,
  SQLITE_CANTOPEN: 'The file gatehouse.db in the data directory cannot be opened by this account.',
  SQLITE_READONLY: 'The file gatehouse.db in the data directory cannot be written by this account.',
  SQLITE_FULL: 'The disk of the data directory is full.',
};

/** The words of a failure that a person can mend; null for one that needs its stack. */
export function describeStartFailure(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (explained.some((kind) => error instanceof kind)) return error.message;
  return 'code' in error ? (sqliteCodes[String(error.code)] ?? null) : null;
}
