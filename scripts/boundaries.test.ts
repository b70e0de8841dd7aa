import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './root.ts';

/** What dependency-cruiser cannot see: names that only one file may use, tests and their helpers aside. */
it.each([
  {
    name: 'process.env',
    pattern: /process\.env\b/,
    files: 'apps/api/src/**/*.ts',
    home: ['apps/api/src/config.ts'],
  },
  {
    name: 'interactive transactions',
    pattern: /\$transaction\(\s*(?:async\b|\(?\w*\)?\s*=>)/,
    files: 'apps/api/src/**/*.ts',
    home: [],
  },
])('$name has one home', ({ pattern, files, home }) => {
  const users = globSync(files, {
    cwd: root,
    exclude: (name) => name === 'generated' || name === 'node_modules',
  })
    .filter((file) => !/\.test\.ts$|\/acceptance\//.test(file))
    .filter((file) => pattern.test(withoutComments(readFileSync(join(root, file), 'utf8'))));

  expect(users.filter((file) => !home.includes(file))).toEqual([]);
});

function withoutComments(code: string): string {
  return code.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}
