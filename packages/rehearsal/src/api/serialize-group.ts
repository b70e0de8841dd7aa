import type { Organisation } from '../org/organisation.ts';
import type { Group } from '../org/types.ts';

/** A group as Okta answers it; with `_embedded.stats` when asked for. */
export function serializeGroup(
  group: Group,
  at: { organisation: Organisation; origin: string; withStats: boolean },
): Record<string, unknown> {
  const self = `${at.origin}/api/v1/groups/${group.id}`;
  const stats = {
    usersCount: at.organisation.membersOf(group).length,
    appsCount: group.appsCount,
    groupPushMappingsCount: 0,
    hasAdminPrivilege: false,
    _links: { users: { href: `${self}/users` }, apps: { href: `${self}/apps` } },
  };
  return {
    id: group.id,
    created: group.created,
    lastUpdated: group.lastUpdated,
    lastMembershipUpdated: group.lastMembershipUpdated,
    objectClass: group.type === 'APP_GROUP' ? ['okta:windows_security_principal'] : ['okta:user_group'],
    type: group.type,
    profile: group.profile,
    ...(group.sourceId === null ? {} : { source: { id: group.sourceId } }),
    ...(at.withStats ? { _embedded: { stats } } : {}),
    _links: {
      ...(group.sourceId === null ? {} : { source: { href: `${at.origin}/api/v1/apps/${group.sourceId}` } }),
      users: { href: `${self}/users` },
      apps: { href: `${self}/apps` },
    },
  };
}
