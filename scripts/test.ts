import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWebIfChanged } from './build-web.ts';
import { check } from './check.ts';
import { countPlaywright, countVitest, type TestCount } from './count-tests.ts';
import { programOf } from './root.ts';
import { runStep, type StepResult, summarize } from './steps.ts';

/** `pnpm test`: everything. The last line is `N passed, M failed`, the tests of all runners together. */
async function test(reports: string): Promise<{ results: StepResult[]; counts: TestCount[] }> {
  const unit = join(reports, 'unit.json');
  const integration = join(reports, 'integration.json');
  const browser = join(reports, 'browser.json');

  const results = await check(unit);
  results.push(
    await runStep({
      name: 'integration tests',
      command: [
        programOf('vitest'),
        'run',
        ...['--project', 'integration', '--reporter=default', '--reporter=json'],
        // By default one core stays idle: on two that is half of them.
        '--maxWorkers=100%',
        `--outputFile.json=${integration}`,
      ],
      isTalkative: true,
    }),
  );
  buildWebIfChanged();
  results.push(
    await runStep({
      name: 'browser tests',
      command: [
        programOf('@playwright/test', { bin: 'playwright', from: 'e2e' }),
        'test',
        ...['--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
      ],
      environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: browser },
      isTalkative: true,
    }),
  );
  return { results, counts: [countVitest(unit), countVitest(integration), countPlaywright(browser)] };
}

const reports = mkdtempSync(join(tmpdir(), 'gatehouse-reports-'));
let exitCode = 1;
try {
  const { results, counts } = await test(reports);
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failedTests = counts.reduce((sum, count) => sum + count.failed, 0);
  const failedSteps = results.filter((result) => !result.passed).length;
  // A step that fails without a failing test (lint, types) is a failure too.
  const failed = Math.max(failedTests, failedSteps);
  exitCode = failed === 0 ? 0 : 1;
  console.log(`\n${summarize(results)}\n${passed} passed, ${failed} failed`);
} catch (error) {
  console.error(error);
  console.log('0 passed, 1 failed');
} finally {
  rmSync(reports, { recursive: true, force: true });
}
process.exit(exitCode);
