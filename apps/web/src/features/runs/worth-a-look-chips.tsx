import type { Plan } from '@gatehouse/contracts/plan';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { formatCount } from '../../lib/format.ts';
import classes from './review.module.css';
import { filterOf, type ReviewSearch } from './review-search.ts';
import { fittingChips, worthALook } from './worth-a-look.ts';

type WorthALookChipsProps = {
  plan: Plan;
  search: ReviewSearch;
  /** Of the list, in px: what does not fit into a line stands behind a button. */
  width: number;
  onChange: (next: ReviewSearch) => void;
};

/** What a person should see before applying; each chip is a filter, and takes it back. */
export function WorthALookChips({ plan, search, width, onChange }: WorthALookChipsProps) {
  const [expanded, setExpanded] = useState(false);
  const chips = worthALook(plan);
  if (chips.length === 0) return null;
  const current = JSON.stringify(filterOf(search));
  const fitting = fittingChips(
    chips.map(({ text }) => text),
    width,
  );
  const hidden = chips.length - fitting;
  return (
    <fieldset className={classes.chips} data-expanded={expanded || undefined}>
      <legend className={classes.chipsTitle}>Worth a look</legend>
      {(expanded ? chips : chips.slice(0, fitting)).map((chip) => {
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
      {hidden > 0 && (
        <button
          type="button"
          className={classes.chip}
          aria-expanded={expanded}
          aria-label={expanded ? 'Show fewer' : `Show ${formatCount(hidden)} more worth a look`}
          onClick={() => setExpanded(!expanded)}
        >
          {expanded ? 'Fewer' : `+${formatCount(hidden)}`}
        </button>
      )}
    </fieldset>
  );
}
