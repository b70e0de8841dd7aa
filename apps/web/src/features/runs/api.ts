import type { EndpointSentQuery } from '@gatehouse/contracts/endpoint';
import { endpoints } from '@gatehouse/contracts/endpoints';
import { liveTopics } from '@gatehouse/contracts/live-events';
import type { Facet } from '@gatehouse/contracts/plan';
import type { Run } from '@gatehouse/contracts/run';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { callEndpoint } from '../../lib/api-client.ts';
import { topicKey } from '../../lib/live-updates.ts';

export type ChangeFilter = Omit<EndpointSentQuery<typeof endpoints.listChanges>, 'offset' | 'limit'>;

/** Everything of one run lies under its topic, so that a live event refetches it. */
export function runKey(runId: number): readonly string[] {
  return topicKey(liveTopics.run(runId));
}

export function runQuery(runId: number) {
  return queryOptions({
    queryKey: [...runKey(runId), 'run'],
    queryFn: ({ signal }) => callEndpoint(endpoints.getRun, { params: { runId }, signal }),
  });
}

/**
 * A page of the diary below the newest entries. `below` is the oldest entry that is shown already: when the run has
 * written more, offsets have moved and the page is asked for anew.
 */
export function olderStepsQuery(runId: number, offset: number, limit: number, below: number) {
  return queryOptions({
    queryKey: [...runKey(runId), 'steps', offset, limit, below],
    queryFn: ({ signal }) =>
      callEndpoint(endpoints.listRunSteps, { params: { runId }, query: { offset, limit }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function planQuery(runId: number) {
  return queryOptions({
    queryKey: [...runKey(runId), 'plan'],
    queryFn: ({ signal }) => callEndpoint(endpoints.getPlan, { params: { runId }, signal }),
    // Whether the plan still holds depends on settings and directory, which have topics of their own.
    staleTime: 0,
  });
}

export function changesKey(runId: number, filter: ChangeFilter) {
  return [...runKey(runId), 'changes', filter];
}

export function fetchChanges(
  runId: number,
  filter: ChangeFilter,
  request: { offset: number; limit: number; signal: AbortSignal },
) {
  const { signal, ...window } = request;
  return callEndpoint(endpoints.listChanges, { params: { runId }, query: { ...filter, ...window }, signal });
}

/** How many rows a filter has; the totals of the plan count most of them. */
export function changeCountQuery(runId: number, filter: ChangeFilter) {
  return queryOptions({
    queryKey: [...runKey(runId), 'count', filter],
    queryFn: async ({ signal }) => (await fetchChanges(runId, filter, { offset: 0, limit: 1, signal })).total,
  });
}

export function changeQuery(runId: number, key: string) {
  return queryOptions({
    queryKey: [...runKey(runId), 'change', key],
    queryFn: ({ signal }) => callEndpoint(endpoints.getChange, { params: { runId, key }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function fetchFacet(
  runId: number,
  facet: Facet['facet'],
  query: EndpointSentQuery<typeof endpoints.listFacet>,
  signal: AbortSignal,
) {
  return callEndpoint(endpoints.listFacet, { params: { runId, facet }, query, signal });
}

export function connectorRunsQuery(connectorId: string, offset: number, limit: number) {
  return queryOptions({
    queryKey: [...topicKey(liveTopics.runs), connectorId, offset, limit],
    queryFn: ({ signal }) =>
      callEndpoint(endpoints.listConnectorRuns, {
        params: { connectorId },
        query: { offset, limit },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

function useKeepRun() {
  const queryClient = useQueryClient();
  return (run: Run) => {
    queryClient.setQueryData(runQuery(run.id).queryKey, run);
    void queryClient.invalidateQueries({ queryKey: topicKey(liveTopics.runs) });
    void queryClient.invalidateQueries({ queryKey: topicKey(liveTopics.connectors) });
  };
}

/** A refusal means that the run or its plan is not what the page shows. */
function useRefetchRun(runId: number) {
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries({ queryKey: runKey(runId) });
  };
}

/**
 * Starts a run of the connector: the same intent again, or a new simulation. `onStarted` belongs to the mutation, not
 * to the button: the button may be gone when the answer comes.
 */
export function useStartRun(connectorId: string, onStarted: (run: Run) => void) {
  const keepRun = useKeepRun();
  return useMutation({
    mutationFn: (intent: 'simulate' | 'apply') =>
      callEndpoint(endpoints.startRun, { params: { connectorId }, body: { intent } }),
    onSuccess: (run) => {
      keepRun(run);
      onStarted(run);
    },
  });
}

export function useCancelRun(runId: number) {
  return useMutation({
    mutationFn: () => callEndpoint(endpoints.cancelRun, { params: { runId } }),
    onSuccess: useKeepRun(),
    onError: useRefetchRun(runId),
  });
}

export function useDiscardRun(runId: number) {
  return useMutation({
    mutationFn: () => callEndpoint(endpoints.discardRun, { params: { runId } }),
    onSuccess: useKeepRun(),
    onSettled: useRefetchRun(runId),
  });
}

export function useMarkReviewed(runId: number) {
  return useMutation({
    mutationFn: () => callEndpoint(endpoints.markReviewed, { params: { runId } }),
    onSuccess: useKeepRun(),
  });
}

/** Applies the plan that was reviewed; answers the new run. */
export function useApplyPlan(runId: number, onStarted: (run: Run) => void) {
  const keepRun = useKeepRun();
  return useMutation({
    mutationFn: (planId: string) =>
      callEndpoint(endpoints.applyPlan, { params: { runId }, body: { planId } }),
    onSuccess: (run) => {
      keepRun(run);
      onStarted(run);
    },
    onSettled: useRefetchRun(runId),
  });
}
