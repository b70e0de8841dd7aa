import type { RunSummary } from '@gatehouse/contracts/run';
import { reasonLabel } from '@gatehouse/contracts/run-words';
import { formatNoun } from '../../lib/format.ts';
import { heldChangesOf } from './connector-state.ts';

export type HeldWords = { title: string; text: string; reviewText: string };

/** What a held run says in the list: the dangerous number first, where there is one. */
export function heldWords({ id, counters, reason }: RunSummary): HeldWords {
  const cleanUps = counters?.cleanedUp ?? 0;
  const held = heldChangesOf(counters);
  const noun = cleanUps > 0 ? formatNoun(cleanUps, 'clean-up') : held > 0 ? formatNoun(held, 'change') : null;
  const one = (cleanUps > 0 ? cleanUps : held) === 1;
  const reasons = reasonsOf(reason?.facts);
  const why = reasons.length > 0 ? ` (${reasons.join(', ')})` : '';
  return {
    title: `${noun ?? `Run #${id}`} ${noun === null || one ? 'is' : 'are'} held.`,
    text: `The guard holds run #${id}${why}. Nothing of it is applied. Find the cause in Okta or in the rights of the token, then sync again, or discard the plan.`,
    reviewText: `Review ${noun ?? `run #${id}`}`,
  };
}

/** The guard's codes among the facts of `guard-held`, in words. */
function reasonsOf(facts: Readonly<Record<string, unknown>> | undefined): string[] {
  const codes = Array.isArray(facts?.reasons) ? facts.reasons : [];
  return codes.filter((code) => typeof code === 'string').map((code) => reasonLabel(code).toLowerCase());
}
