import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { backupDatabase } from '../stores/backup.ts';
import { CommandError, existingDatabase, readOptions } from './command-error.ts';

/** `gatehouse backup`. @throws CommandError */
export async function backup(
  options: readonly string[],
  config: Pick<Config, 'dataDir' | 'appKeyFile'>,
): Promise<number> {
  const { to } = readOptions(options, { to: { type: 'string' } });
  const file = existingDatabase(config);
  const target = to === undefined ? await defaultTarget(config.dataDir) : resolve(to);
  try {
    backupDatabase(file, target);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') {
      throw new CommandError(`There is a file ${target} already.`, { cause });
    }
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(`The backup to ${target} failed: ${words}`, { cause });
  }
  const key = config.appKeyFile ?? join(config.dataDir, 'app-key');
  process.stdout.write(`${target}\nKeep the key with care, and elsewhere: ${key}\n`);
  return 0;
}

async function defaultTarget(dataDir: string): Promise<string> {
  const directory = join(dataDir, 'backups');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return join(directory, `gatehouse-${new Date().toISOString().replaceAll(':', '-')}.db`);
}
