import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isApiError } from './api-error.ts';

const RETRIES = 2;

/** Nothing that the server has answered is asked again by itself; a lost connection or a 5xx is, twice. */
export function shouldRetry(failures: number, error: unknown): boolean {
  if (!isApiError(error)) return false;
  const passing = error.status === 0 || error.status >= 500;
  return passing && failures < RETRIES;
}

type QueryClientOptions = {
  /** Called when an answer says that the session is over. */
  onNotSignedIn: () => void;
};

/** The cache of what the server said. Live updates invalidate it, so an entry is fresh until told otherwise. */
export function createQueryClient({ onNotSignedIn }: QueryClientOptions): QueryClient {
  const onError = (error: unknown) => {
    if (isApiError(error, 'not-signed-in')) onNotSignedIn();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        retry: shouldRetry,
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
