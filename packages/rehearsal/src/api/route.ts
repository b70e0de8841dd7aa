import type { FaultTarget } from '../faults/fault-board.ts';

/** The endpoints of the Management API that the rehearsal plays. */
export type Route =
  | { readonly name: 'list-users' | 'list-groups' | 'me' | 'org' | 'unknown' }
  | { readonly name: 'user' | 'user-groups' | 'group' | 'group-users'; readonly id: string };

/** Finds the endpoint of a path below `/api/v1`. An id that is not well encoded leads nowhere. */
export function findRoute(path: string): Route {
  const [collection, rawId, rest, ...more] = path.replace(/^\/api\/v1\//, '').split('/');
  const id = decode(rawId);
  if (more.length > 0 || id === null) return { name: 'unknown' };
  if (collection === 'org' && id === undefined) return { name: 'org' };
  if (collection === 'users') return userRoute(id, rest);
  if (collection === 'groups') return groupRoute(id, rest);
  return { name: 'unknown' };
}

/** What faults look at: the collection a route reads, and which page of it. */
export function faultTarget(route: Route, page: number, limit: number): FaultTarget {
  if (route.name === 'list-users') return { collection: 'users', page, limit, groupId: null };
  if (route.name === 'list-groups') return { collection: 'groups', page, limit, groupId: null };
  if (route.name === 'group-users') return { collection: 'members', page, limit, groupId: route.id };
  const groupId = route.name === 'group' ? route.id : null;
  return { collection: 'other', page, limit, groupId };
}

function userRoute(id: string | undefined, rest: string | undefined): Route {
  if (id === undefined || id === '') return { name: rest === undefined ? 'list-users' : 'unknown' };
  if (rest === undefined) return id === 'me' ? { name: 'me' } : { name: 'user', id };
  return rest === 'groups' ? { name: 'user-groups', id } : { name: 'unknown' };
}

function groupRoute(id: string | undefined, rest: string | undefined): Route {
  if (id === undefined || id === '') return { name: rest === undefined ? 'list-groups' : 'unknown' };
  if (rest === undefined) return { name: 'group', id };
  return rest === 'users' ? { name: 'group-users', id } : { name: 'unknown' };
}

function decode(segment: string | undefined): string | undefined | null {
  if (segment === undefined) return undefined;
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
