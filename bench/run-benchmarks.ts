import { type BenchOptions, UsageError } from './bench-options.ts';
import type { Benchmark, BenchRun, OrgSize } from './benchmark.ts';
import { figureAsJson, figureAsRow } from './print-figure.ts';
import { type FullSync, measureFullSync } from './support/full-sync.ts';

export type Output = { readonly print: (line: string) => void; readonly note: (line: string) => void };

/**
 * Runs the named benchmarks, or all, one after the other, and prints each figure as soon as it is there.
 * @throws UsageError for a name that is none
 */
export async function runBenchmarks(
  benchmarks: readonly Benchmark[],
  { options, output, cleanUp }: { options: BenchOptions; output: Output; cleanUp: AsyncDisposableStack },
): Promise<void> {
  const chosen = choose(benchmarks, options.names);
  const syncs = new Map<string, Promise<FullSync>>();
  const run: BenchRun = {
    options,
    cleanUp,
    note: output.note,
    fullSync: (size: OrgSize) => {
      const key = `${size.users}/${size.groups}`;
      const sync = syncs.get(key) ?? measureFullSync(run, size);
      syncs.set(key, sync);
      return sync;
    },
  };
  const print = options.isJson ? figureAsJson : figureAsRow;
  for (const benchmark of chosen) {
    for (const figure of await benchmark.run(run)) output.print(print(figure));
  }
}

function choose(benchmarks: readonly Benchmark[], names: readonly string[]): readonly Benchmark[] {
  const unknown = names.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
  if (unknown.length > 0) {
    const list = benchmarks.map(({ name, about }) => `  ${name.padEnd(20)}${about}`).join('\n');
    throw new UsageError(`No benchmark is called ${unknown.join(', ')}. There are:\n${list}`);
  }
  return names.length === 0 ? benchmarks : benchmarks.filter(({ name }) => names.includes(name));
}
