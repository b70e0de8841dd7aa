import { setTimeout as delay } from 'node:timers/promises';
import type { Step } from '../step-writer.ts';

/** Steps wait so long for others to be written with them. Milliseconds. */
const longestWaitMs = 25;

/** A step and what it weighs: rows, or what costs as much. */
export type WeighedStep = { readonly step: Step; readonly weight: number };

type Gathered = { steps: Step[]; weight: number; full: () => void; written: Promise<void> };

/**
 * Gathers steps that come close together into one transaction: a page of a source is small, and a transaction costs
 * more than its rows. Each caller is answered when the step is durable.
 */
export class GatheredSteps {
  readonly #write: (steps: readonly Step[]) => Promise<void>;
  readonly #weightPerWrite: number;
  #gathered: Gathered | null = null;

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
    const written = Promise.race([isFull, isLate]).then(() => {
      stop.abort();
      if (this.#gathered === gathered) this.#gathered = null;
      return this.#write(steps);
    });
    const gathered: Gathered = { steps, weight: 0, full, written };
    this.#gathered = gathered;
    return gathered;
  }
}
