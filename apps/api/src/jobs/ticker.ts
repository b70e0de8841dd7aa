import cron from 'node-cron';

export type TickerOptions = {
  /** Of node-cron, written by us: never what somebody typed. */
  readonly expression: string;
  readonly work: () => Promise<void>;
  /** Told of a tick that failed; the next one comes all the same. */
  readonly onError: (error: unknown) => void;
};

/** Work that a clock starts: at once, then at each time of its expression; one tick at a time. */
export class Ticker {
  readonly #options: TickerOptions;
  #clock: ReturnType<typeof cron.schedule> | null = null;
  #ticking: Promise<void> = Promise.resolve();

  constructor(options: TickerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#clock = cron.schedule(this.#options.expression, () => this.tick());
    void this.tick();
  }

  /** Waits for the tick under way. */
  async stop(): Promise<void> {
    await this.#clock?.destroy();
    await this.#ticking;
  }

  /** Resolves when this tick is over; never rejects. */
  tick(): Promise<void> {
    const { work, onError } = this.#options;
    this.#ticking = this.#ticking.then(work).catch(onError);
    return this.#ticking;
  }
}
