import type { Connector } from '@gatehouse/contracts/connector';

/** A connector as the server tells it, for tests. */
export function testConnector(patch: Partial<Connector> = {}): Connector {
  return {
    id: 'AAAAAAAAAAAAAAAAAAAAAA',
    kind: 'okta',
    name: 'Acme workforce',
    directory: { id: 'BBBBBBBBBBBBBBBBBBBBBB', name: 'Acme directory' },
    settingsVersion: 4,
    settings: {
      domain: 'acme.okta.com',
      schedule: {
        enabled: true,
        value: { expression: '0 */4 * * *', dialect: 'unix', timeZone: 'Europe/Berlin' },
      },
    },
    origin: 'https://acme.okta.com',
    apiToken: {
      set: true,
      updatedAt: '2026-11-21T01:12:00.000Z',
      updatedBy: 'Priya Raman',
      usedAt: null,
    },
    connection: 'connected',
    connectionTest: null,
    nextRunAt: null,
    lastRun: null,
    activeRun: null,
    heldRun: null,
    createdAt: '2026-11-20T01:12:00.000Z',
    changedAt: '2026-11-21T01:14:00.000Z',
    changedBy: 'Priya Raman',
    notices: [],
    ...patch,
  };
}

/** The same connector after somebody saved it again. */
export function nextVersion(before: Connector, settings: Partial<Connector['settings']>, name = before.name) {
  return testConnector({
    ...before,
    name,
    settingsVersion: before.settingsVersion + 1,
    settings: { ...before.settings, ...settings },
    changedBy: 'Dana Whitfield',
  });
}
