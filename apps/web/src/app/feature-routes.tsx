import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import {
  groupsSearchSchema,
  usersSearchSchema,
  wordsSearchSchema,
} from '../features/directory/directory-search.ts';
import { reviewSearchSchema } from '../features/runs/review-search.ts';
import { appRoute } from './root-route.tsx';

/*
 * The screens of User Sync, runs and the directory. Each is loaded when it is first opened.
 * Pages below a connector are children of its layout and show in its tabs.
 */

const connectorsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/connectors',
  component: lazyRouteComponent(() => import('../features/connectors/connectors-page.tsx'), 'ConnectorsPage'),
});

const newConnectorRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/connectors/new',
  component: lazyRouteComponent(
    () => import('../features/connectors/new-connector-page.tsx'),
    'NewConnectorPage',
  ),
});

const connectorRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/connectors/$connectorId',
  component: lazyRouteComponent(() => import('../features/connectors/connector-page.tsx'), 'ConnectorPage'),
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
  component: lazyRouteComponent(() => import('../features/connectors/connection-tab.tsx'), 'ConnectionTab'),
});

const syncSettingsRoute = createRoute({
  getParentRoute: () => connectorRoute,
  path: 'sync-settings',
  component: lazyRouteComponent(
    () => import('../features/connectors/sync-settings-tab.tsx'),
    'SyncSettingsTab',
  ),
});

const runsRoute = createRoute({
  getParentRoute: () => connectorRoute,
  path: 'runs',
  component: lazyRouteComponent(() => import('../features/runs/runs-tab.tsx'), 'RunsTab'),
});

const runRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/runs/$runId',
  component: lazyRouteComponent(() => import('../features/runs/run-page.tsx'), 'RunPage'),
});

const reviewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/runs/$runId/review',
  validateSearch: reviewSearchSchema,
  component: lazyRouteComponent(() => import('../features/runs/review-page.tsx'), 'ReviewPage'),
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
  validateSearch: usersSearchSchema,
  component: lazyRouteComponent(() => import('../features/directory/users-page.tsx'), 'UsersPage'),
});

const userRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/directory/users/$userId',
  validateSearch: wordsSearchSchema,
  component: lazyRouteComponent(() => import('../features/directory/user-page.tsx'), 'UserPage'),
});

const groupsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/directory/groups',
  validateSearch: groupsSearchSchema,
  component: lazyRouteComponent(() => import('../features/directory/groups-page.tsx'), 'GroupsPage'),
});

const groupRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/directory/groups/$groupId',
  validateSearch: wordsSearchSchema,
  component: lazyRouteComponent(() => import('../features/directory/group-page.tsx'), 'GroupPage'),
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
