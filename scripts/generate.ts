import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const schemaFile = join(root, 'prisma/schema.prisma');
const stampFile = join(root, 'node_modules/.cache/gatehouse/prisma-generate.sha256');
const generatedFile = join(root, 'apps/api/src/stores/generated/client.ts');

/**
 * Generates the Prisma client when the schema or Prisma itself changed since the last time.
 * @throws Error with Prisma's own words when it fails
 */
export function generateIfChanged(): { generated: boolean } {
  const require = createRequire(import.meta.url);
  const packageFile = require.resolve('prisma/package.json');
  const inputs = [schemaFile, packageFile].map((file) => readFileSync(file));
  const stamp = createHash('sha256').update(Buffer.concat(inputs)).digest('hex');
  const last = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (last === stamp && existsSync(generatedFile)) return { generated: false };

  runPrismaGenerate(join(dirname(packageFile), 'build/index.js'));
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
  return { generated: true };
}

function runPrismaGenerate(program: string): void {
  const run = spawnSync(process.execPath, [program, 'generate', '--schema', schemaFile], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      // Any existing file will do: `generate` does not run it, but would otherwise try to download it.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  if (run.status === 0) return;
  throw new Error(
    `prisma generate failed:\n${run.error?.message ?? ''}${run.stdout ?? ''}${run.stderr ?? ''}`,
  );
}

/** Writes a new folder under prisma/migrations with what leads from the last one to the schema; null when nothing does. */
async function makeMigration(name: string): Promise<string | null> {
  const { writeMigration } = await import('../apps/api/src/stores/write-migration.ts');
  return await writeMigration(name, { path: schemaFile, content: readFileSync(schemaFile, 'utf8') });
}

async function main(options: readonly string[]): Promise<void> {
  console.log(generateIfChanged().generated ? 'Prisma client generated.' : 'Prisma client is up to date.');
  if (options.length === 0) return;

  const [option, name] = options;
  if (option !== '--migration' || name === undefined || !/^[a-z0-9_]+$/.test(name)) {
    throw new Error('Usage: pnpm generate [--migration <name in lower_case>]');
  }
  const folder = await makeMigration(name);
  console.log(folder === null ? 'The migrations already lead to the schema.' : `Written: ${folder}`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.slice(2));
}
