import { createRoute, redirect } from '@tanstack/react-router';
import { appRoute } from './root-route.tsx';

/**
 * The screens of User Sync, runs and the directory. Each is loaded when it is first opened:
 * `component: lazyRouteComponent(() => import('../features/runs/run-page.tsx'), 'RunPage')`.
 * Pages below a connector are children of its layout and show in its tabs.
 */

const connectorsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/connectors',
});

const newConnectorRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/connectors/new',
});

const connectorRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/connectors/$connectorId',
});

const connectorIndexRoute = createRoute({
  getParentRoute: () => connectorRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/connectors/$connectorId/connection', params });
  },
});

const connectionRoute = createRoute({
  getParentRoute: () => connectorRoute,
  path: 'connection',
});

const syncSettingsRoute = createRoute({
  getParentRoute: () => connectorRoute,
  path: 'sync-settings',
});

const runsRoute = createRoute({
  getParentRoute: () => connectorRoute,
  path: 'runs',
});

const runRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/runs/$runId',
});

const reviewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/runs/$runId/review',
  staticData: { workScreen: true },
});

const directoryIndexRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/directory',
  beforeLoad: () => {
    throw redirect({ to: '/directory/users' });
  },
});

const usersRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/directory/users',
});

const userRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/directory/users/$userId',
});

const groupsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/directory/groups',
});

const groupRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/directory/groups/$groupId',
});

export const featureRoutes = [
  connectorsRoute,
  newConnectorRoute,
  connectorRoute.addChildren([connectorIndexRoute, connectionRoute, syncSettingsRoute, runsRoute]),
  runRoute,
  reviewRoute,
  directoryIndexRoute,
  usersRoute,
  userRoute,
  groupsRoute,
  groupRoute,
] as const;
