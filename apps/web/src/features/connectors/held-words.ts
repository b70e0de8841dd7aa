import type { RunSummary } from '@gatehouse/contracts/run';
import { formatNoun } from '../../lib/format.ts';

/** What a held run says in the list: the dangerous number first, where there is one. */
export function heldWords({ id, counters }: RunSummary): { title: string; reviewText: string } {
  const cleanUps = counters?.cleanedUp ?? 0;
  if (cleanUps > 0) {
    const noun = formatNoun(cleanUps, 'clean-up');
    return {
      title: `${noun} ${cleanUps === 1 ? 'waits' : 'wait'} for a decision.`,
      reviewText: `Review ${noun}`,
    };
  }
  return { title: `Run #${id} waits for a decision.`, reviewText: `Review run #${id}` };
}
