import type { BenchOptions } from './bench-options.ts';
import type { FullSync } from './support/full-sync.ts';

/** One measured number. */
export type Figure = {
  readonly name: string;
  /** `/s`: so many a second; more is better, so the ratio to aim at is a floor. */
  readonly unit: 's' | 'ms' | 'MB' | '/s';
  readonly value: number;
  /** What the same work costs at least, measured in the same run; null where there is no such measure. */
  readonly limit: number | null;
};

export type OrgSize = { readonly users: number; readonly groups: number };

/** What a benchmark can use of the run that it is part of. */
export type BenchRun = {
  readonly options: BenchOptions;
  /** Ends processes and removes folders when all benchmarks are done, the last one first. */
  readonly cleanUp: AsyncDisposableStack;
  /** One full sync of that size; benchmarks that ask for the same size share it. */
  fullSync(size: OrgSize): Promise<FullSync>;
  /** Says what goes on, beside the rows. */
  note(text: string): void;
};

export type Benchmark = {
  readonly name: string;
  /** One line for the usage. */
  readonly about: string;
  run(run: BenchRun): Promise<readonly Figure[]>;
};
