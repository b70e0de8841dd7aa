import { setImmediate } from 'node:timers/promises';

/** Lets one piece of work through at a time, in order, and gives the event loop back after each. */
export type WriteGate = <Result>(work: () => Promise<Result>) => Promise<Result>;

export function createWriteGate(): WriteGate {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work);
    last = result.then(
      () => setImmediate(),
      () => setImmediate(),
    );
    return result;
  };
}
