import { endpoints } from '@gatehouse/contracts/endpoints';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callEndpoint } from '../../lib/api-client.ts';
import { sessionOver, sessionQuery } from '../../lib/session.ts';

/** Signs in and keeps who it is. */
export function useSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; password: string }) => callEndpoint(endpoints.signIn, { body }),
    onSuccess: (signedIn) => {
      queryClient.setQueryData(sessionQuery.queryKey, signedIn);
      sessionOver.set(false);
    },
  });
}
