import { parseBenchOptions, UsageError } from './bench-options.ts';
import type { Benchmark } from './benchmark.ts';
import { firstFullSync } from './first-full-sync.ts';
import { healthDuringSync } from './health-during-sync.ts';
import { login } from './login.ts';
import { loginAdded } from './login-added.ts';
import { reviewPage } from './review-page.ts';
import { runBenchmarks } from './run-benchmarks.ts';
import { start } from './start.ts';

const benchmarks: readonly Benchmark[] = [
  firstFullSync,
  healthDuringSync,
  start,
  reviewPage,
  login,
  loginAdded,
];

const usage = 'Usage: pnpm bench [name…] [--users n] [--groups n] [--json] [--cpu-prof folder]';

const cleanUp = new AsyncDisposableStack();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanUp.disposeAsync().finally(() => process.exit(130)));
}
const output = {
  print: (line: string) => console.log(line),
  note: (line: string) => console.error(`  ${line}`),
};

try {
  await runBenchmarks(benchmarks, { options: parseBenchOptions(process.argv.slice(2)), output, cleanUp });
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n${usage}`);
  else console.error(error);
  process.exitCode = 1;
} finally {
  await cleanUp.disposeAsync();
}
