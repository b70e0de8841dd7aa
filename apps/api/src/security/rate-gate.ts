import { ipKeyGenerator } from 'express-rate-limit';
import { sha256Hex } from './random.ts';

/**
 * Slows down guessing at the sign-in without ever locking anybody out for good. Windows per address are the
 * HTTP layer's (express-rate-limit, keyed by `addressKey`); here is what needs memory of an account:
 *
 * - per account, `freeTries` failures in a row cost nothing, each further one doubles the wait, up to
 *   `longestDelayMs`; a success forgets them;
 * - a place (account and address) that signed in before has a count of its own, so a stranger who hammers on
 *   an account does not keep its owner out;
 * - all strangers together share a budget of tries that refills steadily.
 *
 * A try counts as failed when it begins: any number of tries sent at once gains nothing.
 */
export type RateGate = {
  /** Asks to try; counts the try if it may go on. */
  enter: (attempt: SignInAttempt) => Admission;
  /** The try was right: forgets its failures, gives its share of the budget back and remembers the place. */
  succeeded: (attempt: SignInAttempt) => void;
  /** How many entries are kept, for tests and metrics. */
  size: () => number;
};

export type SignInAttempt = {
  /** The account's name as compared (folded), whether it exists or not. */
  account: string;
  address: string;
};

export type Admission = { isAdmitted: true } | { isAdmitted: false; retryAfterMs: number };

export type RateGateOptions = {
  /** The clock, in milliseconds. */
  now: () => number;
  freeTries?: number;
  firstDelayMs?: number;
  longestDelayMs?: number;
  /** Failures are forgotten after this long without another. */
  forgetAfterMs?: number;
  /** Tries of strangers, all accounts together, that may come at once. */
  burst?: number;
  /** How many of them come back each second. */
  refillPerSecond?: number;
  /** Most entries kept; the one untouched for longest makes room. */
  maxKeys?: number;
};

type Failures = { count: number; last: number };

/** The key of an address for limits: an IPv6 address counts as its /64, which one customer holds. */
export function addressKey(address: string): string {
  return ipKeyGenerator(address, 64);
}

export function createRateGate(options: RateGateOptions): RateGate {
  const limits = { ...defaults, ...options };
  const failures = new Map<string, Failures>();
  const knownPlaces = new Map<string, number>();
  let budget = limits.burst;
  let refilled = limits.now();

  /** Strangers share one count an account, a known place has its own. */
  function keyOf(attempt: SignInAttempt): { key: string; isKnown: boolean } {
    const place = sha256Hex(`${attempt.account}\0${addressKey(attempt.address)}`);
    return knownPlaces.has(place)
      ? { key: place, isKnown: true }
      : { key: sha256Hex(attempt.account), isKnown: false };
  }

  function refill(now: number): void {
    const gained = (Math.max(0, now - refilled) / 1_000) * limits.refillPerSecond;
    budget = Math.min(limits.burst, budget + gained);
    refilled = now;
  }

  function enter(attempt: SignInAttempt): Admission {
    const now = limits.now();
    const { key, isKnown } = keyOf(attempt);
    const found = failures.get(key);
    const before = found !== undefined && now - found.last < limits.forgetAfterMs ? found.count : 0;
    const waitMs = found === undefined ? 0 : found.last + delayAfter(before, limits) - now;
    if (waitMs > 0) return { isAdmitted: false, retryAfterMs: waitMs };
    refill(now);
    if (!isKnown) {
      if (budget < 1) {
        return {
          isAdmitted: false,
          retryAfterMs: Math.ceil(((1 - budget) / limits.refillPerSecond) * 1_000),
        };
      }
      budget -= 1;
    }
    touch(failures, key, { count: before + 1, last: now }, limits.maxKeys);
    return { isAdmitted: true };
  }

  function succeeded(attempt: SignInAttempt): void {
    const { key, isKnown } = keyOf(attempt);
    failures.delete(key);
    if (!isKnown) budget = Math.min(limits.burst, budget + 1);
    const place = sha256Hex(`${attempt.account}\0${addressKey(attempt.address)}`);
    touch(knownPlaces, place, limits.now(), limits.maxKeys);
  }

  return { enter, succeeded, size: () => failures.size + knownPlaces.size };
}

const defaults = {
  freeTries: 5,
  firstDelayMs: 1_000,
  longestDelayMs: 60_000,
  forgetAfterMs: 60 * 60_000,
  burst: 60,
  refillPerSecond: 1,
  maxKeys: 10_000,
};

function delayAfter(count: number, limits: typeof defaults): number {
  if (count < limits.freeTries) return 0;
  return Math.min(limits.longestDelayMs, limits.firstDelayMs * 2 ** Math.min(count - limits.freeTries, 30));
}

/** A Map keeps the order of insertion: the first key is the one untouched for longest. */
function touch<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= most) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}
