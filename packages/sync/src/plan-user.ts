import type { CodedReason } from '@gatehouse/contracts/run';
import type { DirectoryPerson } from '@gatehouse/directory/directory-person';
import { userAttributeNames } from '@gatehouse/directory/directory-person';
import { type MappedUser, type MappedValue, mapAttributes } from '@gatehouse/mapping/attribute-mapping';
import { describeTrace } from '@gatehouse/mapping/trace-step';
import type { RuleWords, UserChange, UserState } from './change.ts';
import type { GroupFate } from './plan-group.ts';
import type { Pair } from './ports.ts';
import type { NameConflict } from './resolve-names.ts';
import type { AbsenceAnswer, SourceUser, SourceUserRow } from './source.ts';
import { isUnreadable } from './source.ts';
import { labelOfUser } from './user-label.ts';

/**
 * What planning a person gives, by what the source and the directory have of them:
 *
 * | source | directory | change |
 * |---|---|---|
 * | inactive, or a status that we do not know | – | skip, filtered: nobody is created who cannot sign in |
 * | unreadable, or a value that cannot be stored | any | skip, failed; nothing of theirs is touched |
 * | a username that another one has or gets | any | skip, failed, names both; nothing of theirs is touched |
 * | active | – | create |
 * | active | active | update when attributes or groups differ, else nothing |
 * | active | inactive | enable |
 * | inactive | active | disable, reason by status |
 * | inactive | inactive | update when attributes or groups differ, else nothing |
 * | unknown status | there | the state stays; update when attributes or groups differ, else nothing |
 * | absent, confirmed | active | disable; memberships stay, save in groups that are deleted |
 * | absent, not confirmed, or the list is not complete | active | skip, filtered: removal suppressed |
 * | absent | inactive | nothing, or update when a group of theirs is deleted |
 *
 * Groups: gained are those that the source says and that are not there yet; lost are those that it does not say any
 * more. Groups whose members are not known are in neither.
 */
export type UserPlanContext = {
  readonly usersComplete: boolean;
  /** What the source answered about absent people; one who was not asked counts as the sample, which confirmed. */
  readonly absences: ReadonlyMap<string, AbsenceAnswer>;
  readonly conflicts: ReadonlyMap<string, NameConflict>;
  /** By ordinal of the plan's groups. */
  readonly fateOf: (ordinal: number) => GroupFate;
};

export type UserPair = Pair<SourceUserRow, DirectoryPerson> & {
  /** Ordinals of groups, rising. */
  readonly groupsNow: ArrayLike<number>;
  readonly groupsWanted: ArrayLike<number>;
};

const inactiveReasons: Readonly<Record<string, string>> = {
  SUSPENDED: 'status-suspended',
  STAGED: 'status-staged',
  PROVISIONED: 'status-provisioned',
  DEPROVISIONED: 'status-deprovisioned',
};

const absenceReasons = {
  deprovisioned: 'deactivated-in-source',
  gone: 'deleted-in-source',
} as const;

/** Plans one person, purely; null when nothing is to be done. */
export function planUser(pair: UserPair, context: UserPlanContext): UserChange | null {
  const { source, directory } = pair;
  if (source === null) return directory === null ? null : planAbsent(pair, directory, context);
  if (isUnreadable(source)) return skip(pair, 'failed', source.failure);
  if (directory === null && source.presence !== 'active') {
    const code = source.presence === 'inactive' ? 'not-created-inactive' : 'not-created-unknown-status';
    return skip(pair, 'filtered', { code, facts: { status: source.status } });
  }
  const mapped = mapAttributes(source.profile);
  if (!mapped.ok) {
    const { code, attribute, detail } = mapped.failure;
    return skip(pair, 'failed', { code, facts: { attribute, detail } });
  }
  const conflict = context.conflicts.get(pair.key);
  if (conflict !== undefined) {
    const facts = { subject: 'user', externalId: pair.key, ...conflict };
    return skip(pair, 'failed', { code: 'name-taken', facts });
  }
  return planPresent(pair, { source, user: mapped.user, values: mapped.values }, context);
}

type Present = { source: SourceUser; user: MappedUser; values: readonly MappedValue[] };

function planPresent(
  pair: UserPair,
  { source, user, values }: Present,
  context: UserPlanContext,
): UserChange | null {
  const { directory } = pair;
  const added = gainedGroups(pair, context);
  const base = { ...baseOf(pair, source), groupsAdded: added };
  if (directory === null) {
    const reason = { code: 'new-in-source', facts: {} };
    const after = { ...user, active: true };
    const more = { after, groupsRemoved: [], rules: rulesOf(values), label: labelOfUser(pair, user) };
    return { ...base, ...more, operation: 'create', category: 'added', reason };
  }
  const active = source.presence === 'unknown' ? directory.active : source.presence === 'active';
  const removed = lostGroups(pair, context);
  const hasOtherProfile = userAttributeNames.some((name) => directory[name] !== user[name]);
  const hasOtherGroups = added.length > 0 || removed.length > 0;
  if (!hasOtherProfile && !hasOtherGroups && active === directory.active) return null;
  const kind = kindOf(directory.active, active);
  return {
    ...base,
    ...kind,
    reason: reasonOf(source, kind.operation, hasOtherProfile),
    after: { ...user, active },
    groupsRemoved: removed,
    rules: rulesOf(values),
    label: labelOfUser(pair, user),
  };
}

