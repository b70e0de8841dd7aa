import { setTimeout as delay } from 'node:timers/promises';

/** Every time and number that reading Okta depends on; tests hand in smaller ones. */
export type OktaTiming = {
  /** Time for one call and its whole answer. */
  readonly requestTimeoutMs: number;
  /** Times that a failing call is sent in all. Waiting for a rate limit does not count. */
  readonly tries: number;
  /** Wait before the first retry; doubled with each further one, with jitter. */
  readonly backOffMs: number;
  readonly backOffCapMs: number;
  /** What is added to the end of a rate-limit window: `Date` and the reset header are whole seconds. */
  readonly afterResetMs: number;
  /** Longest time without one good answer of a bucket that answers 429. */
  readonly giveUpMs: number;
  /** Share of a bucket that a read leaves to logins and to single-user reads. */
  readonly freeShare: number;
  /** Groups whose members are read at the same time. */
  readonly membersInFlight: number;
  /** Good pages after which a reduced page size is doubled again. */
  readonly pagesUntilLarger: number;
};

export const defaultOktaTiming: OktaTiming = {
  requestTimeoutMs: 10_000,
  tries: 4,
  backOffMs: 1000,
  backOffCapMs: 30_000,
  afterResetMs: 1000,
  giveUpMs: 15 * 60_000,
  freeShare: 0.1,
  membersInFlight: 5,
  pagesUntilLarger: 20,
};

/** Resolves after so many milliseconds; rejects at once when the signal fires. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export async function sleepFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal });
}

/** Exponential back-off with jitter: between half and one and a half of `backOffMs · 2^(round - 1)`. */
export function backOff(round: number, timing: OktaTiming, random: () => number): number {
  const full = Math.min(timing.backOffCapMs, timing.backOffMs * 2 ** (round - 1));
  return Math.round(full * (0.5 + random()));
}
