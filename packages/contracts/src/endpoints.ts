import { accountEndpoints } from './endpoints/account-endpoints.ts';
import { applicationEndpoints } from './endpoints/application-endpoints.ts';
import { connectorEndpoints } from './endpoints/connector-endpoints.ts';
import { directoryEndpoints } from './endpoints/directory-endpoints.ts';
import { idpEndpoints } from './endpoints/idp-endpoints.ts';
import { runEndpoints } from './endpoints/run-endpoints.ts';
import { settingsEndpoints } from './endpoints/settings-endpoints.ts';
import { systemEndpoints } from './endpoints/system-endpoints.ts';
import { trackerEndpoints } from './endpoints/tracker-endpoints.ts';

/**
 * Every endpoint of Gatehouse, declared once. The Express route helper, the web client, /api/openapi.json and
 * /api/docs are made from this table.
 */
export const endpoints = {
  ...systemEndpoints,
  ...accountEndpoints,
  ...connectorEndpoints,
  ...runEndpoints,
  ...directoryEndpoints,
  ...idpEndpoints,
  ...trackerEndpoints,
  ...applicationEndpoints,
  ...settingsEndpoints,
} as const;

export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;
