import { applicationKindSchema, redirectionSchema } from '@gatehouse/contracts/application';
import { z } from 'zod';

const settingsSchemaNumber = 1;

/** What a version of an application says. */
export const applicationSettingsSchema = z.object({
  kind: applicationKindSchema,
  /** Cleaned: with context path, without a slash at its end. */
  baseUrl: z.string(),
  jsm: z.boolean(),
  redirection: redirectionSchema,
});
export type ApplicationSettings = Readonly<z.infer<typeof applicationSettingsSchema>>;

/** An application as this process knows it; the integer key never leaves it. */
export type ApplicationRecord = {
  readonly id: number;
  readonly publicId: string;
  readonly slug: string;
  readonly name: string;
  readonly version: number;
  readonly settings: ApplicationSettings;
  /** Milliseconds since 1970, like every time here. */
  readonly switchedAt: number | null;
  readonly switchedBy: string | null;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly changedBy: string;
  readonly isRemoved: boolean;
};

export type ApplicationRow = {
  id: number;
  publicId: string;
  slug: string;
  name: string;
  settingsVersion: number;
  settings: string;
  switchedAt: number | null;
  switchedBy: string | null;
  createdAt: number;
  changedAt: number;
  changedBy: string;
  removedAt: number | null;
};

const storedSchema = z.object({ schema: z.literal(settingsSchemaNumber), values: applicationSettingsSchema });

export function writeSettings(settings: ApplicationSettings): string {
  return JSON.stringify({
    schema: settingsSchemaNumber,
    values: applicationSettingsSchema.parse(settings),
  });
}

/** @throws ZodError when the stored version was not written by this code or an upgrade is missing */
export function toApplication({
  settingsVersion,
  settings,
  removedAt,
  ...row
}: ApplicationRow): ApplicationRecord {
  return {
    ...row,
    version: settingsVersion,
    settings: storedSchema.parse(JSON.parse(settings)).values,
    isRemoved: removedAt !== null,
  };
}
