import type { ConnectionTest, Connector } from '@gatehouse/contracts/connector';
import type { RunSummary } from '@gatehouse/contracts/run';
import type { ConnectorRecord } from '../stores/connectors/rows.ts';
import { apiTokenKey } from '../stores/connectors/store.ts';
import { toInstant, toInstantOrNull } from '../stores/raw.ts';
import type { SecretStore } from '../stores/secrets/store.ts';

/** Newest runs of a connector that its page and list show. */
export type ConnectorRuns = {
  readonly last: RunSummary | null;
  readonly active: RunSummary | null;
  readonly held: RunSummary | null;
};

export type ConnectorViewParts = {
  readonly secrets: SecretStore;
  readonly runsOf: (connectorId: number) => ConnectorRuns;
  readonly originOf: (domain: string) => string;
  /** A test that is running now; it is not stored before it is finished. */
  readonly runningTest: (connectorId: number) => ConnectionTest | null;
};

/** A connector as answers show it; `notices` are said once, in the answer to a save. */
export function connectorView(
  record: ConnectorRecord,
  parts: ConnectorViewParts,
  notices: Connector['notices'] = [],
): Connector {
  const runs = parts.runsOf(record.id);
  return {
    id: record.publicId,
    kind: record.kind,
    name: record.name,
    directory: record.directory,
    settingsVersion: record.settingsVersion,
    settings: record.settings,
    origin: parts.originOf(record.settings.domain),
    apiToken: parts.secrets.state(apiTokenKey(record.id)),
    connection: record.connection,
    connectionTest: parts.runningTest(record.id) ?? record.connectionTest,
    nextRunAt: toInstantOrNull(record.nextRunAt),
    lastRun: runs.last,
    activeRun: runs.active,
    heldRun: runs.held,
    createdAt: toInstant(record.createdAt),
    changedAt: toInstant(record.changedAt),
    changedBy: record.changedBy,
    notices,
  };
}
