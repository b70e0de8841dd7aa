import { z } from 'zod';
import type { FieldDescription } from './field-description.ts';
import { scheduleSchema } from './schedule.ts';

/** Number of the shape of OktaSettings, stored with each version. */
export const oktaSettingsSchemaNumber = 1;

/** Settings of a connector of kind `okta`. Secrets are not among them. */
export const oktaSettingsSchema = z.object({
  /** Host name, with a port only where it is not 443; any paste is cleaned by the server. */
  domain: z.string().max(2000),
  schedule: z.object({
    enabled: z.boolean(),
    /** Kept while the schedule is off. */
    value: scheduleSchema.nullable(),
  }),
});
export type OktaSettings = z.infer<typeof oktaSettingsSchema>;

/** What form, server messages and docs say about each field. */
const oktaConnectorFields = [
  {
    name: 'name',
    label: 'Name',
    help: 'How this connector is called on every screen and in the audit.',
    example: 'Acme workforce',
    secret: false,
  },
  {
    name: 'domain',
    label: 'Okta domain',
    help: 'Without protocol. Any paste is understood, also the address bar of the admin console.',
    example: 'acme.okta.com',
    secret: false,
  },
  {
    name: 'apiToken',
    label: 'API token',
    help: 'Stored encrypted, never shown again. It has the rights of the administrator who made it.',
    example: null,
    secret: true,
  },
  {
    name: 'schedule.enabled',
    label: 'Enable Scheduled Synchronization',
    help: 'Runs on this server, also when nobody is signed in.',
    example: null,
    secret: false,
  },
  {
    name: 'schedule.value.expression',
    label: 'Cron expression',
    help: 'Five fields as in Unix, or six or seven as in Quartz.',
    example: '0 */4 * * *',
    secret: false,
  },
] as const satisfies readonly FieldDescription[];

export type OktaConnectorField = (typeof oktaConnectorFields)[number]['name'];

/** What is said about one field. */
export function oktaConnectorField(name: OktaConnectorField): FieldDescription {
  const field = oktaConnectorFields.find((described) => described.name === name);
  if (field === undefined) throw new RangeError(`no field ${name}`);
  return field;
}
