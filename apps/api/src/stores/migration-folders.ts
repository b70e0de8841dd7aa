import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type MigrationFolder = {
  /** E.g. `00000000000001_first`; applied in the order of the names. */
  readonly name: string;
  readonly script: string;
  /** SHA-256 of the script in hex, as `_prisma_migrations` keeps it. */
  readonly checksum: string;
};

export const migrationsDirectory = fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url));

/** Reads the migrations in their order. */
export async function readMigrationFolders(
  directory: string = migrationsDirectory,
): Promise<readonly MigrationFolder[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return await Promise.all(
    names.sort().map(async (name) => {
      const script = await readFile(join(directory, name, 'migration.sql'), 'utf8');
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
    }),
  );
}
