import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type MemberPage, MemberPages } from './member-pages.ts';

function pageOf(group: string, ids: number): MemberPage {
  return [group, 0, Array.from({ length: ids }, (_, index) => `u${index}`)];
}

/** Writes are noted as lists of groups; each takes a moment. */
function recorder(failure?: Error) {
  const writes: string[][] = [];
  const pages = new MemberPages(async (gathered) => {
    writes.push(gathered.map(([group]) => group));
    await delay(5);
    if (failure !== undefined) throw failure;
  });
  return { writes, pages };
}

describe('pages of members', () => {
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
    const { writes, pages } = recorder();

    await Promise.all(sizes.map((ids, index) => pages.add(pageOf(`g${index}`, ids))));

    expect(writes).toEqual(expected);
  });

  it('are durable when their callers are answered', async () => {
    const { writes, pages } = recorder();

    await pages.add(pageOf('first', 1));
    expect(writes).toEqual([['first']]);
    await pages.add(pageOf('second', 1));
    expect(writes).toEqual([['first'], ['second']]);
  });

  it('tell each caller of a write that failed, and go on', async () => {
    const { writes, pages } = recorder(new Error('disk full'));

    const answers = await Promise.allSettled([pages.add(pageOf('a', 1)), pages.add(pageOf('b', 1))]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(pages.add(pageOf('c', 1))).rejects.toThrow('disk full');
    expect(writes).toEqual([['a', 'b'], ['c']]);
  });
});
