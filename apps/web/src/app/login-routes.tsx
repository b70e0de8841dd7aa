import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { supportSearchSchema } from '../features/support/support-search.ts';
import { fieldSearchSchema, pageSearchSchema } from '../lib/page-search.ts';
import { appRoute } from './root-route.tsx';

/*
 * The screens of logging in: identity providers, redirection, applications, trackers. Each is loaded when it is first
 * opened.
 */

const supportRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/support',
  validateSearch: supportSearchSchema,
  component: lazyRouteComponent(() => import('../features/support/trackers-page.tsx'), 'TrackersPage'),
});

const trackerRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/support/trackers/$trackerId',
  component: lazyRouteComponent(() => import('../features/support/tracker-page.tsx'), 'TrackerPage'),
});

const idpsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/idps',
  validateSearch: pageSearchSchema,
  component: lazyRouteComponent(() => import('../features/idps/idps-page.tsx'), 'IdpsPage'),
});

const welcomeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/idps/new',
  component: lazyRouteComponent(() => import('../features/idps/welcome-page.tsx'), 'WelcomePage'),
});

const wizardRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/idps/new/$idpId/$step',
  component: lazyRouteComponent(() => import('../features/idps/wizard-page.tsx'), 'WizardPage'),
  staticData: { workScreen: true },
});

const idpRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/idps/$idpId',
  component: lazyRouteComponent(() => import('../features/idps/idp-page.tsx'), 'IdpPage'),
});

const idpIndexRoute = createRoute({
  getParentRoute: () => idpRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/idps/$idpId/summary', params });
  },
});

const summaryRoute = createRoute({
  getParentRoute: () => idpRoute,
  path: 'summary',
  component: lazyRouteComponent(() => import('../features/idps/summary-tab.tsx'), 'SummaryTab'),
});

const metadataRoute = createRoute({
  getParentRoute: () => idpRoute,
  path: 'metadata',
  validateSearch: fieldSearchSchema,
  component: lazyRouteComponent(() => import('../features/idps/metadata-tab.tsx'), 'MetadataTab'),
});

const userUpdateRoute = createRoute({
  getParentRoute: () => idpRoute,
  path: 'users',
  validateSearch: fieldSearchSchema,
  component: lazyRouteComponent(() => import('../features/idps/users-tab.tsx'), 'UsersTab'),
});

const loginsRoute = createRoute({
  getParentRoute: () => idpRoute,
  path: 'logins',
  validateSearch: pageSearchSchema,
  component: lazyRouteComponent(() => import('../features/idps/logins-tab.tsx'), 'LoginsTab'),
});

const redirectionRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/redirection',
  validateSearch: pageSearchSchema,
  component: lazyRouteComponent(
    () => import('../features/redirection/redirection-page.tsx'),
    'RedirectionPage',
  ),
});

const applicationsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/applications',
  validateSearch: pageSearchSchema,
  component: lazyRouteComponent(
    () => import('../features/applications/applications-page.tsx'),
    'ApplicationsPage',
  ),
});

const newApplicationRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/applications/new',
  component: lazyRouteComponent(
    () => import('../features/applications/new-application-page.tsx'),
    'NewApplicationPage',
  ),
});

const applicationRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/applications/$applicationId',
  component: lazyRouteComponent(
    () => import('../features/applications/application-page.tsx'),
    'ApplicationPage',
  ),
});

export const loginRoutes = [
  idpsRoute,
  welcomeRoute,
  wizardRoute,
  idpRoute.addChildren([idpIndexRoute, summaryRoute, metadataRoute, userUpdateRoute, loginsRoute]),
  supportRoute,
  trackerRoute,
  redirectionRoute,
  applicationsRoute,
  newApplicationRoute,
  applicationRoute,
] as const;
