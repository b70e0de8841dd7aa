import type { z } from 'zod';
import { type Fault, isSpent, makeFault } from './fault.ts';
import type { Collection, FaultKind, faultInputSchema } from './fault-input.ts';

/** A call, as far as faults look at it. */
export type FaultTarget = {
  readonly collection: Collection | 'other';
  readonly page: number;
  readonly limit: number;
  readonly groupId: string | null;
};

/** The faults that are set. Spent ones stay listed until they are cleared. */
export class FaultBoard {
  #faults: Fault[];
  readonly #onChange: () => void;

  constructor(faults: readonly Fault[], onChange: () => void) {
    this.#faults = faults.map((fault) => ({ ...fault }));
    this.#onChange = onChange;
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  add(input: z.output<typeof faultInputSchema>, now: number): Fault {
    const fault = makeFault(input, now);
    this.#faults.push(fault);
    this.#onChange();
    return fault;
  }

  /** Clears one fault, or all; answers with how many. */
  clear(id?: string): number {
    const before = this.#faults.length;
    this.#faults = id === undefined ? [] : this.#faults.filter((fault) => fault.id !== id);
    if (this.#faults.length !== before) this.#onChange();
    return before - this.#faults.length;
  }

  /** The first fault of a kind that strikes this call, counted as a hit; undefined when none does. */
  strike(kind: FaultKind, target: FaultTarget, now: number): Fault | undefined {
    for (const fault of this.#faults) {
      if (fault.kind !== kind || isSpent(fault, now) || !isAimedAt(fault, target)) continue;
      fault.seen += 1;
      this.#onChange();
      if (fault.seen <= fault.skip) continue;
      fault.hits += 1;
      return fault;
    }
    return undefined;
  }
}

function isAimedAt(fault: Fault, target: FaultTarget): boolean {
  if (fault.collection !== 'any' && fault.collection !== target.collection) return false;
  if (fault.page !== null && fault.page !== target.page) return false;
  if (fault.groupId !== null && fault.groupId !== target.groupId) return false;
  return target.limit > fault.limitAbove || fault.limitAbove === 0;
}
