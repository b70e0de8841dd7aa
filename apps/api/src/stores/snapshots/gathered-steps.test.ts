import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { step } from '../step-writer.ts';
import { GatheredSteps, type WeighedStep } from './gathered-steps.ts';

function stepOf(name: string, weight: number): WeighedStep {
  return { step: step(name), weight };
}

/** Writes are noted as lists of texts; each takes a moment. */
function recorder(failure?: Error) {
  const writes: string[][] = [];
  const gathered = new GatheredSteps(5_000, async (steps) => {
    writes.push(steps.map(({ sql }) => sql));
    await delay(5);
    if (failure !== undefined) throw failure;
  });
  return { writes, gathered };
}

describe('gathered steps', () => {
  it.each<[string, number[], string[][]]>([
    ['one alone', [3], [['g0']]],
    ['small ones together', [1, 2, 3], [['g0', 'g1', 'g2']]],
    [
      'five full ones at once, the next ones in a write of their own',
      Array(7).fill(1000),
      [
        ['g0', 'g1', 'g2', 'g3', 'g4'],
        ['g5', 'g6'],
      ],
    ],
    ['one above the size of a write by itself', [6000, 1], [['g0'], ['g1']]],
  ])('are written: %s', async (_name, sizes, expected) => {
    const { writes, gathered } = recorder();

    await Promise.all(sizes.map((weight, index) => gathered.add(stepOf(`g${index}`, weight))));

    expect(writes).toEqual(expected);
  });

  it('are durable when their callers are answered', async () => {
    const { writes, gathered } = recorder();

    await gathered.add(stepOf('first', 1));
    expect(writes).toEqual([['first']]);
    await gathered.add(stepOf('second', 1));
    expect(writes).toEqual([['first'], ['second']]);
  });

  it('wait for the write before them, and go together', async () => {
    const { writes, gathered } = recorder();

    const first = gathered.add(stepOf('full', 5_000));
    const second = gathered.add(stepOf('a', 1));
    await first;
    expect(writes).toEqual([['full']]);
    await Promise.all([second, gathered.add(stepOf('b', 1))]);

    expect(writes).toEqual([['full'], ['a', 'b']]);
  });

  it('tell each caller of a write that failed, and go on', async () => {
    const { writes, gathered } = recorder(new Error('disk full'));

    const answers = await Promise.allSettled([gathered.add(stepOf('a', 1)), gathered.add(stepOf('b', 1))]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(gathered.add(stepOf('c', 1))).rejects.toThrow('disk full');
    expect(writes).toEqual([['a', 'b'], ['c']]);
  });
});
