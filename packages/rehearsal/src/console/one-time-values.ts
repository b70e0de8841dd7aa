const KEPT_MILLISECONDS = 10 * 60_000;

/** Texts to be shown once, such as a token's value: kept in memory between the form and the page that shows them. */
export class OneTimeValues {
  readonly #values = new Map<string, { value: string; until: number }>();

  put(id: string, value: string, now: number): void {
    for (const [known, { until }] of this.#values) {
      if (until <= now) this.#values.delete(known);
    }
    this.#values.set(id, { value, until: now + KEPT_MILLISECONDS });
  }

  /** Hands the value over and forgets it; undefined the second time. */
  take(id: string, now: number): string | undefined {
    const held = this.#values.get(id);
    this.#values.delete(id);
    return held && held.until > now ? held.value : undefined;
  }
}
