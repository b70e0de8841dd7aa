import { setImmediate } from 'node:timers/promises';
import { type Steps, step } from './step-writer.ts';
import type { WriteGate } from './write-gate.ts';

type RunSteps = <Result>(work: () => Steps<Result>) => Promise<Result>;

/** Somebody's small transaction. */
type Waiting = {
  /** As steps of a transaction of all; answers what to tell its caller once that is committed. */
  shared(): Steps<() => void>;
  /** In a transaction of its own; tells its caller itself. */
  alone(): Promise<void>;
};

/**
 * Small transactions of independent callers that share a commit: each in a savepoint, so that one that fails leaves
 * nothing and the others go on. When the whole fails, such as on a full disk, each is tried in a transaction of its own.
 */
export function createWriteTogether(gate: WriteGate, runSteps: RunSteps): RunSteps {
  let waiting: Waiting[] = [];

  async function writeAll(): Promise<void> {
    // Whoever writes in the same turn of the event loop comes along.
    await setImmediate();
    const all = waiting;
    waiting = [];
    const [first] = all;
    if (all.length === 1 && first !== undefined) return first.alone();
    const answers = await runSteps(() => shareAll(all)).catch(() => null);
    if (answers === null) for (const one of all) await one.alone();
    else for (const answer of answers) answer();
  }

  return <Result>(work: () => Steps<Result>): Promise<Result> => {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    waiting.push({
      *shared() {
        yield step('savepoint one');
        try {
          const result = yield* work();
          yield step('release one');
          return () => resolve(result);
        } catch (error) {
          // Fails, and with it the whole, when the error has ended the transaction.
          yield step('rollback to one');
          yield step('release one');
          return () => reject(error);
        }
      },
      alone: () => runSteps(work).then(resolve, reject),
    });
    if (waiting.length === 1) void gate(writeAll);
    return promise;
  };
}

function* shareAll(all: readonly Waiting[]): Steps<(() => void)[]> {
  const answers: (() => void)[] = [];
  for (const one of all) answers.push(yield* one.shared());
  return answers;
}
