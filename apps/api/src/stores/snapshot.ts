import BetterSqlite3 from 'better-sqlite3';
import { createSqlReader, type SqlReader } from './sql-reader.ts';

/** One state of the database over several reads. */
export type Snapshot = SqlReader & {
  /** False after `close` or when its time was over: every further read throws. */
  isOpen(): boolean;
  close(): void;
};

/** An open snapshot keeps the write-ahead log from shrinking. Unit: milliseconds. */
export const longestSnapshot = 60_000;

/**
 * Opens a read-only connection of its own with BEGIN, so that all its reads see one state while writes go on. Closed by
 * itself after `longestSnapshot`.
 */
export function openSnapshotOf(source: { file: string } | { memory: BetterSqlite3.Database }): Snapshot {
  const connection =
    'file' in source
      ? new BetterSqlite3(source.file, { readonly: true, fileMustExist: true, timeout: 5000 })
      : new BetterSqlite3(source.memory.serialize(), { readonly: true });
  connection.pragma('query_only = ON');
  connection.exec('BEGIN');
  // BEGIN alone takes no state yet; the first read does.
  connection.prepare('select 1 from sqlite_schema limit 1').get();
  const close = () => {
    clearTimeout(timer);
    if (connection.open) connection.close();
  };
  const timer = setTimeout(close, longestSnapshot);
  timer.unref();
  return { ...createSqlReader(connection), isOpen: () => connection.open, close };
}
