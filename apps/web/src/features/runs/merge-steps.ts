import type { RunStep } from '@gatehouse/contracts/run';

/**
 * One diary of the newest entries and older pages, newest first, each entry once: while a run writes, the offsets of
 * older pages move and pages overlap.
 */
export function mergeSteps(newest: readonly RunStep[], older: readonly RunStep[]): RunStep[] {
  const bySeq = new Map([...older, ...newest].map((step) => [step.seq, step]));
  return [...bySeq.values()].sort((one, other) => other.seq - one.seq);
}
