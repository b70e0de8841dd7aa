import BetterSqlite3 from 'better-sqlite3';
import { readMigrationFolders } from './migration-folders.ts';

export type DatabaseFindings = {
  readonly journalMode: string;
  /** `ok`, or what is damaged. */
  readonly integrity: string;
  readonly brokenReferences: number;
  /** Migrations of this version that the database lacks. */
  readonly missingMigrations: readonly string[];
  /** Migrations that this version does not know. */
  readonly unknownMigrations: readonly string[];
  /** The sealed text that shows whether a key is the right one. */
  readonly keyCanary: string | null;
  /** The newest time in the database, milliseconds since 1970. */
  readonly newestTime: number | null;
};

const NEWEST = `select max(at) from (select max(at) as at from AuditEntry union all select max(heartbeatAt) from ProcessOwner)`;

/**
 * Looks into a database without changing it, also beside a running server.
 * @throws Error of SQLite when the file cannot be read or is none
 */
export async function inspectDatabase(file: string): Promise<DatabaseFindings> {
  const folders = (await readMigrationFolders()).map((folder) => folder.name);
  const connection = new BetterSqlite3(file, { readonly: true, fileMustExist: true, timeout: 5000 });
  try {
    const value = (sql: string): unknown => connection.prepare(sql).pluck().get();
    const recorded = connection
      .prepare('select migration_name from _prisma_migrations where finished_at is not null')
      .pluck()
      .all()
      .map(String);
    const isCurrent = folders.every((name) => recorded.includes(name));
    return {
      journalMode: String(connection.pragma('journal_mode', { simple: true })),
      integrity: String(connection.pragma('quick_check(1)', { simple: true })),
      brokenReferences: (connection.pragma('foreign_key_check') as unknown[]).length,
      missingMigrations: folders.filter((name) => !recorded.includes(name)),
      unknownMigrations: recorded.filter((name) => !folders.includes(name)),
      keyCanary: isCurrent
        ? textOrNull(value("select value from ServerFact where key = 'key-canary'"))
        : null,
      newestTime: isCurrent ? numberOrNull(value(NEWEST)) : null,
    };
  } finally {
    connection.close();
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
