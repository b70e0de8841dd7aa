import { readFileSync } from 'node:fs';

/**
 * Memory of a process in MB (1,048,576 bytes): the largest resident set so far, or that of now.
 * Null where the system does not tell it in /proc.
 */
export function residentMegabytes(processId: number, which: 'peak' | 'now'): number | null {
  try {
    const status = readFileSync(`/proc/${processId}/status`, 'utf8');
    const line = which === 'peak' ? /^VmHWM:\s+(\d+) kB$/m : /^VmRSS:\s+(\d+) kB$/m;
    const kilobytes = line.exec(status)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
