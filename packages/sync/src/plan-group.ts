import type { CodedReason } from '@gatehouse/contracts/run';
import type { DirectoryTeam, GroupAttributes } from '@gatehouse/directory/directory-person';
import type { GroupChange } from './change.ts';
import { groupNameProblem } from './group-name-problem.ts';
import type { Pair } from './ports.ts';
import type { NameConflict } from './resolve-names.ts';
import type { SourceGroup, SourceGroupRow } from './source.ts';
import { isUnreadable } from './source.ts';

/**
 * What planning a group gives, by what the source and the directory have of it:
 *
 * | source | directory | change | memberships |
 * |---|---|---|---|
 * | unreadable | any | skip, failed, with the record's reason | untouched |
 * | not selected (built-in) | any | skip, filtered | untouched |
 * | a name that cannot be stored | any | skip, failed | untouched |
 * | vanished while it was read | – | skip, filtered | none |
 * | vanished while it was read | there | delete | all removed |
 * | a name that another one has or gets | any | skip, failed, names both | untouched |
 * | there | – | create | as in the source |
 * | other name or description | there | update | as in the source |
 * | the same | there | nothing | as in the source |
 * | absent from a complete list | there | delete | all removed |
 * | absent from an incomplete list | there | skip, filtered: removal suppressed | untouched |
 */
export type GroupFate = 'as-in-source' | 'untouched' | 'deleted';

export type GroupPlanContext = {
  readonly groupsComplete: boolean;
  readonly gone: ReadonlySet<string>;
  /** Groups whose members are not known to the end. */
  readonly incomplete: ReadonlySet<string>;
  readonly conflicts: ReadonlyMap<string, NameConflict>;
};

export type GroupPair = Pair<SourceGroupRow, DirectoryTeam>;

export type PlannedGroup = { readonly change: GroupChange | null; readonly fate: GroupFate };

/** Plans one group, purely. */
export function planGroup(pair: GroupPair, context: GroupPlanContext): PlannedGroup {
  const { source } = pair;
  if (source === null) return planAbsent(pair, context);
  const refusal = refusalOf(source, context);
  if (refusal !== null) return skip(pair, refusal);
  if (context.gone.has(pair.key)) {
    return pair.directory === null
      ? skip(pair, { category: 'filtered', reason: { code: 'not-created-gone', facts: {} } })
      : remove(pair, pair.directory);
  }
  const conflict = context.conflicts.get(pair.key);
  if (conflict !== undefined) {
    const facts = { subject: 'group', externalId: pair.key, ...conflict };
    return skip(pair, { category: 'failed', reason: { code: 'name-taken', facts } });
  }
  const fate = context.incomplete.has(pair.key) ? 'untouched' : 'as-in-source';
  return { change: isUnreadable(source) ? null : writeOf(pair, source), fate };
}

/** The attributes that the directory would keep; null when the record cannot be taken as it is. */
export function wantedGroup(source: SourceGroupRow | null): GroupAttributes | null {
  if (source === null || isUnreadable(source) || !source.selected) return null;
  if (groupNameProblem(source.name) !== null) return null;
  return attributesOf(source);
}

function attributesOf(source: SourceGroup): GroupAttributes {
  // NUL ends a text in many a product; half a surrogate cannot be stored at all.
  const description = source.description.toWellFormed().replaceAll('\0', '\ufffd');
  return { name: source.name, description };
}

type Refusal = { readonly category: 'failed' | 'filtered'; readonly reason: CodedReason };

function refusalOf(source: SourceGroupRow, context: GroupPlanContext): Refusal | null {
  if (isUnreadable(source)) return { category: 'failed', reason: source.failure };
  if (!source.selected) {
    return { category: 'filtered', reason: { code: 'built-in', facts: { type: source.type } } };
  }
  if (context.gone.has(source.externalId)) return null;
  const problem = groupNameProblem(source.name);
  return problem === null ? null : { category: 'failed', reason: problem };
}

function planAbsent(pair: GroupPair, context: GroupPlanContext): PlannedGroup {
  if (pair.directory === null) return { change: null, fate: 'untouched' };
  if (context.groupsComplete) return remove(pair, pair.directory);
  const reason = { code: 'removal-suppressed', facts: { why: 'groups-incomplete' } };
  return skip(pair, { category: 'filtered', reason });
}

function remove(pair: GroupPair, directory: DirectoryTeam): PlannedGroup {
  const change: GroupChange = {
    ...baseOf(pair),
    operation: 'delete',
    category: 'cleaned-up',
    after: null,
    reason: { code: 'deleted-in-source', facts: {} },
    label: { name: directory.name },
  };
  return { change, fate: 'deleted' };
}

function writeOf(pair: GroupPair, source: SourceGroup): GroupChange | null {
  const after = attributesOf(source);
  const base = { ...baseOf(pair), after, label: { name: after.name } };
  const { directory } = pair;
  if (directory === null) {
    const reason = { code: 'new-in-source', facts: { type: source.type } };
    return { ...base, operation: 'create', category: 'added', reason };
  }
  if (directory.name === after.name && directory.description === after.description) return null;
  const reason = { code: 'profile-changed', facts: {} };
  return { ...base, operation: 'update', category: 'modified', reason };
}

function skip(pair: GroupPair, refusal: Refusal): PlannedGroup {
  const { source, directory } = pair;
  const sourceName = source === null ? '' : isUnreadable(source) ? source.label : source.name;
  const name = directory?.name ?? (sourceName === '' ? pair.key : sourceName);
  return {
    change: { ...baseOf(pair), ...refusal, operation: 'skip', after: null, label: { name } },
    fate: 'untouched',
  };
}

function baseOf(pair: GroupPair) {
  const { directory } = pair;
  return {
    subject: 'group',
    key: pair.key,
    subjectId: directory?.id ?? null,
    plannedRevision: directory?.revision ?? null,
    before: directory === null ? null : { name: directory.name, description: directory.description },
  } as const;
}
