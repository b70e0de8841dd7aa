import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Collection, FaultKind, faultInputSchema } from './fault-input.ts';

/** A fault that is set. Fields that a kind does not use hold their neutral value. */
export type Fault = {
  readonly id: string;
  readonly kind: FaultKind;
  readonly collection: Collection | 'any';
  /** Null means any page. */
  readonly page: number | null;
  readonly groupId: string | null;
  readonly skip: number;
  readonly limitAbove: number;
  /** Null means for good. */
  readonly times: number | null;
  /** End of a storm that lasts for a time, in milliseconds since 1970. */
  readonly until: number | null;
  readonly resetSeconds: number;
  readonly milliseconds: number;
  readonly share: number;
  readonly createdAt: string;
  /** Calls that matched, harmed or not. */
  seen: number;
  /** Calls harmed. */
  hits: number;
};

const NEUTRAL = {
  collection: 'any',
  page: null,
  groupId: null,
  skip: 0,
  limitAbove: 0,
  times: null,
  until: null,
  resetSeconds: 0,
  milliseconds: 0,
  share: 1,
} as const;

const CALLS_OF_A_STORM = 5;

/** Makes a fault from what was asked for; `now` in milliseconds. */
export function makeFault(input: z.output<typeof faultInputSchema>, now: number): Fault {
  const made = {
    ...NEUTRAL,
    id: randomUUID(),
    createdAt: new Date(now).toISOString(),
    seen: 0,
    hits: 0,
  };
  if (input.kind !== 'rate-limit-storm') return { ...made, ...input };
  const { calls, seconds, ...storm } = input;
  const until = seconds === undefined ? null : now + seconds * 1000;
  const times = calls ?? (until === null ? CALLS_OF_A_STORM : null);
  return { ...made, ...storm, times, until };
}

/** Whether a fault can still strike. */
export function isSpent(fault: Fault, now: number): boolean {
  if (fault.until !== null && now >= fault.until) return true;
  return fault.times !== null && fault.hits >= fault.times;
}

/** How often a fault can still strike; null for good. */
export function timesLeft(fault: Fault, now: number): number | null {
  if (isSpent(fault, now)) return 0;
  return fault.times === null ? null : fault.times - fault.hits;
}
