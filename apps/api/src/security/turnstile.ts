/** Too much of the same work waits already; try again in a moment (HTTP 503). */
export class TurnstileFullError extends Error {
  override readonly name = 'TurnstileFullError';
}

/**
 * Lets so much work run at once, in the order of arrival, and so much wait. More is turned away, so that a
 * storm of calls costs neither memory nor minutes.
 */
export function createTurnstile(limits: { atOnce: number; waiting: number }) {
  const queue: (() => void)[] = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < limits.atOnce) {
      running += 1;
      return;
    }
    if (queue.length >= limits.waiting) throw new TurnstileFullError('too many calls are waiting');
    // Whoever leaves hands over their place, `running` stays.
    await new Promise<void>((resolve) => queue.push(resolve));
  }

  function leave(): void {
    const next = queue.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  /** @throws TurnstileFullError, or what the work throws */
  return async function pass<Result>(work: () => Promise<Result>): Promise<Result> {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
