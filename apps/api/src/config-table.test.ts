import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderConfigTable } from './config-table.ts';

test('the table in the README is the one of the code', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const between = readme.split('<!-- config:start -->')[1]?.split('<!-- config:end -->')[0];

  expect(between?.trim()).toBe(renderConfigTable());
});
