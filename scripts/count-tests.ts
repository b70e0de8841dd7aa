import { existsSync, readFileSync } from 'node:fs';

export type TestCount = { readonly passed: number; readonly failed: number };

/** The report of vitest's JSON reporter. A file that did not even load counts as one failure. */
export function countVitest(file: string): TestCount {
  const report = read(file);
  if (report === null) return noReport;
  const failed = numberAt(report, 'numFailedTests');
  return orNothing({
    passed: numberAt(report, 'numPassedTests'),
    failed: failed === 0 && report.success !== true ? 1 : failed,
  });
}

/** The report of Playwright's JSON reporter. A test that passed at the second try only is a failure. */
export function countPlaywright(file: string): TestCount {
  const report = read(file);
  if (report === null) return noReport;
  const stats = isRecord(report.stats) ? report.stats : {};
  const errors = Array.isArray(report.errors) ? report.errors.length : 0;
  return orNothing({
    passed: numberAt(stats, 'expected'),
    failed: numberAt(stats, 'unexpected') + numberAt(stats, 'flaky') + errors,
  });
}

/** A runner that left no report has failed. */
const noReport: TestCount = { passed: 0, failed: 1 };

/** A runner that found no test has failed. */
function orNothing(count: TestCount): TestCount {
  return count.passed + count.failed === 0 ? noReport : count;
}

function read(file: string): Record<string, unknown> | null {
  if (!existsSync(file)) return null;
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return isRecord(report) ? report : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberAt(record: Record<string, unknown>, key: string): number {
  const value = record[key];
  return typeof value === 'number' ? value : 0;
}