function kindOf(before: boolean, after: boolean) {
  if (before === after) return { operation: 'update', category: 'modified' } as const;
  return after
    ? ({ operation: 'enable', category: 'modified' } as const)
    : ({ operation: 'disable', category: 'cleaned-up' } as const);
}

/** Why somebody with this status of the source is not active. */
export function inactiveReason(status: string): CodedReason {
  return { code: inactiveReasons[status] ?? 'status-inactive', facts: { status } };
}

function reasonOf(source: SourceUser, operation: string, hasOtherProfile: boolean): CodedReason {
  const facts = { status: source.status };
  if (operation === 'disable') return inactiveReason(source.status);
  if (operation === 'enable') return { code: 'became-active', facts };
  if (source.presence === 'unknown') return { code: 'status-unknown', facts };
  return { code: hasOtherProfile ? 'profile-changed' : 'groups-changed', facts: {} };
}

function planAbsent(pair: UserPair, directory: DirectoryPerson, context: UserPlanContext): UserChange | null {
  const removed = lostGroups(pair, context);
  const base = { ...baseOf(pair, null), groupsRemoved: removed, label: labelOfUser(pair, directory) };
  if (!directory.active) {
    if (removed.length === 0) return null;
    const reason = { code: 'groups-changed', facts: {} };
    return { ...base, operation: 'update', category: 'modified', after: stateOf(directory), reason };
  }
  const answer = context.absences.get(pair.key);
  if (!context.usersComplete || answer === 'present' || answer === 'unknown') {
    const why = answer === 'present' || answer === 'unknown' ? `answer-${answer}` : 'users-incomplete';
    return skip(pair, 'filtered', { code: 'removal-suppressed', facts: { why } });
  }
  const code = answer === undefined ? 'absent-in-source' : absenceReasons[answer];
  const after = { ...stateOf(directory), active: false };
  return { ...base, operation: 'disable', category: 'cleaned-up', after, reason: { code, facts: {} } };
}

function skip(pair: UserPair, category: 'failed' | 'filtered', reason: CodedReason): UserChange {
  const { source, directory } = pair;
  const label = labelOfUser(pair, directory);
  return { ...baseOf(pair, source), operation: 'skip', category, reason, after: null, label };
}

function baseOf(pair: UserPair, source: SourceUserRow | null) {
  const { directory } = pair;
  const readable = source === null || isUnreadable(source) ? null : source;
  return {
    subject: 'user',
    key: pair.key,
    subjectId: directory?.id ?? null,
    plannedRevision: directory?.revision ?? null,
    before: directory === null ? null : stateOf(directory),
    sourceStatus: readable?.status ?? directory?.sourceStatus ?? null,
    sourceUpdatedAt: readable?.updatedAt ?? null,
    groupsAdded: [] as readonly number[],
    groupsRemoved: [] as readonly number[],
    rules: {} as RuleWords,
  } as const;
}

function stateOf({ username, email, firstName, lastName, displayName, active }: DirectoryPerson): UserState {
  return { username, email, firstName, lastName, displayName, active };
}

function rulesOf(values: readonly MappedValue[]): RuleWords {
  return Object.fromEntries(values.map(({ attribute, trace }) => [attribute, describeTrace(trace)]));
}

/** Ordinals that are wanted, not there, and may be given. */
function gainedGroups({ groupsNow, groupsWanted }: UserPair, context: UserPlanContext): number[] {
  return difference(groupsWanted, groupsNow, (ordinal) => context.fateOf(ordinal) === 'as-in-source');
}

/** Ordinals that are there and deleted, or there, not wanted any more and known to the end. */
function lostGroups({ source, groupsNow, groupsWanted }: UserPair, context: UserPlanContext): number[] {
  return difference(groupsNow, groupsWanted, (ordinal) => {
    const fate = context.fateOf(ordinal);
    // Nobody who is absent loses a membership: only a group that ends takes it along.
    return fate === 'deleted' || (fate === 'as-in-source' && source !== null);
  });
}

/** What is in `left`, not in `right`, and accepted; both rise. */
function difference(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  accepts: (value: number) => boolean,
): number[] {
  const result: number[] = [];
  let other = 0;
  for (let index = 0; index < left.length; index += 1) {
    const value = left[index] ?? 0;
    while (other < right.length && (right[other] ?? 0) < value) other += 1;
    if (right[other] !== value && accepts(value)) result.push(value);
  }
  return result;
}
