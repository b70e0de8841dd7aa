import { spawn } from 'node:child_process';
import { root } from './root.ts';

/** One program that a check runs. */
export type Step = {
  readonly name: string;
  /** Arguments for this Node, the program first. */
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Shows what it prints while it runs; otherwise only when it fails. */
  readonly isTalkative?: boolean;
};

export type StepResult = { readonly name: string; readonly passed: boolean; readonly seconds: number };

/** Runs a step, prints how it went, and its output when it failed. */
export async function runStep(step: Step): Promise<StepResult> {
  const started = performance.now();
  const { code, output } = await run(step);
  const seconds = (performance.now() - started) / 1000;
  const passed = code === 0;
  if (!passed && output !== '') console.log(`\n${output.trimEnd()}\n`);
  console.log(`${passed ? 'passed' : 'FAILED'}  ${step.name}  (${seconds.toFixed(1)} s)`);
  return { name: step.name, passed, seconds };
}

/** Runs steps, so many at a time, in their order. */
export async function runSteps(steps: readonly Step[], atOnce: number): Promise<StepResult[]> {
  const waiting = [...steps];
  const results: StepResult[] = [];
  async function work(): Promise<void> {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift())
      results.push(await runStep(step));
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

/** The closing list. */
export function summarize(results: readonly StepResult[]): string {
  const failed = results.filter((result) => !result.passed);
  if (failed.length === 0) return `All ${results.length} steps passed.`;
  return `${failed.length} of ${results.length} steps failed: ${failed.map((result) => result.name).join(', ')}`;
}

async function run(step: Step): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, step.command, {
    cwd: root,
    stdio: ['ignore', step.isTalkative ? 'inherit' : 'pipe', step.isTalkative ? 'inherit' : 'pipe'],
    env: { ...process.env, ...step.environment },
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, output: Buffer.concat(chunks).toString('utf8') };
}
