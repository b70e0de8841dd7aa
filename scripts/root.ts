import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, absolute. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const require = createRequire(import.meta.url);

/** The program of an installed package, for `node`: its `bin`, or the one of that name. */
export function programOf(packageName: string, options: { bin?: string; from?: string } = {}): string {
  const resolver =
    options.from === undefined ? require : createRequire(join(root, options.from, 'package.json'));
  const packageFile = findPackageFile(resolver, packageName);
  const { bin } = require(packageFile) as { bin?: string | Record<string, string> };
  const path = typeof bin === 'string' ? bin : bin?.[options.bin ?? packageName.replace(/^@[^/]+\//, '')];
  if (path === undefined) throw new Error(`${packageName} has no program ${options.bin ?? ''}`);
  return join(dirname(packageFile), path);
}

/** Packages need not export their package.json, so it is looked up by folder. */
function findPackageFile(resolver: NodeJS.Require, packageName: string): string {
  for (const folder of resolver.resolve.paths(packageName) ?? []) {
    const file = join(folder, packageName, 'package.json');
    try {
      return require.resolve(file);
    } catch {
      // not in this node_modules, the next one up
    }
  }
  throw new Error(`${packageName} is not installed. Run "npx --yes pnpm@12.21.0 install".`);
}
