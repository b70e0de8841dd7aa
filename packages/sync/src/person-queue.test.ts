import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { PersonQueue } from './person-queue.ts';

type Started = { signal: AbortSignal; resolve: (value: string) => void; reject: (error: Error) => void };

/** Reads that end when the test says so. */
function setUp() {
  const queue = new PersonQueue<string>();
  const started: Started[] = [];
  const read = (signal = new AbortController().signal, name = 'ada') =>
    queue.shareRead(
      name,
      signal,
      (stop) => new Promise((resolve, reject) => started.push({ signal: stop, resolve, reject })),
    );
  return { queue, started, read };
}

async function settled(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => value,
    (error: unknown) => error,
  );
}

describe('shareRead', () => {
  it('starts one read for all who come together, and another one for who comes after', async () => {
    const { started, read } = setUp();

    const calls = [read(), read(), read()];
    await setImmediate();
    started[0]?.resolve('first');
    const answers = await Promise.all(calls);
    const later = read();
    await setImmediate();
    started[1]?.resolve('second');

    expect([...answers, await later]).toEqual(['first', 'first', 'first', 'second']);
    expect(started).toHaveLength(2);
  });

  it('keeps people apart', async () => {
    const { started, read } = setUp();

    const calls = [read(undefined, 'ada'), read(undefined, 'bo')];
    await setImmediate();
    for (const [index, one] of started.entries()) one.resolve(String(index));

    expect(await Promise.all(calls)).toEqual(['0', '1']);
  });

  it('tells all of a failure, and reads anew for who comes next', async () => {
    const { started, read } = setUp();

    const calls = [settled(read()), settled(read())];
    await setImmediate();
    started[0]?.reject(new Error('down'));

    expect(await Promise.all(calls)).toMatchObject([{ message: 'down' }, { message: 'down' }]);
    void settled(read());
    await setImmediate();
    expect(started).toHaveLength(2);
  });

  it('lets one go without disturbing the others, and stops when the last one went', async () => {
    const { started, read } = setUp();
    const [first, second] = [new AbortController(), new AbortController()];
    const calls = [settled(read(first.signal)), settled(read(second.signal))];
    await setImmediate();

    first.abort(new Error('first is gone'));
    expect(await calls[0]).toMatchObject({ message: 'first is gone' });
    expect(started[0]?.signal.aborted).toBe(false);
    second.abort(new Error('second is gone'));
    expect(await calls[1]).toMatchObject({ message: 'second is gone' });
    expect(started[0]?.signal.aborted).toBe(true);

    void settled(read());
    await setImmediate();
    expect(started).toHaveLength(2);
  });

  it('does not start for somebody who is gone', async () => {
    const { started, read } = setUp();

    await settled(read(AbortSignal.abort()));

    expect(started).toEqual([]);
  });
});

describe('inTurn', () => {
  it('does one after the other under a name, also after a failure, and others meanwhile', async () => {
    const { queue } = setUp();
    const seen: string[] = [];
    const work =
      (label: string, fails = false) =>
      async () => {
        seen.push(`${label} begins`);
        await setImmediate();
        seen.push(`${label} ends`);
        if (fails) throw new Error(label);
      };

    await Promise.allSettled([
      queue.inTurn('ada', work('a1', true)),
      queue.inTurn('ada', work('a2')),
      queue.inTurn('bo', work('b1')),
      queue.inTurn('ada', work('a3')),
    ]);

    expect(seen.filter((entry) => entry.startsWith('a'))).toEqual(
      ['a1', 'a2', 'a3'].flatMap((label) => [`${label} begins`, `${label} ends`]),
    );
    expect(seen.indexOf('b1 begins')).toBeLessThan(seen.indexOf('a1 ends'));
  });
});
