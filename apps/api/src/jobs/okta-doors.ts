import { createOktaSource } from '@gatehouse/connectors/okta/connector';
import { defaultOktaTiming, type OktaTiming } from '@gatehouse/connectors/okta/okta-timing';
import { RatePacer } from '@gatehouse/connectors/okta/pacing';
import { testOktaConnection } from '@gatehouse/connectors/okta/test-connection';
import { type ConnectionCheck, connectionCheckCodes } from '@gatehouse/contracts/connector';
import type { OutboundFetch } from '@gatehouse/contracts/outbound';
import type { SnapshotStore } from '@gatehouse/sync/ports';
import type { Source } from '@gatehouse/sync/source';
import type { ConnectorRecord } from '../stores/connectors/rows.ts';
import { apiTokenKey } from '../stores/connectors/store.ts';
import type { SecretStore } from '../stores/secrets/store.ts';
import type { ConnectionTester } from './connection-tests.ts';

export type OktaDoorParts = {
  readonly fetch: OutboundFetch;
  readonly originOf: (domain: string) => string;
  readonly secrets: SecretStore;
  readonly snapshots: SnapshotStore;
  readonly now: () => number;
  readonly timing?: OktaTiming;
};

/** The two ways to Okta: reading for a run, and the connection test. Both use the stored token of the connector. */
export function createOktaDoors(parts: OktaDoorParts): {
  openSource: (connector: ConnectorRecord) => Promise<Source>;
  testConnection: ConnectionTester;
} {
  const timing = parts.timing ?? defaultOktaTiming;
  const pacers = new Map<number, { token: string; pacer: RatePacer }>();

  /** One pacer for each connector and token: a rate limit belongs to a token. */
  function pacerOf(connector: ConnectorRecord, token: string): RatePacer {
    const known = pacers.get(connector.id);
    if (known?.token === token) return known.pacer;
    const pacer = new RatePacer();
    pacers.set(connector.id, { token, pacer });
    return pacer;
  }

  return {
    async openSource(connector) {
      const key = apiTokenKey(connector.id);
      const token = parts.secrets.read(key) ?? '';
      await parts.secrets.markUsed(key);
      return createOktaSource({
        origin: parts.originOf(connector.settings.domain),
        token,
        fetch: parts.fetch,
        now: parts.now,
        random: Math.random,
        timing,
        pacer: pacerOf(connector, token),
      });
    },

    async testConnection(connector, report) {
      const key = apiTokenKey(connector.id);
      const token = parts.secrets.read(key);
      if (token !== null) await parts.secrets.markUsed(key);
      const lines = new Map<ConnectionCheck['code'], ConnectionCheck>();
      const result = await testOktaConnection(
        {
          origin: parts.originOf(connector.settings.domain),
          token,
          fetch: parts.fetch,
          now: parts.now,
          signal: AbortSignal.timeout(120_000),
          lastGood: await lastGood(parts.snapshots, connector.id),
          timing,
        },
        (check) => {
          lines.set(check.code, check);
          report(connectionCheckCodes.flatMap((code) => lines.get(code) ?? []));
        },
      );
      const { checks, outcome, visible } = result;
      return { checks: [...checks], state: outcome, visible };
    },
  };
}

async function lastGood(snapshots: SnapshotStore, connectorId: number) {
  const facts = await snapshots.lastGood(connectorId, Number.MAX_SAFE_INTEGER);
  if (facts === null) return null;
  return { users: facts.usersRead, groups: facts.groupsRead, builtInGroups: facts.builtInGroups };
}
