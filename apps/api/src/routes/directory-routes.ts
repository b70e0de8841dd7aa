import { connectorEndpoints } from '@gatehouse/contracts/endpoints/connector-endpoints';
import { directoryEndpoints } from '@gatehouse/contracts/endpoints/directory-endpoints';
import { ApiError } from '../http/errors.ts';
import { implement, type RoutesFor } from '../http/route.ts';
import type { ConnectorStore } from '../stores/connectors/store.ts';
import type { DirectoryStore } from '../stores/directory/store.ts';

export type DirectoryRouteParts = { readonly directory: DirectoryStore; readonly connectors: ConnectorStore };

type Routes = RoutesFor<typeof directoryEndpoints> &
  RoutesFor<Pick<typeof connectorEndpoints, 'listDirectories'>>;

/** Users, groups and memberships, read-only. */
export function directoryRoutes({ directory, connectors }: DirectoryRouteParts): Routes {
  return {
    listDirectories: implement(connectorEndpoints.listDirectories, async ({ query }) => ({
      ...connectors.listDirectories(query.limit, query.offset),
      offset: query.offset,
    })),

    listDirectoryUsers: implement(directoryEndpoints.listDirectoryUsers, async ({ query }) =>
      directory.listUsers(query, query),
    ),
    getDirectoryUser: implement(directoryEndpoints.getDirectoryUser, async ({ params }) =>
      found(directory.findUser(params.userId), 'user'),
    ),
    listGroupsOfUser: implement(directoryEndpoints.listGroupsOfUser, async ({ params, query }) =>
      found(directory.listGroupsOfUser(params.userId, query.search, query), 'user'),
    ),

    listDirectoryGroups: implement(directoryEndpoints.listDirectoryGroups, async ({ query }) =>
      directory.listGroups(query, query),
    ),
    getDirectoryGroup: implement(directoryEndpoints.getDirectoryGroup, async ({ params }) =>
      found(directory.findGroup(params.groupId), 'group'),
    ),
    listMembersOfGroup: implement(directoryEndpoints.listMembersOfGroup, async ({ params, query }) =>
      found(directory.listMembersOfGroup(params.groupId, query.search, query), 'group'),
    ),
  };
}

function found<T>(value: T | null, noun: 'user' | 'group'): T {
  if (value === null)
    throw new ApiError('not-found', `There is no such ${noun} in the directory (any more).`);
  return value;
}
