import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import { auditSearchSchema } from '../features/settings/audit-search.ts';
import { returnPathSchema } from '../lib/return-path.ts';
import { serverQuery, sessionQuery } from '../lib/session.ts';
import { featureRoutes } from './feature-routes.tsx';
import { loginRoutes } from './login-routes.tsx';
import { NotFound } from './not-found.tsx';
import { PagePending } from './page-pending.tsx';
import { appRoute, rootRoute } from './root-route.tsx';
import { RouteError } from './route-error.tsx';
import { leaveSignInWhenSignedIn } from './sign-in-guard.ts';

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: z.object({ token: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../features/setup/setup-page.tsx'), 'SetupPage'),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: z.object({ to: returnPathSchema.optional().catch(undefined) }),
  beforeLoad: async ({ context, search }) => {
    const server = await context.queryClient.ensureQueryData(serverQuery);
    if (!server.setUpDone) throw redirect({ to: '/setup' });
    await leaveSignInWhenSignedIn(search.to);
  },
  component: lazyRouteComponent(() => import('../features/session/sign-in-page.tsx'), 'SignInPage'),
});

const overviewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  // Support staff have trackers and nothing else.
  beforeLoad: async ({ context }) => {
    const { account } = await context.queryClient.ensureQueryData(sessionQuery);
    if (account.role === 'support') throw redirect({ to: '/support' });
  },
  component: lazyRouteComponent(() => import('../features/overview/overview-page.tsx'), 'OverviewPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
});

const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/accounts' });
  },
});

const generalRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'general',
  component: lazyRouteComponent(() => import('../features/settings/general-tab.tsx'), 'GeneralTab'),
});

const accountsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'accounts',
  component: lazyRouteComponent(() => import('../features/settings/accounts-tab.tsx'), 'AccountsTab'),
});

const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'audit',
  validateSearch: auditSearchSchema,
  component: lazyRouteComponent(() => import('../features/settings/audit-tab.tsx'), 'AuditTab'),
});

const unknownRoute = createRoute({ getParentRoute: () => appRoute, path: '$', component: NotFound });

const routeTree = rootRoute.addChildren([
  setupRoute,
  signInRoute,
  appRoute.addChildren([
    overviewRoute,
    settingsRoute.addChildren([settingsIndexRoute, generalRoute, accountsRoute, auditRoute]),
    ...featureRoutes,
    ...loginRoutes,
    unknownRoute,
  ]),
]);

/** The router of the app: every screen has a URL, and its code comes when it is first opened. */
export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: PagePending,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFound,
    defaultPendingMs: 0,
    defaultPendingMinMs: 0,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
