import { parseArgs } from 'node:util';

export type BenchOptions = {
  /** In the order given; empty: all of them. */
  readonly names: readonly string[];
  /** Undefined: each benchmark's own. */
  readonly users: number | undefined;
  readonly groups: number | undefined;
  readonly isJson: boolean;
  /** Folder for CPU profiles of the API processes. */
  readonly profiles: string | undefined;
};

/** The command line cannot be read; the message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError */
export function parseBenchOptions(commandLine: readonly string[]): BenchOptions {
  const { values, positionals } = parse(commandLine);
  return {
    names: positionals,
    users: wholeNumber('--users', values.users, { least: 10, most: 1_000_000 }),
    groups: wholeNumber('--groups', values.groups, { least: 1, most: 20_000 }),
    isJson: values.json,
    profiles: values['cpu-prof'],
  };
}

function parse(commandLine: readonly string[]) {
  try {
    return parseArgs({
      // `pnpm bench -- --json` hands the separator on.
      args: commandLine.filter((argument) => argument !== '--'),
      allowPositionals: true,
      options: {
        users: { type: 'string' },
        groups: { type: 'string' },
        json: { type: 'boolean', default: false },
        'cpu-prof': { type: 'string' },
      },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function wholeNumber(
  option: string,
  text: string | undefined,
  range: { least: number; most: number },
): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text.replaceAll(/[_,]/g, ''));
  if (Number.isInteger(number) && number >= range.least && number <= range.most) return number;
  throw new UsageError(`${option} takes a whole number from ${range.least} to ${range.most}, not "${text}".`);
}
