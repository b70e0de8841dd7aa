import type { Facts } from '../run-facts.ts';

/** What people read instead of a code: a few words for filters, and sentences. */
export type Words = { readonly label: string; readonly sentence: (facts: Facts) => string };

export type WordTable<Code extends string> = Readonly<Record<Code, Words>>;
