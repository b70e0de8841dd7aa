import {
  type IdpSettings,
  idpSettingsSchema,
  idpSettingsSchemaNumber,
  type MetadataImport,
  metadataImportSchema,
  type ProviderMetadata,
  providerMetadataSchema,
  type WizardStep,
  wizardStepSchema,
} from '@gatehouse/contracts/idp';
import { z } from 'zod';
import { rememberParsed } from '../remember-parsed.ts';

export type IdpState = 'draft' | 'enabled' | 'disabled';

/** An identity provider as this process knows it; the integer keys never leave it. */
export type IdpRecord = {
  readonly id: number;
  readonly publicId: string;
  readonly state: IdpState;
  /** Empty while a draft has none. */
  readonly name: string;
  readonly settingsVersion: number;
  /** Raised by every change that a login depends on. */
  readonly loginVersion: number;
  readonly settings: IdpSettings;
  readonly metadata: ProviderMetadata | null;
  readonly metadataImport: MetadataImport | null;
  /** Milliseconds since 1970, like every time here. */
  readonly testedAt: number | null;
  readonly testedBy: string | null;
  readonly wizard: { readonly step: WizardStep; readonly ticks: readonly string[] };
  readonly connector: { readonly key: number; readonly id: string; readonly name: string } | null;
  /** That of the connector, else the chosen one. */
  readonly directory: { readonly key: number; readonly id: string; readonly name: string } | null;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly changedAt: number;
  readonly changedBy: string;
  readonly isRemoved: boolean;
};

export type IdpRow = {
  id: number;
  publicId: string;
  state: IdpState;
  name: string;
  settingsVersion: number;
  loginVersion: number;
  metadata: string | null;
  metadataImport: string | null;
  testedAt: number | null;
  testedBy: string | null;
  wizardStep: string;
  wizardTicks: string;
  createdAt: number;
  createdBy: string;
  removedAt: number | null;
  settings: string;
  changedAt: number;
  changedBy: string;
  connectorKey: number | null;
  connectorPublicId: string | null;
  connectorName: string | null;
  directoryKey: number | null;
  directoryPublicId: string | null;
  directoryName: string | null;
};

const storedSettingsSchema = z.object({
  schema: z.literal(idpSettingsSchemaNumber),
  values: idpSettingsSchema,
});
const metadataSchemaNumber = 1;
const importSchemaNumber = 1;
const storedMetadataSchema = providerMetadataSchema.extend({ schema: z.literal(metadataSchemaNumber) });
const storedImportSchema = metadataImportSchema.extend({ schema: z.literal(importSchemaNumber) });
const ticksSchema = z.array(z.string());

export function writeSettings(settings: IdpSettings): string {
  return JSON.stringify({ schema: idpSettingsSchemaNumber, values: settings });
}

/** @throws ZodError when the stored version was not written by this code or an upgrade is missing */
export const readSettings = rememberParsed(
  (stored): IdpSettings => storedSettingsSchema.parse(JSON.parse(stored)).values,
);

export function writeMetadata(metadata: ProviderMetadata): string {
  return JSON.stringify({ schema: metadataSchemaNumber, ...metadata });
}

export function writeImport(metadataImport: MetadataImport): string {
  return JSON.stringify({ schema: importSchemaNumber, ...metadataImport });
}

export function toIdp(row: IdpRow): IdpRecord {
  return {
    id: row.id,
    publicId: row.publicId,
    state: row.state,
    name: row.name,
    settingsVersion: row.settingsVersion,
    loginVersion: row.loginVersion,
    settings: readSettings(row.settings),
    metadata: row.metadata === null ? null : readMetadata(row.metadata),
    metadataImport: row.metadataImport === null ? null : readImport(row.metadataImport),
    testedAt: row.testedAt,
    testedBy: row.testedBy,
    wizard: {
      step: wizardStepSchema.parse(row.wizardStep),
      ticks: ticksSchema.parse(JSON.parse(row.wizardTicks)),
    },
    connector: named(row.connectorKey, row.connectorPublicId, row.connectorName),
    directory: named(row.directoryKey, row.directoryPublicId, row.directoryName),
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    changedAt: row.changedAt,
    changedBy: row.changedBy,
    isRemoved: row.removedAt !== null,
  };
}

const readMetadata = rememberParsed((stored): ProviderMetadata => {
  const { schema: _number, ...metadata } = storedMetadataSchema.parse(JSON.parse(stored));
  return metadata;
});

const readImport = rememberParsed((stored): MetadataImport => {
  const { schema: _number, ...metadataImport } = storedImportSchema.parse(JSON.parse(stored));
  return metadataImport;
});

function named(key: number | null, id: string | null, name: string | null) {
  return key === null || id === null || name === null ? null : { key, id, name };
}
