import { defaultGuardLimits, type GuardLimit, type GuardLimits } from '@gatehouse/contracts/guard-limits';
import type { GuardVerdict } from '@gatehouse/contracts/plan';
import type { CodedReason } from '@gatehouse/contracts/run';
import type { GuardReasonCode } from '@gatehouse/contracts/run-codes';
import { userAttributeLabels, userAttributeNames } from '@gatehouse/directory/directory-person';
import type { PlannedRemovals } from './plan-counts.ts';
import type { SnapshotFacts } from './source.ts';

export type GuardInput = {
  readonly facts: SnapshotFacts;
  /** Of the newest complete read whose plan passed; null before the first. */
  readonly lastGood: SnapshotFacts | null;
  /** Of the newest read at all: a new owner of the token holds one run, not every one after it. */
  readonly lastRead: SnapshotFacts | null;
  /** This connector's rows before the plan. */
  readonly directory: { readonly activeUsers: number; readonly memberships: number };
  readonly removals: PlannedRemovals;
};

/**
 * Decides whether a plan of a full read may be applied without a person, purely.
 *
 * | held when | measure |
 * |---|---|
 * | a collection was not read completely | the read's own facts |
 * | the list of people is empty | |
 * | people are missing | fewer than 80 % of the last good run's, and more than 3 missing |
 * | groups are missing | the same |
 * | people are to be disabled | more than 10 % of the active ones, and more than 3 |
 * | memberships are to be removed | more than 20 % of all, and more than 10 |
 * | an attribute goes blank | for more than 20 % of those who have it, and more than 3 |
 * | the token's owner is another one than at the last read | |
 */
export function judge(input: GuardInput, limits: GuardLimits = defaultGuardLimits): GuardVerdict {
  const reasons = [
    ...incompleteRead(input.facts),
    ...missing(input, limits),
    ...removing(input, limits),
    ...blanking(input.removals, limits.blankValues),
    ...ownerChange(input),
  ];
  return { outcome: reasons.length === 0 ? 'pass' : 'hold', reasons };
}

/** The largest number that passes. */
function largest(limit: GuardLimit, total: number): number {
  return Math.max(limit.floor, Math.floor(total * limit.share));
}

function reason(code: GuardReasonCode, facts: CodedReason['facts']): CodedReason {
  return { code, facts };
}

function incompleteRead(facts: SnapshotFacts): CodedReason[] {
  const collections = [
    ...(facts.usersComplete ? [] : ['people']),
    ...(facts.groupsComplete ? [] : ['groups']),
  ];
  if (collections.length === 0) return [];
  return [reason('guard-incomplete-read', { collections: collections.join(' and '), gaps: [...facts.gaps] })];
}

function missing({ facts, lastGood }: GuardInput, limits: GuardLimits): CodedReason[] {
  if (facts.usersRead === 0) return [reason('guard-no-users', { before: lastGood?.usersRead ?? null })];
  if (lastGood === null) return [];
  const pairs = [
    ['guard-users-dropped', facts.usersRead, lastGood.usersRead, limits.usersMissing],
    ['guard-groups-dropped', facts.groupsRead, lastGood.groupsRead, limits.groupsMissing],
  ] as const;
  return pairs.flatMap(([code, seen, before, limit]) => {
    const count = before - seen;
    const allowed = largest(limit, before);
    return count > allowed ? [reason(code, { seen, before, missing: count, limit: allowed })] : [];
  });
}

function removing({ directory, removals }: GuardInput, limits: GuardLimits): CodedReason[] {
  const reasons: CodedReason[] = [];
  const people = largest(limits.removals, directory.activeUsers);
  if (removals.disabled > people) {
    const facts = { planned: removals.disabled, active: directory.activeUsers, limit: people };
    reasons.push(reason('guard-removals', facts));
  }
  const memberships = largest(limits.memberships, directory.memberships);
  if (removals.memberships > memberships) {
    const facts = { planned: removals.memberships, total: directory.memberships, limit: memberships };
    reasons.push(reason('guard-memberships', facts));
  }
  return reasons;
}

function blanking(removals: PlannedRemovals, limit: GuardLimit): CodedReason[] {
  return userAttributeNames.flatMap((attribute) => {
    const { had, blank } = removals.blanks[attribute];
    const allowed = largest(limit, had);
    const facts = { attribute, label: userAttributeLabels[attribute], blank, had, limit: allowed };
    return blank > allowed ? [reason('guard-attribute-blank', facts)] : [];
  });
}

function ownerChange({ facts, lastRead }: GuardInput): CodedReason[] {
  if (lastRead === null || lastRead.owner?.id === facts.owner?.id) return [];
  return [
    reason('guard-owner-changed', {
      owner: facts.owner?.login ?? null,
      before: lastRead.owner?.login ?? null,
    }),
  ];
}
