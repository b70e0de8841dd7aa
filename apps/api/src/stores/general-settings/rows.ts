import {
  defaultGeneralSettings,
  type GeneralSettings,
  keptGeneralSettingsSchema,
} from '@gatehouse/contracts/general-settings';
import { z } from 'zod';

/** Number of the shape of GeneralSettings, stored with each version. */
const schemaNumber = 1;

export type GeneralSettingsRow = { version: number; settings: string; createdAt: number; createdBy: string };

export type GeneralSettingsRecord = {
  readonly settings: GeneralSettings;
  /** 0: the defaults, nobody saved yet. */
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly changedAt: number | null;
  readonly changedBy: string | null;
};

const storedSchema = z.object({ schema: z.literal(schemaNumber), values: keptGeneralSettingsSchema });

export function writeGeneralSettings(settings: GeneralSettings): string {
  const { organizationName, supportAddress, supportText, trackerDays } = settings;
  const values = { organizationName, supportAddress, supportText, trackerDays };
  return JSON.stringify({ schema: schemaNumber, values });
}

/** @throws ZodError when the stored version was not written by this code or an upgrade is missing */
export function toGeneralSettings(row: GeneralSettingsRow | undefined): GeneralSettingsRecord {
  if (row === undefined) {
    return { settings: defaultGeneralSettings, version: 0, changedAt: null, changedBy: null };
  }
  return {
    settings: storedSchema.parse(JSON.parse(row.settings)).values,
    version: row.version,
    changedAt: row.createdAt,
    changedBy: row.createdBy,
  };
}
