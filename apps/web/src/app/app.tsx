import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { LiveRegion } from '../components/ui/live-region.tsx';
import { createQueryClient } from '../lib/query-client.ts';
import { sessionOver } from '../lib/session.ts';
import { ThemeProvider } from '../theme/theme-provider.tsx';
import { createAppRouter } from './router.tsx';

const queryClient = createQueryClient({ onNotSignedIn: () => sessionOver.set(true) });
const router = createAppRouter(queryClient);

/** The providers of the app around its router. */
export function App() {
  return (
    <ThemeProvider>
      <QueryClientProvider client={queryClient}>
        <LiveRegion>
          <RouterProvider router={router} />
        </LiveRegion>
      </QueryClientProvider>
    </ThemeProvider>
  );
}
