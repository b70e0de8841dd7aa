import { chmodSync, closeSync, openSync, rmSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';

/**
 * Writes a whole copy of the database, with what its write-ahead log holds, readable by the owner only. Blocks for its
 * whole length: for the time before the server listens, or for a process of its own.
 * @throws Error when the target exists
 */
export function backupDatabase(file: string, target: string): void {
  // SQLite would make the file with mode 0644; VACUUM INTO takes an empty one.
  closeSync(openSync(target, 'wx', 0o600));
  const connection = new BetterSqlite3(file, { fileMustExist: true, timeout: 5000 });
  try {
    connection.prepare('VACUUM INTO ?').run(target);
    chmodSync(target, 0o600);
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  } finally {
    connection.close();
  }
}
