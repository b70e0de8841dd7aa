import type { GuardVerdict } from '@gatehouse/contracts/plan';
import type { RunCounters } from '@gatehouse/contracts/run';
import type { PlanSummary } from '../ports.ts';

export const zeroCounters: RunCounters = {
  added: 0,
  modified: 0,
  notModified: 0,
  cleanedUp: 0,
  filtered: 0,
  held: 0,
  drifted: 0,
  failed: 0,
  groupsAdded: 0,
  groupsModified: 0,
  groupsCleanedUp: 0,
  groupsFailed: 0,
  membershipsGained: 0,
  membershipsLost: 0,
};

/** A summary of a plan; override what the test is about. */
export function summaryOf(
  counters: Partial<RunCounters>,
  outcome: GuardVerdict['outcome'] = 'pass',
): PlanSummary {
  const all = { ...zeroCounters, ...counters };
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
