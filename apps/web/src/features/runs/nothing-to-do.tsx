import type { Plan } from '@gatehouse/contracts/plan';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { formatNoun } from '../../lib/format.ts';
import classes from './review.module.css';

/** The plan is empty: the directory is what Okta says. */
export function NothingToDo({ plan }: { plan: Plan }) {
  const { notModified, filtered } = plan.totals.counters;
  return (
    <div className={classes.nothing}>
      <EmptyState
        title="Nothing to do"
        lead={
          `The directory is as Okta says: ${formatNoun(notModified, 'user')} compared, none differs.` +
          (filtered > 0 ? ` ${formatNoun(filtered, 'user')} filtered.` : '')
        }
      />
    </div>
  );
}
