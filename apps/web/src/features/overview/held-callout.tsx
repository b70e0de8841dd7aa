import type { RunSummary } from '@gatehouse/contracts/run';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { Callout } from '../../components/ui/callout.tsx';
import { formatNoun } from '../../lib/format.ts';
import { heldChanges, heldTitle } from './health.ts';

/** What waits for a person: the newest held run, and how many there are beside it. */
export function HeldCallout({ run, total }: { run: RunSummary; total: number }) {
  const held = heldChanges(run.counters);
  const others = total - 1;
  return (
    <Callout
      kind="held"
      title={heldTitle(run)}
      actions={
        <ButtonLink to="/runs/$runId/review" params={{ runId: String(run.id) }} variant="filled">
          {held > 0 ? `Review ${formatNoun(held, 'change')}` : `Review run #${run.id}`}
        </ButtonLink>
      }
    >
      Run #{run.id} of {run.connector.name} stopped at the guard. Find the cause in Okta or in the rights of
      the token, then sync again, or discard the plan.
      {others > 0 && ` ${formatNoun(others, 'other run')} ${others === 1 ? 'is' : 'are'} held too.`}
    </Callout>
  );
}
