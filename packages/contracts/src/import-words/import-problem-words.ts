import type { ImportProblemCode } from '../import-codes.ts';
import type { Facts } from '../run-facts.ts';
import { clientWords } from './client-words.ts';
import { providerWords } from './provider-words.ts';
import { reachWords } from './reach-words.ts';
import type { Entry, EntryTable, ImportProblemWords } from './words.ts';

const table: EntryTable<ImportProblemCode> = { ...reachWords, ...providerWords, ...clientWords };

/**
 * What people read about a problem of *Import Metadata*. Facts: `preset` (okta | oidc), `host`, `url`, `addressField`
 * (domain | issuer), `status`, `error` and `said` of an answer, and what a code names. Never throws, whatever the facts.
 */
export function importProblemWords(code: ImportProblemCode, facts: Facts): ImportProblemWords {
  const { saw, matters, advice, field }: Entry = table[code];
  return { saw: saw(facts), matters: matters(facts), advice: advice(facts), field: field(facts) };
}
