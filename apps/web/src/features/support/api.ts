import { endpoints } from '@gatehouse/contracts/endpoints';
import { liveTopics } from '@gatehouse/contracts/live-events';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { callEndpoint } from '../../lib/api-client.ts';
import { topicKey } from '../../lib/live-updates.ts';
import type { TrackersShown } from './support-search.ts';

/** Rows of one page of the list. */
export const PAGE_SIZE = 50;

/** IdPs that can be tested; more than fit one window is beyond any installation. */
const IDP_WINDOW = 200;

export function trackersQuery(show: TrackersShown, offset: number) {
  return queryOptions({
    queryKey: [...topicKey(liveTopics.trackers), 'list', show, offset],
    queryFn: ({ signal }) =>
      callEndpoint(endpoints.listTrackers, { query: { show, offset, limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** One tracker with its timeline; each step of a test refetches it. */
export function trackerQuery(trackerId: string) {
  return queryOptions({
    queryKey: [...topicKey(liveTopics.tracker(trackerId)), 'tracker'],
    queryFn: ({ signal }) => fetchTracker(trackerId, signal),
  });
}

export function fetchTracker(trackerId: string, signal?: AbortSignal) {
  return callEndpoint(endpoints.getTracker, { params: { trackerId }, signal });
}

export function supportBundleQuery(trackerId: string) {
  return queryOptions({
    queryKey: [...topicKey(liveTopics.tracker(trackerId)), 'bundle'],
    queryFn: ({ signal }) => callEndpoint(endpoints.getSupportBundle, { params: { trackerId }, signal }),
  });
}

export const testableIdpsQuery = queryOptions({
  queryKey: [...topicKey(liveTopics.idps), 'testable'],
  queryFn: ({ signal }) => callEndpoint(endpoints.listTestableIdps, { query: { limit: IDP_WINDOW }, signal }),
});

export function useCreateTracker() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (idpId: string) => callEndpoint(endpoints.createTracker, { body: { idpId } }),
    onSuccess: (tracker) => {
      queryClient.setQueryData(trackerQuery(tracker.id).queryKey, tracker);
      void queryClient.invalidateQueries({ queryKey: topicKey(liveTopics.trackers) });
    },
  });
}
