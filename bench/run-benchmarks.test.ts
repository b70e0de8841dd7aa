import { expect, it } from 'vitest';
import { type BenchOptions, UsageError } from './bench-options.ts';
import type { Benchmark } from './benchmark.ts';
import { runBenchmarks } from './run-benchmarks.ts';

const quick: Benchmark = {
  name: 'quick',
  about: 'is over at once',
  run: async ({ options }) => [
    { name: 'quick', unit: 'ms', value: 12.3456, limit: 5 },
    { name: 'quick-memory', unit: 'MB', value: options.users ?? 100, limit: null },
  ],
};
const other: Benchmark = {
  name: 'other',
  about: 'is another',
  run: async () => [{ name: 'other', unit: 's', value: 2, limit: 1 }],
};

async function printed(options: Partial<BenchOptions>): Promise<string[]> {
  const lines: string[] = [];
  const all = { names: [], users: undefined, groups: undefined, isJson: false, profiles: undefined };
  await runBenchmarks([quick, other], {
    options: { ...all, ...options },
    output: { print: (line) => lines.push(line), note: () => undefined },
    cleanUp: new AsyncDisposableStack(),
  });
  return lines;
}

it('prints one row a figure', async () => {
  expect(await printed({})).toEqual([
    'quick                           12.3 ms   limit     5.00 ms 2.47 ×',
    'quick-memory                     100 MB',
    'other                           2.00 s    limit     1.00 s  2.00 ×',
  ]);
});

it('prints one object a line as JSON', async () => {
  const lines = await printed({ isJson: true, names: ['quick'], users: 40 });

  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { name: 'quick', unit: 'ms', value: 12.346, limit: 5, ratio: 2.47 },
    { name: 'quick-memory', unit: 'MB', value: 40, limit: null, ratio: null },
  ]);
});

it('lists what there is when a name is unknown', async () => {
  const run = printed({ names: ['quick', 'slow'] });

  await expect(run).rejects.toThrow(UsageError);
  await expect(run).rejects.toThrow(
    /^No benchmark is called slow\. There are:\n {2}quick +is over at once\n/,
  );
});
