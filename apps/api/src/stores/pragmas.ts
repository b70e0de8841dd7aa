import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';

/** Unit: milliseconds. */
const busyTimeout = 5000;

const writerPragmas = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA busy_timeout = ${busyTimeout};
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
    ...(mode.readonly ? [] : [['synchronous', 2] as const]),
  ];
  for (const [pragma, value] of expected) {
    const answer = await adapter.queryRaw({ sql: `PRAGMA ${pragma}`, args: [], argTypes: [] });
    const found = answer.rows[0]?.[0];
    if (String(found) !== String(value)) {
      throw new Error(`SQLite pragma ${pragma} is ${String(found)} and has to be ${value}`);
    }
  }
}
