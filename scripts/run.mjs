// Plain JavaScript on purpose: an old Node cannot read the TypeScript that it starts.

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const needed = [24, 12];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  console.error(`
Gatehouse needs Node ${needed.join('.')} or later; this is ${process.version}.
On Linux x64 it brings its own: start it through pnpm, e.g. "npx --yes pnpm@12.21.0 start".
Elsewhere install Node 24 from https://nodejs.org and try again.
`);
  process.exit(1);
}

const [script, ...rest] = process.argv.slice(2);
if (script === undefined) {
  console.error('Usage: node scripts/run.mjs <script> [arguments]');
  process.exit(1);
}
const file = resolve(script);
process.argv = [process.execPath, file, ...rest];
await import(pathToFileURL(file).href);
