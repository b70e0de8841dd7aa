import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router';
import { isApiError } from '../lib/api-error.ts';
import { serverQuery, sessionQuery } from '../lib/session.ts';
import { AppLayout } from './app-layout.tsx';
import { BareRouteError } from './route-error.tsx';

export type RouterContext = { queryClient: QueryClient };

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  errorComponent: BareRouteError,
});

/** Everything that needs a session: without one, to set-up or sign-in, and back afterwards. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  component: AppLayout,
  errorComponent: BareRouteError,
  beforeLoad: async ({ context, location }) => {
    const server = await context.queryClient.ensureQueryData(serverQuery);
    if (!server.setUpDone) throw redirect({ to: '/setup' });
    try {
      await context.queryClient.ensureQueryData(sessionQuery);
    } catch (error) {
      if (isApiError(error, 'not-signed-in'))
        throw redirect({ to: '/sign-in', search: { to: location.href } });
      throw error;
    }
  },
});
