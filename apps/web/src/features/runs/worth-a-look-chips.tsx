import type { Plan } from '@gatehouse/contracts/plan';
import { IconEye } from '@tabler/icons-react';
import classes from './review.module.css';
import { filterOf, type ReviewSearch } from './review-search.ts';
import { worthALook } from './worth-a-look.ts';

type WorthALookChipsProps = { plan: Plan; search: ReviewSearch; onChange: (next: ReviewSearch) => void };

/** What a person should see before applying; each chip is a filter, and takes it back. */
export function WorthALookChips({ plan, search, onChange }: WorthALookChipsProps) {
  const chips = worthALook(plan);
  if (chips.length === 0) return null;
  const current = JSON.stringify(filterOf(search));
  return (
    <fieldset className={classes.chips}>
      <legend className={classes.chipsTitle}>Worth a look</legend>
      {chips.map((chip) => {
        const chosen = JSON.stringify(filterOf(chip.search)) === current;
        return (
          <button
            key={chip.key}
            type="button"
            className={classes.chip}
            aria-pressed={chosen}
            onClick={() => onChange(chosen ? {} : chip.search)}
          >
            <IconEye size={14} stroke={1.7} aria-hidden="true" />
            {chip.text}
          </button>
        );
      })}
    </fieldset>
  );
}
