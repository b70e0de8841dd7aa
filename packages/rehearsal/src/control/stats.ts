import { USER_STATUSES, type UserStatus } from '../org/types.ts';
import type { World } from '../world.ts';
import type { Stats } from './control-types.ts';

/** Counts what is in the rehearsal. O(people + groups). */
export function countStats(world: World): Stats {
  const { organisation } = world;
  const usersByStatus = Object.fromEntries(USER_STATUSES.map((status) => [status, 0])) as Record<
    UserStatus,
    number
  >;
  const groupsByType = { OKTA_GROUP: 0, APP_GROUP: 0, BUILT_IN: 0 };
  let users = 0;
  let groups = 0;
  let memberships = 0;
  for (const user of organisation.users) {
    if (!user) continue;
    users += 1;
    usersByStatus[user.status] += 1;
  }
  for (const group of organisation.groups) {
    if (!group) continue;
    groups += 1;
    groupsByType[group.type] += 1;
    if (group.type !== 'BUILT_IN') memberships += organisation.membersOf(group).length;
  }
  return {
    recipe: organisation.recipe,
    users,
    usersByStatus,
    groups,
    groupsByType,
    memberships,
    tokens: world.tokens.list().length,
    faults: world.faults.list().length,
    calls: world.calls.count,
  };
}
