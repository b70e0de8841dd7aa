import { foldName } from '@gatehouse/mapping/fold-name';
import type { GroupChange } from './change.ts';
import type { GroupFate, GroupPair, GroupPlanContext } from './plan-group.ts';
import { planGroup, wantedGroup } from './plan-group.ts';
import { collectClaims } from './plan-names.ts';
import type { PlanGroup, PlanningView } from './ports.ts';
import type { NameClaim, ResolvedNames } from './resolve-names.ts';
import { ClaimCollector, takersInOrder } from './resolve-names.ts';

/** All groups of source and directory, numbered in key order: small, and needed as a whole to plan people. */
export type GroupTable = {
  /** By ordinal. */
  readonly groups: readonly PlanGroup[];
  readonly fates: readonly GroupFate[];
  readonly ordinalOfKey: ReadonlyMap<string, number>;
  readonly ordinalOfId: ReadonlyMap<number, number>;
  /** In the order of the plan: by key, but each taker of a name after its giver. */
  readonly changes: readonly GroupChange[];
};

/** Plans all groups. They are few enough to be held in memory at once. */
export async function planGroups(
  view: PlanningView,
  options: { readonly groupsComplete: boolean; readonly pause: () => Promise<void> },
): Promise<GroupTable> {
  const { groupsComplete, pause } = options;
  const pairs: GroupPair[] = [];
  for await (const batch of view.groups()) {
    pairs.push(...batch);
    await pause();
  }
  const [gone, incomplete] = [await view.goneGroups(), await view.incompleteGroups()];
  const { conflicts, takers } = await resolveGroupNames(view, pairs, { groupsComplete, gone });
  const context: GroupPlanContext = { groupsComplete, gone, incomplete, conflicts };
  const fates: GroupFate[] = [];
  const changes = new Map<string, GroupChange>();
  for (const pair of pairs) {
    const { change, fate } = planGroup(pair, context);
    fates.push(fate);
    if (change !== null) changes.set(pair.key, change);
  }
  return {
    groups: pairs.map(namedGroup),
    fates,
    ordinalOfKey: new Map(pairs.map((pair, ordinal) => [pair.key, ordinal])),
    ordinalOfId: new Map(
      pairs.flatMap(({ directory }, ordinal) => (directory === null ? [] : [[directory.id, ordinal]])),
    ),
    changes: inPlanOrder(changes, takers),
  };
}

async function resolveGroupNames(
  view: PlanningView,
  pairs: readonly GroupPair[],
  read: { readonly groupsComplete: boolean; readonly gone: ReadonlySet<string> },
): Promise<ResolvedNames> {
  const claims: NameClaim[] = [];
  const leaving = new Set<string>();
  for (const { key, source, directory } of pairs) {
    if (read.gone.has(key) || (source === null && read.groupsComplete)) {
      leaving.add(key);
      continue;
    }
    const wanted = wantedGroup(source);
    if (wanted === null) continue;
    const folded = foldName(wanted.name);
    const current = directory === null ? null : foldName(directory.name);
    if (folded !== current) claims.push({ key, name: wanted.name, folded, current });
  }
  const collector = new ClaimCollector();
  await collectClaims(collector, claims, (folded) => view.holdersOfGroupNames(folded));
  return collector.resolve(leaving);
}

function namedGroup({ key, source, directory }: GroupPair, ordinal: number): PlanGroup {
  const name = wantedGroup(source)?.name ?? directory?.name ?? key;
  return { ordinal, groupId: directory?.id ?? null, externalId: key, name };
}

/** Takes the takers out of the order of keys and puts them behind. */
function inPlanOrder(
  changes: ReadonlyMap<string, GroupChange>,
  takers: ReadonlyMap<string, string>,
): GroupChange[] {
  const last = takersInOrder(takers).map((key) => changes.get(key));
  const first = [...changes.values()].filter((change) => !takers.has(change.key));
  return [...first, ...last.filter((change) => change !== undefined)];
}
