import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { generateIfChanged } from './generate.ts';
import { programOf } from './root.ts';
import { runSteps, type Step, type StepResult, summarize } from './steps.ts';

/**
 * Format and lint, types, boundaries, unused code, and the unit tests.
 * @param unitReport where the unit tests leave their report, as JSON
 */
export async function check(unitReport?: string): Promise<StepResult[]> {
  generateIfChanged();
  const report = unitReport === undefined ? [] : ['--reporter=json', `--outputFile.json=${unitReport}`];
  const steps: Step[] = [
    { name: 'format and lint', command: [programOf('@biomejs/biome'), 'ci', '.'] },
    { name: 'types', command: [programOf('typescript', { bin: 'tsc' }), '-p', 'tsconfig.json'] },
    { name: 'types of the web app', command: [programOf('typescript', { bin: 'tsc' }), '-p', 'apps/web'] },
    {
      name: 'boundaries',
      command: [
        programOf('dependency-cruiser', { bin: 'depcruise' }),
        '--config',
        '.dependency-cruiser.mjs',
        ...['apps', 'packages', 'scripts', 'bench', 'e2e'],
      ],
    },
    { name: 'unused code', command: [programOf('knip')] },
    {
      name: 'unit tests',
      command: [
        programOf('vitest'),
        'run',
        ...['--project', 'unit', '--project', 'web'],
        '--reporter=default',
        ...report,
      ],
    },
  ];
  return await runSteps(steps, Math.max(1, Math.min(2, availableParallelism())));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const results = await check();
  console.log(`\n${summarize(results)}`);
  process.exit(results.every((result) => result.passed) ? 0 : 1);
}
