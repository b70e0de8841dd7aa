import {
  type ConnectionTest,
  type ConnectorKind,
  connectionTestSchema,
} from '@gatehouse/contracts/connector';
import {
  type OktaSettings,
  oktaSettingsSchema,
  oktaSettingsSchemaNumber,
} from '@gatehouse/contracts/okta-connector';
import { z } from 'zod';

/** A connector as this process knows it; the integer keys never leave it. */
export type ConnectorRecord = {
  readonly id: number;
  readonly publicId: string;
  readonly kind: ConnectorKind;
  readonly name: string;
  readonly directoryId: number;
  readonly directory: { readonly id: string; readonly name: string };
  readonly settingsVersion: number;
  readonly settings: OktaSettings;
  readonly connection: 'untested' | 'connected' | 'not-connected';
  readonly connectionTest: ConnectionTest | null;
  /** Milliseconds since 1970, like every time here. */
  readonly nextRunAt: number | null;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly changedBy: string;
};

export type ConnectorRow = {
  id: number;
  publicId: string;
  kind: ConnectorKind;
  name: string;
  settingsVersion: number;
  connection: ConnectorRecord['connection'];
  connectionTest: string | null;
  nextRunAt: number | null;
  createdAt: number;
  directoryId: number;
  directoryPublicId: string;
  directoryName: string;
  settings: string;
  changedAt: number;
  changedBy: string;
};

const storedSettingsSchema = z.object({
  schema: z.literal(oktaSettingsSchemaNumber),
  values: oktaSettingsSchema,
});

export function writeSettings(settings: OktaSettings): string {
  return JSON.stringify({ schema: oktaSettingsSchemaNumber, values: settings });
}

/** @throws ZodError when the stored version was not written by this code or an upgrade is missing */
export function readSettings(stored: string): OktaSettings {
  return storedSettingsSchema.parse(JSON.parse(stored)).values;
}

const connectionTestSchemaNumber = 1;

export function writeConnectionTest(test: ConnectionTest): string {
  return JSON.stringify({ schema: connectionTestSchemaNumber, ...test });
}

export function toConnector(row: ConnectorRow): ConnectorRecord {
  return {
    id: row.id,
    publicId: row.publicId,
    kind: row.kind,
    name: row.name,
    directoryId: row.directoryId,
    directory: { id: row.directoryPublicId, name: row.directoryName },
    settingsVersion: row.settingsVersion,
    settings: readSettings(row.settings),
    connection: row.connection,
    connectionTest:
      row.connectionTest === null ? null : connectionTestSchema.parse(JSON.parse(row.connectionTest)),
    nextRunAt: row.nextRunAt,
    createdAt: row.createdAt,
    changedAt: row.changedAt,
    changedBy: row.changedBy,
  };
}
