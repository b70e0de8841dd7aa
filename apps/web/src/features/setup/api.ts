import { endpoints } from '@gatehouse/contracts/endpoints';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callEndpoint, type EndpointRequest } from '../../lib/api-client.ts';
import { serverQuery, sessionQuery } from '../../lib/session.ts';

export type SetUpBody = EndpointRequest<typeof endpoints.setUp>['body'];

/** Creates the first administrator and signs in. */
export function useSetUp() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: SetUpBody) => callEndpoint(endpoints.setUp, { body }),
    onSuccess: async (signedIn) => {
      queryClient.setQueryData(sessionQuery.queryKey, signedIn);
      await queryClient.refetchQueries({ queryKey: serverQuery.queryKey });
    },
  });
}
