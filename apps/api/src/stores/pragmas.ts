import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';

/** Unit: milliseconds. */
const busyTimeout = 5000;
/**
 * Pages (of 4 KB) in the log before a commit copies it into the database: sixteen times SQLite's own number. A chunk of an
 * apply writes some thousand pages, and most of them again with the next chunk; the checkpointer's thread copies them
 * before it comes to this, unless a reader of an old state keeps the log.
 */
const checkpointPages = 16_000;
/** Negative: in KB. What a chunk of an apply touches of the indexes of 100,000 people; with less it is written early. */
const cacheSize = -32768;

const writerPragmas = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA busy_timeout = ${busyTimeout};
  PRAGMA wal_autocheckpoint = ${checkpointPages};
  PRAGMA cache_size = ${cacheSize};
`;
const readerPragmas = `
  PRAGMA query_only = ON;
  PRAGMA foreign_keys = ON;
  PRAGMA busy_timeout = ${busyTimeout};
`;

export async function setPragmas(adapter: SqlDriverAdapter, mode: { readonly: boolean }): Promise<void> {
  await adapter.executeScript(mode.readonly ? readerPragmas : writerPragmas);
}

/** A pragma that SQLite does not take is silently ignored by it. @throws Error that names the pragma */
export async function assertPragmas(
  adapter: SqlDriverAdapter,
  mode: { readonly: boolean; inMemory: boolean },
): Promise<void> {
  const expected: readonly (readonly [string, string | number])[] = [
    ['foreign_keys', 1],
    ['busy_timeout', busyTimeout],
    ['query_only', mode.readonly ? 1 : 0],
    ['journal_mode', mode.inMemory ? 'memory' : 'wal'],
    ...(mode.readonly
      ? []
      : [
          ['synchronous', 2] as const,
          ['wal_autocheckpoint', checkpointPages] as const,
          ['cache_size', cacheSize] as const,
        ]),
  ];
  for (const [pragma, value] of expected) {
    const answer = await adapter.queryRaw({ sql: `PRAGMA ${pragma}`, args: [], argTypes: [] });
    const found = answer.rows[0]?.[0];
    if (String(found) !== String(value)) {
      throw new Error(`SQLite pragma ${pragma} is ${String(found)} and has to be ${value}`);
    }
  }
}
