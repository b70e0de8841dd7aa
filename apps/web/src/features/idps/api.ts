import type { EndpointSentBody } from '@gatehouse/contracts/endpoint';
import { endpoints } from '@gatehouse/contracts/endpoints';
import type { Idp, MetadataImport, WizardStep } from '@gatehouse/contracts/idp';
import { liveTopics } from '@gatehouse/contracts/live-events';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { callEndpoint } from '../../lib/api-client.ts';
import { topicKey } from '../../lib/live-updates.ts';

export const PAGE_SIZE = 100;

/** Choices of a select; more connectors or directories than these are beyond any installation. */
const CHOICE_WINDOW = 200;

export function idpsQuery(offset: number) {
  return queryOptions({
    queryKey: [...topicKey(liveTopics.idps), 'list', offset],
    queryFn: ({ signal }) =>
      callEndpoint(endpoints.listIdps, { query: { offset, limit: PAGE_SIZE }, signal }),
  });
}

/** Everything of one IdP lies under its topic, so that a live event refetches it. */
function idpKey(idpId: string): readonly string[] {
  return topicKey(liveTopics.idp(idpId));
}

export function idpQuery(idpId: string) {
  return queryOptions({
    queryKey: [...idpKey(idpId), 'idp'],
    queryFn: ({ signal }) => fetchIdp(idpId, signal),
  });
}

export function fetchIdp(idpId: string, signal?: AbortSignal): Promise<Idp> {
  return callEndpoint(endpoints.getIdp, { params: { idpId }, signal });
}

/** The running or last import; while it runs, each finished check refetches it. */
export function metadataImportQuery(idpId: string) {
  return queryOptions({
    queryKey: [...idpKey(idpId), 'import'],
    queryFn: ({ signal }) => callEndpoint(endpoints.getMetadataImport, { params: { idpId }, signal }),
  });
}

/** Connectors for *Update with UserSync*. */
export const connectorChoicesQuery = queryOptions({
  queryKey: [...topicKey(liveTopics.connectors), 'choices'],
  queryFn: ({ signal }) =>
    callEndpoint(endpoints.listConnectors, { query: { limit: CHOICE_WINDOW }, signal }),
});

export const directoryChoicesQuery = queryOptions({
  queryKey: [...topicKey(liveTopics.directory), 'choices'],
  queryFn: ({ signal }) =>
    callEndpoint(endpoints.listDirectories, { query: { limit: CHOICE_WINDOW }, signal }),
});

export function idpTrackersQuery(idpId: string, offset: number) {
  return queryOptions({
    queryKey: [...topicKey(liveTopics.trackers), 'of-idp', idpId, offset],
    queryFn: ({ signal }) =>
      callEndpoint(endpoints.listTrackers, { query: { idpId, offset, limit: PAGE_SIZE }, signal }),
  });
}

export function testTrackerQuery(trackerId: string) {
  return queryOptions({
    queryKey: [...topicKey(liveTopics.tracker(trackerId)), 'tracker'],
    queryFn: ({ signal }) => callEndpoint(endpoints.getTracker, { params: { trackerId }, signal }),
  });
}

function useKeepIdp() {
  const queryClient = useQueryClient();
  return (idp: Idp) => {
    queryClient.setQueryData(idpQuery(idp.id).queryKey, idp);
    void queryClient.invalidateQueries({ queryKey: topicKey(liveTopics.idps) });
  };
}

export function useCreateIdp() {
  const keep = useKeepIdp();
  return useMutation({
    mutationFn: () => callEndpoint(endpoints.createIdp, { body: {} }),
    onSuccess: keep,
  });
}

export function useChangeIdp(idpId: string) {
  const keep = useKeepIdp();
  return useMutation({
    mutationFn: (body: EndpointSentBody<typeof endpoints.changeIdp>) =>
      callEndpoint(endpoints.changeIdp, { params: { idpId }, body }),
    onSuccess: keep,
  });
}

export function useSetWizard(idpId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    // One after the other: the last one that was made is the one that stays.
    scope: { id: `wizard of ${idpId}` },
    mutationFn: (body: { step: WizardStep; ticks: string[] }) =>
      callEndpoint(endpoints.setWizard, { params: { idpId }, body }),
    onMutate: (wizard) => {
      queryClient.setQueryData(idpQuery(idpId).queryKey, (idp) => (idp ? { ...idp, wizard } : idp));
    },
  });
}

/** Starts the import for what is saved; its lines come through `metadataImportQuery`. */
export function useImportMetadata(idpId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => callEndpoint(endpoints.importMetadata, { params: { idpId } }),
    onSuccess: (started: MetadataImport) => {
      queryClient.setQueryData(metadataImportQuery(idpId).queryKey, { import: started });
    },
    // Lines that finished while the answer was on its way.
    onSettled: () => queryClient.invalidateQueries({ queryKey: idpKey(idpId) }),
  });
}

export function useFinishIdp(idpId: string) {
  const keep = useKeepIdp();
  return useMutation({
    mutationFn: (expectedVersion: number) =>
      callEndpoint(endpoints.finishIdp, { params: { idpId }, body: { expectedVersion } }),
    onSuccess: keep,
  });
}

export function useSetIdpEnabled(idpId: string) {
  const keep = useKeepIdp();
  return useMutation({
    mutationFn: (enabled: boolean) =>
      callEndpoint(endpoints.setIdpEnabled, { params: { idpId }, body: { enabled } }),
    onSuccess: keep,
  });
}

export function useRemoveIdp(idpId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (confirmName: string) =>
      callEndpoint(endpoints.removeIdp, { params: { idpId }, body: { confirmName } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: topicKey(liveTopics.idps) }),
  });
}

export function useStartTest(idpId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => callEndpoint(endpoints.createTracker, { body: { idpId } }),
    onSuccess: (tracker) => {
      queryClient.setQueryData(testTrackerQuery(tracker.id).queryKey, tracker);
      void queryClient.invalidateQueries({ queryKey: idpKey(idpId) });
    },
  });
}

/** A connector made inside of the wizard. */
export function useCreateConnectorHere() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointSentBody<typeof endpoints.createConnector>) =>
      callEndpoint(endpoints.createConnector, { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: topicKey(liveTopics.connectors) }),
  });
}
