import { readFileSync } from 'node:fs';

type ProcessFacts = { parent: number; startedAt: string; command: string };

const packageRunner = /(?:^|[\s/])(?:npx|npm|pnpm)(?:[\s./@-]|$)/;

/**
 * The package runners (`npx`, `pnpm` and the shells between) that this process was started through, nearest first. They
 * do not all pass signals on, so whoever wants to stop with them has to look whether they are there. Linux; elsewhere
 * only the parent is known.
 */
export function packageRunners(): readonly { isAlive: () => boolean }[] {
  const found: { isAlive: () => boolean }[] = [];
  let processId = process.ppid;
  for (let depth = 0; depth < 12 && processId > 1; depth += 1) {
    const facts = readFacts(processId);
    if (facts === null || !packageRunner.test(facts.command)) break;
    const { startedAt } = facts;
    const id = processId;
    found.push({ isAlive: () => readFacts(id)?.startedAt === startedAt });
    processId = facts.parent;
  }
  const parent = process.ppid;
  return found.length > 0 ? found : [{ isAlive: () => process.ppid === parent }];
}

/** Null when the process is gone or only waits to be collected. See proc_pid_stat(5). */
function readFacts(processId: number): ProcessFacts | null {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, parent] = fields;
    if (state === 'Z' || state === 'X') return null;
    const command = readFileSync(`/proc/${processId}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return { parent: Number(parent), startedAt: fields[19] ?? '', command };
  } catch {
    return null;
  }
}
