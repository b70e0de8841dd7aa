import { setTimeout as delay } from 'node:timers/promises';
import type { Step } from '../step-writer.ts';

/** Steps wait so long for others to be written with them. Milliseconds. */
const longestWaitMs = 50;

/** A step and what it weighs: rows, or what costs as much. */
export type WeighedStep = { readonly step: Step; readonly weight: number };

type Gathered = { steps: Step[]; weight: number; full: () => void; written: Promise<void> };

/**
 * Gathers steps that come close together, or while the last ones are written, into one transaction: a page of a source is
 * small, and a transaction costs more than its rows. Each caller is answered when the step is durable.
 */
export class GatheredSteps {
  readonly #write: (steps: readonly Step[]) => Promise<void>;
  readonly #weightPerWrite: number;
  #gathered: Gathered | null = null;
  #lastWrite: Promise<unknown> = Promise.resolve();

  constructor(weightPerWrite: number, write: (steps: readonly Step[]) => Promise<void>) {
    this.#weightPerWrite = weightPerWrite;
    this.#write = write;
  }

  add({ step, weight }: WeighedStep): Promise<void> {
    const gathered = this.#gathered ?? this.#gather();
    gathered.steps.push(step);
    gathered.weight += weight;
    if (gathered.weight >= this.#weightPerWrite) {
      this.#gathered = null;
      gathered.full();
    }
    return gathered.written;
  }

  #gather(): Gathered {
    const steps: Step[] = [];
    const { promise: isFull, resolve: full } = Promise.withResolvers<void>();
    const stop = new AbortController();
    const isLate = delay(longestWaitMs, undefined, { signal: stop.signal }).catch(() => undefined);
    const before = this.#lastWrite;
    const written = Promise.race([isFull, isLate])
      .then(() => before)
      .then(() => {
        stop.abort();
        if (this.#gathered === gathered) this.#gathered = null;
        return this.#write(steps);
      });
    // Whether it failed is told to those who wait for it.
    this.#lastWrite = written.catch(() => undefined);
    const gathered: Gathered = { steps, weight: 0, full, written };
    this.#gathered = gathered;
    return gathered;
  }
}
