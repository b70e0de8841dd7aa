import { endpoints } from '@gatehouse/contracts/endpoints';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { callEndpoint } from '../../lib/api-client.ts';

/** Ends the session; nothing that it showed stays in this tab. */
export function useSignOut() {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: () => callEndpoint(endpoints.signOut, {}),
    onSuccess: async () => {
      await router.navigate({ to: '/sign-in' });
      queryClient.clear();
    },
  });
}
