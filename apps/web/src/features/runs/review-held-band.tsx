import type { Plan } from '@gatehouse/contracts/plan';
import { reasonWords } from '@gatehouse/contracts/run-words';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { Tile } from '../../components/ui/tile.tsx';
import classes from './review.module.css';

/** Why the guard holds the plan, and what the plan leaves out because not everything could be read. */
export function ReviewHeldBand({ plan }: { plan: Plan }) {
  const held = plan.verdict.outcome === 'hold';
  const reasons = [...(held ? plan.verdict.reasons : []), ...plan.suppressed];
  if (reasons.length === 0) return null;
  return (
    <section
      className={held ? classes.band : classes.bandAmber}
      aria-label={held ? 'Why it is held' : 'What is left out'}
    >
      <Tile state={held ? 'held' : 'filtered'} solid={held} wordHidden />
      <div className={classes.bandText}>
        <strong>{headOf(plan)}</strong>{' '}
        {reasons.map((reason) => (
          <span key={`${reason.code} ${JSON.stringify(reason.facts)}`}>
            <TextWithHiddenCharacters text={reasonWords(reason)} />{' '}
          </span>
        ))}
      </div>
    </section>
  );
}

function headOf({ verdict, state }: Plan): string {
  if (verdict.outcome !== 'hold') return 'Not everything could be read.';
  return state === 'open' ? 'The whole plan is held. Nothing of it is written.' : 'The guard held this plan.';
}
