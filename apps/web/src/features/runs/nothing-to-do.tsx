import type { Plan } from '@gatehouse/contracts/plan';
import { Button } from '@mantine/core';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { formatNoun } from '../../lib/format.ts';
import classes from './review.module.css';
import type { ReviewSearch } from './review-search.ts';
import { failedSentence } from './run-end-words.ts';

type NothingToDoProps = { plan: Plan; onChange: (next: ReviewSearch) => void };

/**
 * No change is planned, but that says nothing about Okta: the guard holds the plan, and what is missing in an
 * incomplete read is left as it is.
 */
export function NothingPlanned({ plan, onChange }: NothingToDoProps) {
  const { filtered } = plan.totals.counters;
  return (
    <div className={classes.nothing}>
      <EmptyState
        title="No change is planned"
        lead="What Okta answered was not enough to compare with. Whoever is missing in it stays as they are."
        actions={
          filtered > 0 && (
            <Button onClick={() => onChange({ category: 'filtered' })}>
              {`Show ${formatNoun(filtered, 'user')} left as they are`}
            </Button>
          )
        }
      />
    </div>
  );
}

/** The plan would write nothing: the directory is what Okta says, but for what failed. */
export function NothingToDo({ plan, onChange }: NothingToDoProps) {
  const { notModified, filtered, failed, groupsFailed } = plan.totals.counters;
  const notDone = failedSentence({ failed, groupsFailed });
  const same = formatNoun(notModified, 'user');
  return (
    <div className={classes.nothing}>
      <EmptyState
        title="Nothing to do"
        lead={
          `The directory is as Okta says: ${same} compared, none differs.` +
          (filtered > 0 ? ` ${formatNoun(filtered, 'user')} filtered.` : '') +
          (notDone === null ? '' : ` ${notDone}`)
        }
        actions={
          <>
            {failed > 0 && (
              <Button onClick={() => onChange({ category: 'failed' })}>
                {`Show ${formatNoun(failed, 'user')} failed`}
              </Button>
            )}
            {groupsFailed > 0 && (
              <Button onClick={() => onChange({ subject: 'group', category: 'failed' })}>
                {`Show ${formatNoun(groupsFailed, 'group')} failed`}
              </Button>
            )}
            {notModified > 0 && (
              <Button
                onClick={() => onChange({ category: 'not-modified' })}
              >{`Show ${same} not modified`}</Button>
            )}
          </>
        }
      />
    </div>
  );
}
