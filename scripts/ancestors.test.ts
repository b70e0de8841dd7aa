import { expect, it } from 'vitest';
import { isRunner } from './ancestors.ts';

it.each([
  { command: ['pnpm', 'start', ''], expected: true },
  { command: ['npm exec pnpm@12.21.0 start', '', ''], expected: true },
  { command: ['/usr/bin/node', '/usr/lib/node_modules/npm/bin/npx-cli.js', 'pnpm', 'start'], expected: true },
  { command: ['node', '/home/ann/.npm/_npx/1/node_modules/.bin/pnpm', 'start'], expected: true },
  { command: ['node', '/opt/pnpm/bin/pnpm.cjs', 'start'], expected: true },
  { command: ['node', 'scripts/launcher.ts'], expected: false },
  { command: ['sh', '-c', 'npx pnpm start'], expected: false },
  { command: ['bash', ''], expected: false },
  { command: [], expected: false },
])('$command is a package runner: $expected', ({ command, expected }) => {
  expect(isRunner(command)).toBe(expected);
});
