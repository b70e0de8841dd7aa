import type { Prisma } from './generated/client.ts';

type PrismaPromise<Result> = Prisma.PrismaPromise<Result>;

/** What a statement can be given. Lists travel as one JSON text and are opened by `json_each(?)`. */
export type SqlValue = string | number | bigint | null;
export type SqlRow = Readonly<Record<string, unknown>>;

type RawWriter = {
  $executeRawUnsafe(sql: string, ...values: unknown[]): PrismaPromise<number>;
  $queryRawUnsafe<Result>(sql: string, ...values: unknown[]): PrismaPromise<Result>;
};

/**
 * One statement of a batch; answers how many rows it changed. `sql` is always a named constant of a queries.ts and
 * never holds a value: Prisma calls the method unsafe for callers who build their text.
 */
export function statement(db: RawWriter, sql: string, ...values: SqlValue[]): PrismaPromise<number> {
  return db.$executeRawUnsafe(sql, ...values);
}

/** One statement of a batch with RETURNING; whole numbers may come as bigint, times as Date: see `toNumber`. */
export function returning<Row extends SqlRow>(
  db: RawWriter,
  sql: string,
  ...values: SqlValue[]
): PrismaPromise<Row[]> {
  return db.$queryRawUnsafe<Row[]>(sql, ...values);
}

/** For `json_each(?)`. */
export function jsonList(rows: readonly unknown[]): string {
  return JSON.stringify(rows);
}

/** A whole number of a raw row, whatever the driver made of it. @throws TypeError when it is none */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.getTime();
  throw new TypeError(`not a number: ${typeof value}`);
}

/** Milliseconds since 1970 as the contracts show an instant. */
export function toInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

export function toInstantOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : toInstant(milliseconds);
}
