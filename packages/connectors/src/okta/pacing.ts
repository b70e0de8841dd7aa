import type { OktaTiming } from './okta-timing.ts';

/** Okta's rate-limit buckets as far as we call them. */
export type Bucket = '/api/v1/users' | '/api/v1/users/{id}' | '/api/v1/groups' | 'other';

/** How screens call a bucket. */
export const bucketLabels: Readonly<Record<Bucket, string>> = {
  '/api/v1/users': 'Users',
  '/api/v1/users/{id}': 'Single users',
  '/api/v1/groups': 'Groups and members',
  other: 'Other calls',
};

/**
 * What the `x-rate-limit-*` headers of one answer say. `concurrency`: limit and remaining are 0, too many calls were
 * in flight and the reset is only a guess.
 */
export type RateReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'concurrency' }
  | {
      readonly kind: 'window';
      readonly limit: number;
      readonly remaining: number;
      /** The source's clock, seconds since 1970: names the window. */
      readonly reset: number;
      /** Our clock, milliseconds since 1970. */
      readonly freeAt: number;
    };

/**
 * Reads the headers of an answer received at `now`. The reset is compared with the answer's own `Date`, not with our
 * clock (https://developer.okta.com/docs/reference/rl-best-practices/).
 */
export function readRateLimit(headers: Headers, now: number, timing: OktaTiming): RateReading {
  const limit = wholeNumber(headers.get('x-rate-limit-limit'));
  const remaining = wholeNumber(headers.get('x-rate-limit-remaining'));
  const reset = wholeNumber(headers.get('x-rate-limit-reset'));
  if (limit === null || remaining === null || reset === null) return { kind: 'none' };
  if (limit === 0) return { kind: 'concurrency' };
  const sentAt = Date.parse(headers.get('date') ?? '');
  const left = reset * 1000 - (Number.isNaN(sentAt) ? now : sentAt);
  const wait = Math.min(Math.max(left, 0) + timing.afterResetMs, timing.giveUpMs);
  return { kind: 'window', limit, remaining, reset, freeAt: now + wait };
}

type Window = { limit: number; remaining: number; reset: number; freeAt: number };

/**
 * Knows for each bucket whether a call may go now. One pacer serves all reads with the same origin and token, so that
 * a run and a single-user read see the same windows: the run hands in the share to keep free, the other hands in 0.
 */
export class RatePacer {
  readonly #windows = new Map<Bucket, Window>();
  readonly #blocked = new Map<Bucket, number>();
  readonly #inFlight = new Map<Bucket, number>();

  /** When the next call may go (milliseconds since 1970, our clock); null for now. */
  waitUntil(bucket: Bucket, keepFree: number, now: number): number | null {
    const blocked = this.#blocked.get(bucket);
    if (blocked !== undefined && blocked > now) return blocked;
    const window = this.#windows.get(bucket);
    if (window === undefined || now >= window.freeAt) return null;
    const left = window.remaining - (this.#inFlight.get(bucket) ?? 0);
    return left > Math.floor(window.limit * keepFree) ? null : window.freeAt;
  }

  /** Counts a call as under way until the answer is called. */
  enter(bucket: Bucket): () => void {
    this.#inFlight.set(bucket, (this.#inFlight.get(bucket) ?? 0) + 1);
    return () => this.#inFlight.set(bucket, (this.#inFlight.get(bucket) ?? 1) - 1);
  }

  /** Takes in what an answer said. Answers of parallel calls come in any order: the smaller remainder counts. */
  learn(bucket: Bucket, reading: RateReading, now: number): void {
    if (reading.kind !== 'window') return;
    const known = this.#windows.get(bucket);
    if (known !== undefined && now < known.freeAt) {
      if (reading.reset < known.reset) return;
      if (reading.reset === known.reset && reading.remaining >= known.remaining) return;
    }
    const { limit, remaining, reset, freeAt } = reading;
    this.#windows.set(bucket, { limit, remaining, reset, freeAt });
  }

  /** After a 429: nobody calls this bucket before `until`. */
  block(bucket: Bucket, until: number): void {
    this.#blocked.set(bucket, Math.max(until, this.#blocked.get(bucket) ?? 0));
  }
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text.trim()) ? Number(text) : null;
}
