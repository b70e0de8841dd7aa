import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { countPlaywright, countVitest } from './count-tests.ts';

const directory = mkdtempSync(join(tmpdir(), 'gatehouse-count-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function report(content: unknown): string {
  const file = join(directory, `${Math.random()}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

it.each([
  { name: 'all passed', from: { numPassedTests: 7, numFailedTests: 0, success: true }, passed: 7, failed: 0 },
  {
    name: 'some failed',
    from: { numPassedTests: 7, numFailedTests: 2, success: false },
    passed: 7,
    failed: 2,
  },
  {
    name: 'a file did not load',
    from: { numPassedTests: 7, numFailedTests: 0, success: false },
    passed: 7,
    failed: 1,
  },
  { name: 'no test', from: { numPassedTests: 0, numFailedTests: 0, success: true }, passed: 0, failed: 1 },
])('vitest: $name', ({ from, passed, failed }) => {
  expect(countVitest(report(from))).toEqual({ passed, failed });
});

it.each([
  { name: 'all passed', stats: { expected: 3, unexpected: 0, flaky: 0 }, errors: [], passed: 3, failed: 0 },
  { name: 'a flaky one', stats: { expected: 3, unexpected: 0, flaky: 1 }, errors: [], passed: 3, failed: 1 },
  {
    name: 'the config broke',
    stats: { expected: 0, unexpected: 0, flaky: 0 },
    errors: [{}],
    passed: 0,
    failed: 1,
  },
  { name: 'no test', stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [], passed: 0, failed: 1 },
])('Playwright: $name', ({ stats, errors, passed, failed }) => {
  expect(countPlaywright(report({ stats, errors }))).toEqual({ passed, failed });
});

it('a runner without a report has failed', () => {
  expect(countVitest(join(directory, 'none.json'))).toEqual({ passed: 0, failed: 1 });
  expect(countPlaywright(join(directory, 'none.json'))).toEqual({ passed: 0, failed: 1 });
});
