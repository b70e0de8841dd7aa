import type { EndpointSentQuery } from '@gatehouse/contracts/endpoint';
import { endpoints } from '@gatehouse/contracts/endpoints';
import { liveTopics } from '@gatehouse/contracts/live-events';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { callEndpoint } from '../../lib/api-client.ts';
import { topicKey } from '../../lib/live-updates.ts';

export type UserFilter = Omit<EndpointSentQuery<typeof endpoints.listDirectoryUsers>, 'offset' | 'limit'>;
export type GroupFilter = Omit<EndpointSentQuery<typeof endpoints.listDirectoryGroups>, 'offset' | 'limit'>;
export type WindowRequest = { offset: number; limit: number; signal: AbortSignal };

/** Everything of the directory lies under its topic, so that a live event refetches it. */
const directoryKey = topicKey(liveTopics.directory);

export function usersKey(filter: UserFilter) {
  return [...directoryKey, 'users', filter];
}

export function fetchUsers(filter: UserFilter, { signal, ...window }: WindowRequest) {
  return callEndpoint(endpoints.listDirectoryUsers, { query: { ...filter, ...window }, signal });
}

export function groupsKey(filter: GroupFilter) {
  return [...directoryKey, 'groups', filter];
}

export function fetchGroups(filter: GroupFilter, { signal, ...window }: WindowRequest) {
  return callEndpoint(endpoints.listDirectoryGroups, { query: { ...filter, ...window }, signal });
}

export function userQuery(userId: string) {
  return queryOptions({
    queryKey: [...directoryKey, 'user', userId],
    queryFn: ({ signal }) => callEndpoint(endpoints.getDirectoryUser, { params: { userId }, signal }),
  });
}

export function groupQuery(groupId: string) {
  return queryOptions({
    queryKey: [...directoryKey, 'group', groupId],
    queryFn: ({ signal }) => callEndpoint(endpoints.getDirectoryGroup, { params: { groupId }, signal }),
  });
}

/** Groups whose name holds the words, for the filter of the users. */
export function groupChoicesQuery(words: string) {
  return queryOptions({
    queryKey: [...directoryKey, 'group-choices', words],
    queryFn: ({ signal }) =>
      callEndpoint(endpoints.listDirectoryGroups, {
        query: { search: words || undefined, limit: 20 },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export function groupsOfUserKey(userId: string, words: string) {
  return [...directoryKey, 'user', userId, 'groups', words];
}

export function fetchGroupsOfUser(userId: string, words: string, { signal, ...window }: WindowRequest) {
  return callEndpoint(endpoints.listGroupsOfUser, {
    params: { userId },
    query: { search: words || undefined, ...window },
    signal,
  });
}

export function membersKey(groupId: string, words: string) {
  return [...directoryKey, 'group', groupId, 'members', words];
}

export function fetchMembers(groupId: string, words: string, { signal, ...window }: WindowRequest) {
  return callEndpoint(endpoints.listMembersOfGroup, {
    params: { groupId },
    query: { search: words || undefined, ...window },
    signal,
  });
}

/** The connectors that can be a source, by name. */
export const sourcesQuery = queryOptions({
  queryKey: [...topicKey(liveTopics.connectors), 'sources'],
  queryFn: async ({ signal }) => {
    const { items } = await callEndpoint(endpoints.listConnectors, { query: { limit: 200 }, signal });
    return items.map(({ id, name }) => ({ id, name }));
  },
});
