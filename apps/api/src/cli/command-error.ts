import { existsSync } from 'node:fs';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { databaseFile } from '../stores/open-data-directory.ts';

/** A command cannot do what was asked; the message is for the person at the terminal. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** @throws CommandError for options that the command does not have */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  given: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...given], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(`${words} Try --help.`, { cause });
  }
}

/** @throws CommandError when Gatehouse was never started with this data directory */
export function existingDatabase(config: Pick<Config, 'dataDir'>): string {
  const file = databaseFile(config.dataDir);
  if (existsSync(file)) return file;
  throw new CommandError(
    `There is no database in ${config.dataDir}. Start Gatehouse there once, or set DATA_DIR to where it runs.`,
  );
}
