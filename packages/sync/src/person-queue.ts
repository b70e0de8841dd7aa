type Flight<Result> = {
  readonly result: Promise<Result>;
  readonly stop: AbortController;
  waiting: number;
};

/**
 * Keeps single-user runs of one process apart: calls that arrive together for one person share one read, and what they
 * write comes one after the other. One for all runs of a process; different people do not wait for each other.
 */
export class PersonQueue<Result> {
  readonly #flights = new Map<string, Flight<Result>>();
  readonly #last = new Map<string, Promise<unknown>>();

  /**
   * The answer of the read under this name that is under way, else of a new one. Rejects with the signal's reason as
   * soon as it fires; the read itself ends when nobody waits for it any more.
   */
  async shareRead(
    name: string,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    signal.throwIfAborted();
    const flight = this.#flights.get(name) ?? this.#take(name, start);
    flight.waiting += 1;
    return new Promise((resolve, reject) => {
      const leave = () => {
        flight.waiting -= 1;
        if (flight.waiting === 0) this.#abandon(name, flight, signal.reason);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      flight.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  #take(name: string, start: (signal: AbortSignal) => Promise<Result>): Flight<Result> {
    const stop = new AbortController();
    const result = Promise.resolve().then(() => start(stop.signal));
    const flight = { result, stop, waiting: 0 };
    this.#flights.set(name, flight);
    const land = () => this.#forget(name, flight);
    result.then(land, land);
    return flight;
  }

  #abandon(name: string, flight: Flight<Result>, reason: unknown): void {
    // Whoever comes from now on needs a read of their own.
    this.#forget(name, flight);
    flight.stop.abort(reason);
  }

  #forget(name: string, flight: Flight<Result>): void {
    if (this.#flights.get(name) === flight) this.#flights.delete(name);
  }

  /** Does the work when all that came before under this name is done, also when that failed. */
  async inTurn<Done>(name: string, work: () => Promise<Done>): Promise<Done> {
    const before = this.#last.get(name);
    const mine = before === undefined ? work() : before.then(work);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(name, settled);
    try {
      return await mine;
    } finally {
      if (this.#last.get(name) === settled) this.#last.delete(name);
    }
  }
}
