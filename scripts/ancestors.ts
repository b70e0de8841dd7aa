import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

type ProcessFacts = {
  readonly id: number;
  readonly parent: number;
  /** Ticks since the machine started; with the id it names one process for good. */
  readonly startedAt: string;
  readonly command: readonly string[];
};

const runners: ReadonlySet<string> = new Set(['npx', 'npm', 'pnpm']);
const shells: ReadonlySet<string> = new Set(['sh', 'ash', 'bash', 'dash', 'ksh', 'zsh']);

/**
 * The package runners (`npx`, `pnpm`, and the shells between) that this process was started through, nearest first.
 * They do not all pass signals on, so whoever wants to stop with them has to look whether they are there. Linux;
 * elsewhere only the parent is known.
 */
export function packageRunners(): readonly { isAlive: () => boolean }[] {
  const chain: ProcessFacts[] = [];
  for (let facts = readFacts(process.ppid); facts !== null; facts = readFacts(facts.parent)) {
    if (!isRunner(facts.command) && !isShellBetween(facts.command)) break;
    chain.push(facts);
  }
  // Shells above the topmost runner are somebody's own and may end whenever they like.
  const topmost = chain.findLastIndex((facts) => isRunner(facts.command));
  if (topmost >= 0) {
    return chain
      .slice(0, topmost + 1)
      .map(({ id, startedAt }) => ({ isAlive: () => readFacts(id)?.startedAt === startedAt }));
  }
  const parent = process.ppid;
  return [{ isAlive: () => process.ppid === parent }];
}

/** `pnpm start`, a title such as `npm exec pnpm start`, or `node …/pnpm.cjs start`. */
export function isRunner([program = '', script = '']: readonly string[]): boolean {
  const name = basename(program.split(' ', 1)[0] ?? '');
  if (runners.has(name)) return true;
  return name === 'node' && runners.has(basename(script).replace(/(?:-cli)?\.[cm]?js$/, ''));
}

function isShellBetween([program = '', option]: readonly string[]): boolean {
  return shells.has(basename(program)) && option === '-c';
}

/** Null when the process is gone or only waits to be collected. See proc_pid_stat(5). */
function readFacts(id: number): ProcessFacts | null {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, parent] = fields;
    if (state === 'Z' || state === 'X') return null;
    const command = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
    return { id, parent: Number(parent), startedAt: fields[19] ?? '', command };
  } catch {
    return null;
  }
}
