import type { GuardVerdict } from '@gatehouse/contracts/plan';
import { noCounters, type RunCounters } from '@gatehouse/contracts/run';
import type { PlanSummary } from '../ports.ts';

/** A summary of a plan; override what the test is about. */
export function summaryOf(
  counters: Partial<RunCounters>,
  outcome: GuardVerdict['outcome'] = 'pass',
): PlanSummary {
  const all = { ...noCounters, ...counters };
  return {
    totals: {
      schema: 1,
      counters: all,
      changes: all.added + all.modified + all.cleanedUp + all.failed,
      groupChanges: all.groupsAdded + all.groupsModified + all.groupsCleanedUp + all.groupsFailed,
      usersRead: 0,
      usersOnlyInDirectory: 0,
    },
    verdict: { outcome, reasons: [] },
    suppressed: [],
    digest: '0'.repeat(64),
    facets: [],
  };
}
