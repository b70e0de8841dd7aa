import type { Plan } from '@gatehouse/contracts/plan';
import { Button } from '@mantine/core';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { formatNoun } from '../../lib/format.ts';
import classes from './review.module.css';
import type { ReviewSearch } from './review-search.ts';

type NothingToDoProps = { plan: Plan; onChange: (next: ReviewSearch) => void };

/** The plan is empty: the directory is what Okta says. */
export function NothingToDo({ plan, onChange }: NothingToDoProps) {
  const { notModified, filtered } = plan.totals.counters;
  const same = formatNoun(notModified, 'user');
  return (
    <div className={classes.nothing}>
      <EmptyState
        title="Nothing to do"
        lead={
          `The directory is as Okta says: ${same} compared, none differs.` +
          (filtered > 0 ? ` ${formatNoun(filtered, 'user')} filtered.` : '')
        }
        actions={
          notModified > 0 && (
            <Button
              onClick={() => onChange({ category: 'not-modified' })}
            >{`Show ${same} not modified`}</Button>
          )
        }
      />
    </div>
  );
}
