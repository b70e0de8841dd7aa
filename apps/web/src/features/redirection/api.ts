import type { Redirection } from '@gatehouse/contracts/application';
import { endpoints } from '@gatehouse/contracts/endpoints';
import { liveTopics } from '@gatehouse/contracts/live-events';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { callEndpoint } from '../../lib/api-client.ts';
import { topicKey } from '../../lib/live-updates.ts';

export const PAGE_SIZE = 100;

/** Beyond any installation; a longer list of IdPs cannot be chosen from here. */
const IDP_WINDOW = 200;

const applicationsKey = topicKey(liveTopics.applications);

export function redirectionsQuery(offset: number) {
  return queryOptions({
    queryKey: [...applicationsKey, 'redirections', offset],
    queryFn: ({ signal }) =>
      callEndpoint(endpoints.listApplications, { query: { offset, limit: PAGE_SIZE }, signal }),
  });
}

/** IdPs that people can be sent to. */
export const idpChoicesQuery = queryOptions({
  queryKey: [...topicKey(liveTopics.idps), 'choices'],
  queryFn: ({ signal }) => callEndpoint(endpoints.listIdps, { query: { limit: IDP_WINDOW }, signal }),
  select: ({ items }) => items.filter(({ state }) => state !== 'draft').map(({ id, name }) => ({ id, name })),
});

export function snippetsQuery(applicationId: string) {
  return queryOptions({
    queryKey: [...applicationsKey, 'snippets', applicationId],
    queryFn: ({ signal }) =>
      callEndpoint(endpoints.getRedirectSnippets, { params: { applicationId }, signal }),
  });
}

export function useSetRedirection() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ applicationId, redirection }: { applicationId: string; redirection: Redirection }) =>
      callEndpoint(endpoints.setRedirection, { params: { applicationId }, body: redirection }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: applicationsKey }),
  });
}
