import type { ConnectionTest, Connector } from '@gatehouse/contracts/connector';
import type { EndpointSentBody } from '@gatehouse/contracts/endpoint';
import { endpoints } from '@gatehouse/contracts/endpoints';
import { liveTopics } from '@gatehouse/contracts/live-events';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { callEndpoint } from '../../lib/api-client.ts';
import { topicKey } from '../../lib/live-updates.ts';

const LIST_WINDOW = 50;

/** All connectors, a window at a time. */
export const connectorsQuery = infiniteQueryOptions({
  queryKey: [...topicKey(liveTopics.connectors), 'list'],
  queryFn: ({ pageParam, signal }) =>
    callEndpoint(endpoints.listConnectors, { query: { offset: pageParam, limit: LIST_WINDOW }, signal }),
  initialPageParam: 0,
  getNextPageParam: ({ offset, items, total }) => {
    const next = offset + items.length;
    return items.length > 0 && next < total ? next : undefined;
  },
});

/** Everything of one connector lies under its topic, so that a live event refetches it. */
function connectorKey(connectorId: string): readonly string[] {
  return topicKey(liveTopics.connector(connectorId));
}

export function connectorQuery(connectorId: string) {
  return queryOptions({
    queryKey: [...connectorKey(connectorId), 'connector'],
    queryFn: ({ signal }) => fetchConnector(connectorId, signal),
  });
}

export function fetchConnector(connectorId: string, signal?: AbortSignal): Promise<Connector> {
  return callEndpoint(endpoints.getConnector, { params: { connectorId }, signal });
}

/** The running or last connection test; while it runs, each finished check refetches it. */
export function connectionTestQuery(connectorId: string) {
  return queryOptions({
    queryKey: [...connectorKey(connectorId), 'test'],
    queryFn: ({ signal }) => callEndpoint(endpoints.getConnectionTest, { params: { connectorId }, signal }),
  });
}

function useKeepConnector() {
  const queryClient = useQueryClient();
  return (connector: Connector) => {
    queryClient.setQueryData(connectorQuery(connector.id).queryKey, connector);
    void queryClient.invalidateQueries({ queryKey: topicKey(liveTopics.connectors) });
  };
}

export function useCreateConnector() {
  const keepConnector = useKeepConnector();
  return useMutation({
    mutationFn: (body: EndpointSentBody<typeof endpoints.createConnector>) =>
      callEndpoint(endpoints.createConnector, { body }),
    onSuccess: keepConnector,
  });
}

export function useChangeConnector(connectorId: string) {
  const keepConnector = useKeepConnector();
  return useMutation({
    mutationFn: (body: EndpointSentBody<typeof endpoints.changeConnector>) =>
      callEndpoint(endpoints.changeConnector, { params: { connectorId }, body }),
    onSuccess: keepConnector,
  });
}

export function useRemoveConnector(connectorId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (confirmName: string) =>
      callEndpoint(endpoints.removeConnector, { params: { connectorId }, body: { confirmName } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: topicKey(liveTopics.connectors) }),
  });
}

/** Starts the connection test of what is saved; its lines come through `connectionTestQuery`. */
export function useTestConnection() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (connectorId: string) => callEndpoint(endpoints.testConnection, { params: { connectorId } }),
    onSuccess: (test: ConnectionTest, connectorId) => {
      queryClient.setQueryData(connectionTestQuery(connectorId).queryKey, { test });
    },
    // Lines that finished while the answer was on its way.
    onSettled: (_test, _error, connectorId) =>
      queryClient.invalidateQueries({ queryKey: connectorKey(connectorId) }),
  });
}

export type RunIntent = 'simulate' | 'apply';

export function useStartRun() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ connectorId, intent }: { connectorId: string; intent: RunIntent }) =>
      callEndpoint(endpoints.startRun, { params: { connectorId }, body: { intent } }),
    onSettled: (_run, _error, { connectorId }) => {
      void queryClient.invalidateQueries({ queryKey: connectorKey(connectorId) });
      void queryClient.invalidateQueries({ queryKey: topicKey(liveTopics.connectors) });
      void queryClient.invalidateQueries({ queryKey: topicKey(liveTopics.runs) });
    },
  });
}

/** Discards the plan of a held run. */
export function useDiscardHeldRun() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (runId: number) => callEndpoint(endpoints.discardRun, { params: { runId } }),
    onSettled: (_run, _error, runId) => {
      void queryClient.invalidateQueries({ queryKey: topicKey(liveTopics.run(runId)) });
      void queryClient.invalidateQueries({ queryKey: topicKey(liveTopics.connectors) });
      void queryClient.invalidateQueries({ queryKey: topicKey(liveTopics.runs) });
    },
  });
}
