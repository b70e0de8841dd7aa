import { chmodSync, closeSync, openSync, rmSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';

const OWNER_TABLES = `select count(*) from sqlite_schema where type = 'table' and name = 'ProcessOwner'`;

/**
 * Writes a whole copy of the database, with what its write-ahead log holds, readable by the owner only. Nobody owns the
 * copy, whoever runs on the original. Blocks for its whole length: for the time before the server listens, or for a
 * process of its own.
 * @throws Error when the target exists
 */
export function backupDatabase(file: string, target: string): void {
  // SQLite would make the file with mode 0644; VACUUM INTO takes an empty one.
  closeSync(openSync(target, 'wx', 0o600));
  const connection = new BetterSqlite3(file, { fileMustExist: true, timeout: 5000 });
  try {
    connection.prepare('VACUUM INTO ?').run(target);
    freeOfOwner(target);
    chmodSync(target, 0o600);
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  } finally {
    connection.close();
  }
}

/** Else a restored copy would be refused as long as a process with the number of the original's lives. */
function freeOfOwner(copy: string): void {
  const connection = new BetterSqlite3(copy, { fileMustExist: true });
  try {
    // Databases of the first versions lack the table until they are migrated.
    if (connection.prepare(OWNER_TABLES).pluck().get() !== 0) connection.exec('delete from ProcessOwner');
  } finally {
    connection.close();
  }
}
