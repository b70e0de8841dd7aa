import type { DirectoryTeam } from '@gatehouse/directory/directory-person';
import { mapAttributes } from '@gatehouse/mapping/attribute-mapping';
import { foldName } from '@gatehouse/mapping/fold-name';
import type { GroupChange } from './change.ts';
import { compareBytes } from './compare-bytes.ts';
import type { PersonNeeds, PersonPlan, PersonState } from './person-ports.ts';
import type { GroupFate, GroupPair, PlannedGroup } from './plan-group.ts';
import { planGroup, wantedGroup } from './plan-group.ts';
import { claimOf } from './plan-names.ts';
import { planUser } from './plan-user.ts';
import type { PlanGroup } from './ports.ts';
import type { NameClaim, NameConflict } from './resolve-names.ts';
import { ClaimCollector } from './resolve-names.ts';
import type { PersonRead, SourceUserRow } from './source.ts';
import { isUnreadable } from './source.ts';

export type FoundPerson = Extract<PersonRead, { outcome: 'found' }>;

/** What of the directory a plan depends on. */
export function needsOf({ user, groups }: FoundPerson): PersonNeeds {
  const username = usernameOf(user);
  return {
    groups: groups.map(({ externalId }) => externalId),
    userNames: username === null ? [] : [foldName(username)],
    groupNames: [...new Set(groups.flatMap((group) => foldedName(wantedGroup(group))))],
  };
}

/**
 * Plans one person with their groups, purely: the person as a full run would, and of groups less:
 *
 * | a group of theirs is | the run |
 * |---|---|
 * | known to the directory | joins or leaves it; its name and description are a full run's business |
 * | not known, and could be created | creates it along with the membership |
 * | not known, and built-in, unreadable, or of a name that is taken or cannot be stored | leaves it out and says so |
 * | in the directory, and not theirs any more | leaves it, if the list of their groups is complete |
 *
 * Nobody gives up a name here: a name that is held stays held.
 */
export function planPerson(read: FoundPerson, state: PersonState): PersonPlan {
  const { user } = read;
  const { person } = state;
  const theirs = planTheirGroups(read, state);
  const pair = { key: user.externalId, source: user, directory: person, ...theirs.memberships };
  const change = planUser(pair, {
    usersComplete: true,
    absences: new Map(),
    conflicts: userConflicts(user, state),
    fateOf: (ordinal) => theirs.fates[ordinal] ?? 'untouched',
  });
  const gained = new Set(change?.groupsAdded);
  const named = new Set([...gained, ...(change?.groupsRemoved ?? [])]);
  return {
    person,
    change,
    groups: theirs.groups.filter(({ ordinal }) => named.has(ordinal)),
    createdGroups: theirs.changes.flatMap((planned, ordinal) =>
      planned?.operation === 'create' && gained.has(ordinal) ? [planned] : [],
    ),
    leftOut: theirs.changes.flatMap((planned) =>
      planned?.operation === 'skip' && planned.subjectId === null ? [planned] : [],
    ),
  };
}

type TheirGroups = {
  /** By ordinal, as all that follows. */
  readonly groups: readonly PlanGroup[];
  readonly fates: readonly GroupFate[];
  readonly changes: readonly (GroupChange | null)[];
  readonly memberships: { readonly groupsNow: readonly number[]; readonly groupsWanted: readonly number[] };
};

function planTheirGroups(read: FoundPerson, state: PersonState): TheirGroups {
  const pairs = pairsOf(read, state.groups);
  const conflicts = groupConflicts(pairs, state);
  const planned = pairs.map((pair) => planOne(pair, conflicts, read.groupsComplete));
  const isMember = new Set(state.memberships);
  return {
    groups: pairs.map(namedGroup),
    fates: planned.map(({ fate }) => fate),
    changes: planned.map(({ change }) => change),
    memberships: {
      groupsNow: ordinalsOf(pairs, ({ directory }) => directory !== null && isMember.has(directory.id)),
      groupsWanted: ordinalsOf(pairs, ({ source }) => source !== null),
    },
  };
}

function pairsOf({ groups }: FoundPerson, teams: readonly DirectoryTeam[]): GroupPair[] {
  const sources = new Map(groups.map((group) => [group.externalId, group]));
  const known = new Map(teams.map((team) => [team.externalId, team]));
  return [...new Set([...sources.keys(), ...known.keys()])]
    .sort(compareBytes)
    .map((key) => ({ key, source: sources.get(key) ?? null, directory: known.get(key) ?? null }));
}

/** A group that the list does not name exists all the same: only the membership ends. */
function planOne(
  pair: GroupPair,
  conflicts: ReadonlyMap<string, NameConflict>,
  groupsComplete: boolean,
): PlannedGroup {
  if (pair.source === null) return { change: null, fate: groupsComplete ? 'as-in-source' : 'untouched' };
  const none: ReadonlySet<string> = new Set();
  return planGroup(pair, { groupsComplete, gone: none, incomplete: none, conflicts });
}

function groupConflicts(
  pairs: readonly GroupPair[],
  { groupNames }: PersonState,
): ReadonlyMap<string, NameConflict> {
  const collector = new ClaimCollector();
  for (const { key, source, directory } of pairs) {
    const wanted = wantedGroup(source);
    if (wanted === null) continue;
    const folded = foldName(wanted.name);
    if (directory !== null && foldName(directory.name) === folded) continue;
    // `current: null`, as of a new one: a known group keeps its name, so that nobody else can have it.
    collector.add({ key, name: wanted.name, folded, current: null }, groupNames.get(folded));
  }
  return collector.resolve(new Set()).conflicts;
}

function userConflicts(
  user: SourceUserRow,
  { person, userNames }: PersonState,
): ReadonlyMap<string, NameConflict> {
  const collector = new ClaimCollector();
  const claim: NameClaim | null = claimOf(user.externalId, user, person?.username ?? null);
  if (claim !== null) collector.add(claim, userNames.get(claim.folded));
  return collector.resolve(new Set()).conflicts;
}

function namedGroup({ key, source, directory }: GroupPair, ordinal: number): PlanGroup {
  const name = directory?.name ?? wantedGroup(source)?.name ?? key;
  return { ordinal, groupId: directory?.id ?? null, externalId: key, name };
}

function ordinalsOf(pairs: readonly GroupPair[], accepts: (pair: GroupPair) => boolean): number[] {
  return pairs.flatMap((pair, ordinal) => (accepts(pair) ? [ordinal] : []));
}

function usernameOf(user: SourceUserRow): string | null {
  if (isUnreadable(user)) return null;
  const mapped = mapAttributes(user.profile);
  return mapped.ok ? mapped.user.username : null;
}

function foldedName(group: { readonly name: string } | null): string[] {
  return group === null ? [] : [foldName(group.name)];
}
