import type { RunSummary } from '@gatehouse/contracts/run';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { Callout } from '../../components/ui/callout.tsx';
import { formatNoun } from '../../lib/format.ts';
import { heldChanges } from './health.ts';

/** What waits for a person: the newest held run, and how many there are beside it. */
export function HeldCallout({ run, total }: { run: RunSummary; total: number }) {
  const held = heldChanges(run.counters);
  const others = total - 1;
  const what =
    held > 0 ? `${formatNoun(held, 'change')} ${held === 1 ? 'is' : 'are'} held` : `Run #${run.id} is held`;
  return (
    <Callout
      kind="held"
      title={`${what}. Nobody is removed until you decide.`}
      actions={
        <ButtonLink to="/runs/$runId/review" params={{ runId: String(run.id) }} variant="filled">
          {held > 0 ? `Review ${formatNoun(held, 'change')}` : `Review run #${run.id}`}
        </ButtonLink>
      }
    >
      Run #{run.id} of {run.connector.name} stopped at the guard and applied nothing.
      {others > 0 && ` ${formatNoun(others, 'other run')} ${others === 1 ? 'waits' : 'wait'} too.`}
    </Callout>
  );
}
