import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { programOf, root } from './root.ts';

const stampFile = join(root, 'node_modules/.cache/gatehouse/web-build.sha256');
const pageFile = join(root, 'apps/web/dist/index.html');
/** Everything that the build reads. */
const inputs = [
  'apps/web/{index.html,package.json,tsconfig.json,vite.config.ts}',
  'apps/web/{src,public}/**/*',
  'packages/{contracts,schedule,mapping}/src/**/*.ts',
  'tsconfig.base.json',
  'pnpm-lock.yaml',
];

/**
 * Builds the single-page app into apps/web/dist when something that it is made of changed since the last time.
 * @throws Error with the words of the build when it fails
 */
export function buildWebIfChanged(): { built: boolean } {
  const stamp = hashInputs();
  const last = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (last === stamp && existsSync(pageFile)) return { built: false };

  rmSync(stampFile, { force: true });
  const run = spawnSync(process.execPath, [programOf('vite'), 'build', 'apps/web', '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (run.status !== 0) {
    throw new Error(`vite build failed:\n${run.error?.message ?? ''}${run.stdout ?? ''}${run.stderr ?? ''}`);
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
  return { built: true };
}

function hashInputs(): string {
  const files = globSync(inputs, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}
