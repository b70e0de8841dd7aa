import { notFound, notPermitted } from '../okta-error.ts';
import type { Organisation } from '../org/organisation.ts';
import { type Sight, seesGroup, seesUser } from '../org/sight.ts';
import type { Group, User } from '../org/types.ts';
import type { Catalogue, Rows } from './catalogue.ts';
import { type PageRequest, readPageRequest } from './page.ts';
import { serializeGroup } from './serialize-group.ts';
import { type Omissions, readOmissions, type UserSerializer } from './serialize-user.ts';

/** What an endpoint works with. */
export type ApiContext = {
  readonly organisation: Organisation;
  readonly catalogue: Catalogue;
  readonly serializer: UserSerializer;
  readonly origin: string;
  readonly url: URL;
  readonly contentType: string | undefined;
  readonly sight: Sight;
};

/** A list before it is cut into pages: its rows, the page asked for, and how to print rows. */
export type ListAnswer = {
  readonly rows: Rows;
  readonly request: PageRequest;
  readonly print: (positions: readonly number[]) => Buffer;
  /** Lists asked with `q` come whole, without a next link. */
  readonly isPaged: boolean;
};

const USERS_PAGE = { byDefault: 200, most: 200 };
const USERS_PICKER = { byDefault: 10, most: 200 };
const GROUPS_PAGE = { byDefault: 10_000, most: 10_000 };
const GROUPS_PICKER = { byDefault: 300, most: 300 };
const MEMBERS_PAGE = { byDefault: 1000, most: 1000 };
const USER_GROUPS_PAGE = { byDefault: 200, most: 200 };

/** `GET /api/v1/users`. */
export function listUsers(context: ApiContext): ListAnswer {
  const { url, catalogue, sight } = context;
  const q = textParameter(url, 'q');
  const omissions = readOmissions(context.contentType);
  const query = {
    filter: textParameter(url, 'filter'),
    search: textParameter(url, 'search'),
    sortBy: textParameter(url, 'sortBy'),
    isDescending: url.searchParams.get('sortOrder')?.toLowerCase() === 'desc',
  };
  const rows = q === undefined ? catalogue.users(sight, query) : pickUsers(context, q);
  const list = `users ${JSON.stringify([query.filter, query.search, query.sortBy, query.isDescending])}`;
  const request = readPageRequest(url, list, q === undefined ? USERS_PAGE : USERS_PICKER);
  return {
    rows,
    request,
    print: (positions) => printUsers(context, positions, omissions),
    isPaged: q === undefined,
  };
}

/** `GET /api/v1/groups`. */
export function listGroups(context: ApiContext): ListAnswer {
  const { url, catalogue, sight } = context;
  const q = textParameter(url, 'q');
  const query = { filter: textParameter(url, 'filter'), search: textParameter(url, 'search') };
  const rows = q === undefined ? catalogue.groups(sight, query) : pickGroups(context, q);
  const list = `groups ${JSON.stringify([query.filter, query.search])}`;
  const request = readPageRequest(url, list, q === undefined ? GROUPS_PAGE : GROUPS_PICKER);
  const withStats = expands(url, 'stats');
  const print = (positions: readonly number[]) => printGroups(context, positions, withStats);
  return { rows, request, print, isPaged: q === undefined };
}

/** `GET /api/v1/groups/{id}/users`: people of every status, DEPROVISIONED and SUSPENDED too. */
export function listMembers(context: ApiContext, groupId: string): ListAnswer {
  const group = visibleGroup(context, groupId);
  const rows = { positions: context.organisation.membersOf(group), isByPosition: true };
  const request = readPageRequest(context.url, `members ${group.id}`, MEMBERS_PAGE);
  const omissions = readOmissions(context.contentType);
  return { rows, request, print: (positions) => printUsers(context, positions, omissions), isPaged: true };
}

/** `GET /api/v1/users/{idOrLogin}/groups`. */
export function listUserGroups(context: ApiContext, idOrLogin: string): ListAnswer {
  const user = visibleUser(context, idOrLogin);
  const groups = context.organisation.groupsOf(user).filter((group) => seesGroup(context.sight, group));
  const rows = { positions: groups.map((group) => group.position), isByPosition: true };
  const request = readPageRequest(context.url, `groups of ${user.id}`, USER_GROUPS_PAGE);
  return { rows, request, print: (positions) => printGroups(context, positions, false), isPaged: true };
}

/** The person of an id or a login. Throws OktaError: E0000007 unknown, E0000006 out of sight. */
export function visibleUser(context: ApiContext, idOrLogin: string): User {
  const { organisation, sight } = context;
  const user = organisation.userById(idOrLogin) ?? organisation.userByLogin(idOrLogin);
  if (!user) throw notFound(idOrLogin, 'User');
  if (!seesUser(sight, user)) throw notPermitted();
  return user;
}

/** The group of an id. Throws OktaError: E0000007 unknown, E0000006 out of sight. */
export function visibleGroup(context: ApiContext, id: string): Group {
  const group = context.organisation.groupById(id);
  if (!group) throw notFound(id, 'UserGroup');
  if (!seesGroup(context.sight, group)) throw notPermitted();
  return group;
}

/** Whether `expand` names an expansion. */
export function expands(url: URL, name: string): boolean {
  return (url.searchParams.get('expand') ?? '').split(',').includes(name);
}

function pickUsers(context: ApiContext, q: string): Rows {
  const wanted = q.toLowerCase();
  const { positions } = context.catalogue.users(context.sight, {});
  const found = positions.filter((position) => {
    const profile = context.organisation.users[position]?.profile;
    return [profile?.firstName, profile?.lastName, profile?.email].some(
      (value) => typeof value === 'string' && value.toLowerCase().startsWith(wanted),
    );
  });
  return { positions: found, isByPosition: true };
}

function pickGroups(context: ApiContext, q: string): Rows {
  const wanted = q.toLowerCase();
  const { positions } = context.catalogue.groups(context.sight, {});
  const found = positions.filter((position) =>
    context.organisation.groups[position]?.profile.name.toLowerCase().startsWith(wanted),
  );
  return { positions: found, isByPosition: true };
}

function printUsers(context: ApiContext, positions: readonly number[], omissions: Omissions): Buffer {
  const users: User[] = [];
  for (const position of positions) {
    const user = context.organisation.users[position];
    if (user) users.push(user);
  }
  return context.serializer.list(users, omissions);
}

function printGroups(context: ApiContext, positions: readonly number[], withStats: boolean): Buffer {
  const { organisation, origin } = context;
  const groups = positions.flatMap((position) => organisation.groups[position] ?? []);
  return Buffer.from(
    JSON.stringify(groups.map((group) => serializeGroup(group, { organisation, origin, withStats }))),
  );
}

function textParameter(url: URL, name: string): string | undefined {
  return url.searchParams.get(name) || undefined;
}
