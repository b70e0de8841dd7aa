import { setImmediate } from 'node:timers/promises';
import type BetterSqlite3 from 'better-sqlite3';
import type { Checkpointer } from './checkpointer.ts';
import { plainStatement } from './numbered-statement.ts';
import type { SqlValue } from './raw.ts';

export type StepValues = readonly SqlValue[];

/** A plain statement of a transaction, run once for each row of values. */
export type Step = { readonly sql: string; readonly rows: Iterable<StepValues> };

/** What a transaction does, step by step; each answers how many rows it changed, a SELECT how many it found. */
export type Steps<Result> = Generator<Step, Result, number>;

/** The event loop is given back inside a transaction when a statement ends this long after the last time. Milliseconds. */
const longestWithoutPause = 8;
/** The clock is read once in so many rows. */
const rowsPerLook = 16;

/** One statement with its values; `sql` is a named constant with numbered parameters (`?1`). */
export function step(sql: string, ...values: SqlValue[]): Step {
  return { sql, rows: [values] };
}

/** One statement for many rows. A list that makes its rows while it is walked takes no memory. */
export function eachRow(sql: string, rows: Iterable<StepValues>): Step {
  return { sql, rows };
}

/**
 * Runs steps as transactions on a connection that nobody else uses meanwhile, with kept statements. The event loop is
 * given back between statements: whoever calls this sees to it that no other transaction begins there.
 */
export function createStepWriter(connection: BetterSqlite3.Database, checkpointer: Checkpointer) {
  const prepare = keepPrepared(connection);

  const countChanges = (): number => Number(prepare('select total_changes()').pluck(true).get());

  async function run({ sql, rows }: Step, pause: Pause): Promise<number> {
    let answer = 0;
    let count = 0;
    for (const values of rows) {
      const { plain, ordered } = plainStatement(sql, values);
      const statement = prepare(plain);
      answer += statement.reader ? statement.all(ordered).length : statement.run(ordered).changes;
      count += 1;
      if (count % rowsPerLook === 0 && pause.isDue()) await pause.now();
    }
    if (pause.isDue()) await pause.now();
    return answer;
  }

  return async <Result>(work: () => Steps<Result>): Promise<Result> => {
    await checkpointer.ready();
    const pause = createPause();
    const rowsBefore = countChanges();
    prepare('begin immediate').run();
    try {
      const steps = work();
      let turn = steps.next();
      while (turn.done !== true) turn = steps.next(await run(turn.value, pause));
      // The commit is a long step itself.
      await pause.now();
      prepare('commit').run();
      checkpointer.written(countChanges() - rowsBefore);
      return turn.value;
    } catch (error) {
      // Some errors, such as a full disk, have ended the transaction already.
      if (connection.inTransaction) prepare('rollback').run();
      throw error;
    }
  };
}

function keepPrepared(connection: BetterSqlite3.Database) {
  const prepared = new Map<string, BetterSqlite3.Statement<StepValues[]>>();
  return (sql: string): BetterSqlite3.Statement<StepValues[]> => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const made = connection.prepare<StepValues[]>(sql).safeIntegers(false);
    prepared.set(sql, made);
    return made;
  };
}

type Pause = ReturnType<typeof createPause>;

function createPause() {
  let last = performance.now();
  return {
    isDue: () => performance.now() - last >= longestWithoutPause,
    now: async () => {
      await setImmediate();
      last = performance.now();
    },
  };
}
