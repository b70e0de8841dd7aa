import { type AdminKey, adminByKey } from './admins.ts';
import type { Organisation } from './organisation.ts';
import { includesSorted } from './sorted-positions.ts';
import type { Group, User } from './types.ts';

/** What one admin sees: everything, or the members of a few groups and never Everyone. */
export type Sight = {
  /** Names the sight among those of one state of the org. */
  readonly key: string;
  /** Positions of the people in sight, any status, ascending. */
  readonly users: readonly number[];
  /** Positions of the groups in sight, ascending. */
  readonly groups: readonly number[];
  readonly isLimited: boolean;
};

export function seesUser(sight: Sight, user: User): boolean {
  return !sight.isLimited || includesSorted(sight.users, user.position);
}

export function seesGroup(sight: Sight, group: Group): boolean {
  return !sight.isLimited || includesSorted(sight.groups, group.position);
}

/** The sight of an admin. */
export function sightOf(organisation: Organisation, owner: AdminKey): Sight {
  if (adminByKey(owner).sight === 'some-groups') {
    return limitedTo(organisation, owner, organisation.groupAdminGroups);
  }
  return {
    key: 'everything',
    users: organisation.users.flatMap((user) => user?.position ?? []),
    groups: organisation.groups.flatMap((group) => group?.position ?? []),
    isLimited: false,
  };
}

/** A sight cut down to whole groups, smallest first, that together hold at most this share of its people. */
export function narrowSight(organisation: Organisation, sight: Sight, share: number): Sight {
  const groups = sight.groups
    .flatMap((position) => organisation.groups[position] ?? [])
    .filter((group) => group.type !== 'BUILT_IN')
    .sort((left, right) => organisation.membersOf(left).length - organisation.membersOf(right).length);
  const most = sight.users.length * share;
  const people = new Set<number>();
  const kept: number[] = [];
  for (const group of groups) {
    const members = organisation.membersOf(group);
    const joining = members.filter((position) => !people.has(position)).length;
    if (people.size + joining > most) break;
    for (const position of members) people.add(position);
    kept.push(group.position);
  }
  return limitedTo(organisation, `${sight.key} narrowed to ${share}`, kept);
}

function limitedTo(organisation: Organisation, key: string, positions: readonly number[]): Sight {
  const groups = positions.flatMap((position) => organisation.groups[position] ?? []);
  const people = new Set(groups.flatMap((group) => [...organisation.membersOf(group)]));
  return {
    key,
    users: [...people].sort((left, right) => left - right),
    groups: groups.map((group) => group.position).sort((left, right) => left - right),
    isLimited: true,
  };
}
