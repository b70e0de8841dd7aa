import { setImmediate } from 'node:timers/promises';
import type BetterSqlite3 from 'better-sqlite3';
import type { Checkpointer } from './checkpointer.ts';
import { plainStatement } from './numbered-statement.ts';
import type { SqlRow, SqlValue } from './raw.ts';

export type StepValues = readonly SqlValue[];

/** A plain statement of a transaction, run once for each row of values. */
export type Step = {
  readonly sql: string;
  readonly rows: Iterable<StepValues>;
  /** Takes the rows that a SELECT or RETURNING answers. */
  readonly into?: SqlRow[];
};

/**
 * What a transaction does, step by step; each answers how many rows it changed, a SELECT how many it found. A step that
 * fails throws where it was yielded.
 */
export type Steps<Result> = Generator<Step, Result, number>;

/** The event loop is given back inside a transaction when a statement ends this long after the last time. Milliseconds. */
const longestWithoutPause = 8;
/** The clock is read once in so many rows. */
const rowsPerLook = 16;

/** One statement with its values; `sql` is a named constant with numbered parameters (`?1`). */
export function step(sql: string, ...values: SqlValue[]): Step {
  return { sql, rows: [values] };
}

/** One statement whose rows are needed: numbers are numbers, times are milliseconds. */
export function* rowsOf<Row extends SqlRow>(sql: string, ...values: SqlValue[]): Steps<Row[]> {
  const into: Row[] = [];
  yield { sql, rows: [values], into };
  return into;
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

  function runOnce({ sql, into }: Step, values: StepValues): number {
    const { plain, ordered } = plainStatement(sql, values);
    const statement = prepare(plain);
    if (!statement.reader) return statement.run(ordered).changes;
    const found = statement.all(ordered) as SqlRow[];
    into?.push(...found);
    return found.length;
  }

  async function run(step: Step, pause: Pause): Promise<number> {
    let answer = 0;
    let count = 0;
    for (const values of step.rows) {
      answer += runOnce(step, values);
      count += 1;
      if (count % rowsPerLook === 0 && pause.isDue()) await pause.now();
    }
    if (pause.isDue()) await pause.now();
    return answer;
  }

  async function next<Result>(steps: Steps<Result>, step: Step, pause: Pause) {
    let answer: number;
    try {
      answer = await run(step, pause);
    } catch (error) {
      return steps.throw(error);
    }
    return steps.next(answer);
  }

  return async <Result>(work: () => Steps<Result>): Promise<Result> => {
    await checkpointer.ready();
    const pause = createPause();
    const rowsBefore = countChanges();
    prepare('begin immediate').run();
    try {
      const steps = work();
      let turn = steps.next();
      while (turn.done !== true) turn = await next(steps, turn.value, pause);
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
