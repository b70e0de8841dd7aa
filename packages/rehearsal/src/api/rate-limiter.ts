import type { Bucket, RateLimitTable } from './buckets.ts';

/** What the three `x-rate-limit-*` headers say; `reset` in seconds since 1970, UTC. */
export type RateLimitState = {
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
};

export type Admission = RateLimitState & { readonly isAllowed: boolean };

type Window = { endsAt: number; used: number };

/**
 * Counts requests as Okta does: a window of a minute per bucket that opens with the first request, one
 * count for the org and one for each token at its share of the bucket; and a ceiling of requests in
 * flight, whose refusal shows limit 0 and remaining 0.
 */
export class RateLimiter {
  readonly #table: RateLimitTable;
  readonly #windows = new Map<string, Window>();
  #inFlight = 0;

  constructor(table: RateLimitTable) {
    this.#table = table;
  }

  /** Counts one request. `caller` is a token's id or `anonymous`; `now` in milliseconds. */
  admit(bucket: Bucket, caller: string, now: number): Admission {
    const orgLimit = this.#table.perMinute[bucket];
    const tokenLimit = Math.max(1, Math.floor(orgLimit * this.#table.tokenShare));
    const org = this.#window(bucket, now);
    const token = this.#window(`${bucket} ${caller}`, now);
    const left = Math.min(orgLimit - org.used, tokenLimit - token.used);
    const endsAt = orgLimit - org.used < tokenLimit - token.used ? org.endsAt : token.endsAt;
    const reset = Math.ceil(endsAt / 1000);
    if (left <= 0) return { isAllowed: false, limit: tokenLimit, remaining: 0, reset };
    org.used += 1;
    token.used += 1;
    return { isAllowed: true, limit: tokenLimit, remaining: left - 1, reset };
  }

  /** Takes a place among the requests in flight; null when all are taken. Call the answer when done. */
  enter(): (() => void) | null {
    if (this.#inFlight >= this.#table.concurrent) return null;
    this.#inFlight += 1;
    let isInside = true;
    return () => {
      if (isInside) this.#inFlight -= 1;
      isInside = false;
    };
  }

  /** The headers of a refusal for too many requests in flight: the reset is a guess, as in Okta. */
  concurrencyState(now: number): RateLimitState {
    return { limit: 0, remaining: 0, reset: Math.ceil(now / 1000) + 1 };
  }

  #window(key: string, now: number): Window {
    let window = this.#windows.get(key);
    if (!window || now >= window.endsAt) {
      window = { endsAt: now + this.#table.windowMilliseconds, used: 0 };
      this.#windows.set(key, window);
    }
    return window;
  }
}
