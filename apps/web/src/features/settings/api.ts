import { endpoints } from '@gatehouse/contracts/endpoints';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { callEndpoint, type EndpointRequest } from '../../lib/api-client.ts';
import { sessionQuery } from '../../lib/session.ts';

/** Rows of one page of a settings list. */
export const PAGE_SIZE = 100;

type NewAccount = EndpointRequest<typeof endpoints.createAccount>['body'];
type AccountChange = EndpointRequest<typeof endpoints.changeAccount>['body'];
export type AuditFilter = Omit<NonNullable<EndpointRequest<typeof endpoints.exportAudit>['query']>, 'format'>;

export const accountsQuery = (offset: number) =>
  queryOptions({
    queryKey: ['accounts', 'list', offset],
    queryFn: ({ signal }) =>
      callEndpoint(endpoints.listAccounts, { query: { offset, limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });

export const ownSessionsQuery = queryOptions({
  queryKey: ['session', 'list'],
  queryFn: ({ signal }) => callEndpoint(endpoints.listSessions, { query: { limit: PAGE_SIZE }, signal }),
});

export const accountSessionsQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['accounts', accountId, 'sessions'],
    queryFn: ({ signal }) =>
      callEndpoint(endpoints.listAccountSessions, {
        params: { accountId },
        query: { limit: PAGE_SIZE },
        signal,
      }),
  });

export const auditQuery = (filter: AuditFilter, offset: number) =>
  queryOptions({
    queryKey: ['audit', filter, offset],
    queryFn: ({ signal }) =>
      callEndpoint(endpoints.listAudit, { query: { ...filter, offset, limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });

export const generalSettingsQuery = queryOptions({
  queryKey: ['settings', 'general'],
  queryFn: ({ signal }) => callEndpoint(endpoints.getGeneralSettings, { signal }),
});

export function useChangeGeneralSettings() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: EndpointRequest<typeof endpoints.changeGeneralSettings>['body']) =>
      callEndpoint(endpoints.changeGeneralSettings, { body }),
    onSuccess: (saved) => queryClient.setQueryData(generalSettingsQuery.queryKey, saved),
  });
}

/** A change of accounts or sessions; what shows them is fetched again before the mutation counts as done. */
function useAccountMutation<Input, Result>(mutationFn: (input: Input) => Promise<Result>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['accounts'] }),
        queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      ]),
  });
}

export function useCreateAccount() {
  return useAccountMutation((body: NewAccount) => callEndpoint(endpoints.createAccount, { body }));
}

export function useChangeAccount() {
  return useAccountMutation(({ accountId, change }: { accountId: string; change: AccountChange }) =>
    callEndpoint(endpoints.changeAccount, { params: { accountId }, body: change }),
  );
}

export function useDeleteAccount() {
  return useAccountMutation((accountId: string) =>
    callEndpoint(endpoints.deleteAccount, { params: { accountId } }),
  );
}

export function useEndAccountSessions() {
  return useAccountMutation((accountId: string) =>
    callEndpoint(endpoints.endAccountSessions, { params: { accountId } }),
  );
}

export function useEndSession() {
  return useAccountMutation((sessionId: string) =>
    callEndpoint(endpoints.endSession, { params: { sessionId } }),
  );
}

export function useEndOtherSessions() {
  return useAccountMutation((_: null) => callEndpoint(endpoints.endOtherSessions, {}));
}

export function useChangePassword() {
  return useAccountMutation((body: { currentPassword: string; newPassword: string }) =>
    callEndpoint(endpoints.changePassword, { body }),
  );
}
