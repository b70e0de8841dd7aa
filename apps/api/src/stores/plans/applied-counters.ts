import type { ChangeCategory } from '@gatehouse/contracts/plan';
import { noCounters, type RunCounters } from '@gatehouse/contracts/run';

/** Rows of a plan of one kind in one state. */
export type StateCount = {
  subject: 'user' | 'group';
  category: ChangeCategory;
  state: 'pending' | 'applied' | 'drifted' | 'none';
  rows: number;
};

const counterOf = {
  user: {
    added: 'added',
    modified: 'modified',
    'cleaned-up': 'cleanedUp',
    filtered: 'filtered',
    failed: 'failed',
  },
  group: {
    added: 'groupsAdded',
    modified: 'groupsModified',
    'cleaned-up': 'groupsCleanedUp',
    filtered: null,
    failed: 'groupsFailed',
  },
} as const;

export type AppliedRows = { readonly counters: RunCounters; pending: number };

export function noRowsCounted(): AppliedRows {
  const counters: RunCounters = { ...noCounters };
  return { counters, pending: 0 };
}

/** What was applied, and skipped rows as the plan counted them; pending ones are nobody's. */
export function addRows(counted: AppliedRows, rows: readonly StateCount[]): void {
  for (const { subject, category, state, rows: count } of rows) {
    if (state === 'pending') counted.pending += count;
    else if (state === 'drifted') counted.counters.drifted += count;
    else {
      const counter = counterOf[subject][category];
      if (counter !== null) counted.counters[counter] += count;
    }
  }
}
