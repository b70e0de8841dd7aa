/** Where a screen lives, for links outside of the router's typed ones (answers of the server, texts). */
export const paths = {
  overview: '/',
  connectors: '/connectors',
  newConnector: '/connectors/new',
  connector: (connectorId: string) => `/connectors/${connectorId}/connection`,
  syncSettings: (connectorId: string) => `/connectors/${connectorId}/sync-settings`,
  connectorRuns: (connectorId: string) => `/connectors/${connectorId}/runs`,
  run: (runId: number) => `/runs/${runId}`,
  review: (runId: number) => `/runs/${runId}/review`,
  users: '/directory/users',
  groups: '/directory/groups',
  accounts: '/settings/accounts',
  audit: '/settings/audit',
  signIn: '/sign-in',
  setup: '/setup',
} as const;
