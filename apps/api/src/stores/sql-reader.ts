import type BetterSqlite3 from 'better-sqlite3';
import type { SqlRow, SqlValue } from './raw.ts';

/**
 * Reads with plain SQL: whole numbers are numbers, times are milliseconds, booleans are 0 or 1. Every call is one
 * synchronous step, so no statement may touch more than some 5,000 rows; `iterate` is for a snapshot only and its user
 * yields every 1,000 rows.
 */
export interface SqlReader {
  get<Row extends SqlRow>(sql: string, ...values: SqlValue[]): Row | undefined;
  all<Row extends SqlRow>(sql: string, ...values: SqlValue[]): Row[];
  /** The first column of each row. */
  column<Value>(sql: string, ...values: SqlValue[]): Value[];
  iterate<Row extends SqlRow>(sql: string, ...values: SqlValue[]): IterableIterator<Row>;
}

/** Keeps prepared statements; texts are named constants, so there are few. */
export function createSqlReader(connection: BetterSqlite3.Database): SqlReader {
  const prepared = new Map<string, BetterSqlite3.Statement<SqlValue[]>>();
  const columns = new Map<string, BetterSqlite3.Statement<SqlValue[]>>();
  const prepare = (sql: string, from: typeof prepared) => {
    const known = from.get(sql);
    if (known !== undefined) return known;
    const made = connection.prepare<SqlValue[]>(sql).safeIntegers(false);
    from.set(sql, made);
    return made;
  };
  return {
    get: <Row>(sql: string, ...values: SqlValue[]) =>
      prepare(sql, prepared).get(...values) as Row | undefined,
    all: <Row>(sql: string, ...values: SqlValue[]) => prepare(sql, prepared).all(...values) as Row[],
    column: <Value>(sql: string, ...values: SqlValue[]) =>
      prepare(sql, columns)
        .pluck(true)
        .all(...values) as Value[],
    iterate: <Row>(sql: string, ...values: SqlValue[]) =>
      connection
        .prepare<SqlValue[]>(sql)
        .safeIntegers(false)
        .iterate(...values) as IterableIterator<Row>,
  };
}
