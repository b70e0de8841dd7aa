import type { Application } from '@gatehouse/contracts/application';
import type { EndpointSentBody } from '@gatehouse/contracts/endpoint';
import { endpoints } from '@gatehouse/contracts/endpoints';
import { liveTopics } from '@gatehouse/contracts/live-events';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { callEndpoint } from '../../lib/api-client.ts';
import { topicKey } from '../../lib/live-updates.ts';

export const PAGE_SIZE = 100;

const applicationsKey = topicKey(liveTopics.applications);

export function applicationsQuery(offset: number) {
  return queryOptions({
    queryKey: [...applicationsKey, 'list', offset],
    queryFn: ({ signal }) =>
      callEndpoint(endpoints.listApplications, { query: { offset, limit: PAGE_SIZE }, signal }),
  });
}

export function applicationQuery(applicationId: string) {
  return queryOptions({
    queryKey: [...applicationsKey, 'one', applicationId],
    queryFn: ({ signal }) => callEndpoint(endpoints.getApplication, { params: { applicationId }, signal }),
  });
}

function useKeepApplication() {
  const queryClient = useQueryClient();
  return async (application: Application) => {
    queryClient.setQueryData(applicationQuery(application.id).queryKey, application);
    await queryClient.invalidateQueries({ queryKey: applicationsKey });
  };
}

export function useCreateApplication() {
  const keep = useKeepApplication();
  return useMutation({
    mutationFn: (body: EndpointSentBody<typeof endpoints.createApplication>) =>
      callEndpoint(endpoints.createApplication, { body }),
    onSuccess: keep,
  });
}

export function useChangeApplication(applicationId: string) {
  const keep = useKeepApplication();
  return useMutation({
    mutationFn: (body: EndpointSentBody<typeof endpoints.changeApplication>) =>
      callEndpoint(endpoints.changeApplication, { params: { applicationId }, body }),
    onSuccess: keep,
  });
}

export function useRemoveApplication(applicationId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (confirmName: string) =>
      callEndpoint(endpoints.removeApplication, { params: { applicationId }, body: { confirmName } }),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: applicationQuery(applicationId).queryKey });
      return queryClient.invalidateQueries({ queryKey: [...applicationsKey, 'list'] });
    },
  });
}
