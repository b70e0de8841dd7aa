import type { CodedReason, RunCounters } from '@gatehouse/contracts/run';
import { factNumber } from '@gatehouse/contracts/run-facts';
import { formatCount } from '../../lib/format.ts';

export type BesideCounters = {
  /** Groups that were read and are not synced; the counters of a run do not hold them. */
  groupsFiltered: number;
  /** Of the plan, when the guard holds it. */
  guardReasons: readonly CodedReason[];
};

/** "Groups: 37 added, 2 failed, 1 filtered. Memberships: 6,012 gained, 0 lost." */
export function groupSentence(
  counters: RunCounters,
  { groupsFiltered, guardReasons }: BesideCounters,
): string {
  const { groupsAdded, groupsModified, groupsCleanedUp, groupsFailed, membershipsGained } = counters;
  const groups = [
    [groupsAdded, 'added'],
    [groupsModified, 'modified'],
    [groupsCleanedUp, 'cleaned up'],
    [groupsFailed, 'failed'],
    [groupsFiltered, 'filtered'],
  ] as const;
  const changed = groups.slice(0, 4).some(([count]) => count > 0);
  const parts = groups.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  const words = (changed ? parts : ['none changed', ...parts]).join(', ');
  return `Groups: ${words}. Memberships: ${formatCount(membershipsGained)} gained, ${lostWords(counters, guardReasons)}.`;
}

/**
 * A plan counts what its people lose. The guard counts every membership that ends, also of people whose own row is left
 * out and whose group goes.
 */
function lostWords({ membershipsLost }: RunCounters, guardReasons: readonly CodedReason[]): string {
  const reason = guardReasons.find(({ code }) => code === 'guard-memberships');
  const all = reason === undefined ? 0 : factNumber(reason.facts, 'planned');
  const lost = `${formatCount(membershipsLost)} lost`;
  if (all <= membershipsLost) return lost;
  return `${lost} by people who change; ${formatCount(all - membershipsLost)} more end with groups that are cleaned up, ${formatCount(all)} in all`;
}
