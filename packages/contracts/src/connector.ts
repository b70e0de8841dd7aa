import { z } from 'zod';
import { oktaSettingsSchema } from './okta-connector.ts';
import { instantSchema, nameSchema, publicIdSchema } from './primitives.ts';
import { runSummarySchema } from './run.ts';

export const connectorKindSchema = z.enum(['okta']);
export type ConnectorKind = z.infer<typeof connectorKindSchema>;

/** A write-only secret as an answer shows it. */
export const secretStateSchema = z.object({
  set: z.boolean(),
  updatedAt: instantSchema.nullable(),
  updatedBy: z.string().nullable(),
  usedAt: instantSchema.nullable(),
});
export type SecretState = z.infer<typeof secretStateSchema>;

/** The checks of *Save and Test Connection*, in their order. */
export const connectionCheckCodes = [
  'reaches-host',
  'answers-as-okta',
  'token-accepted',
  'may-list-users',
  'may-list-groups',
  'may-list-members',
  'rate-limit-left',
  'token-sees',
] as const;
export type ConnectionCheckCode = (typeof connectionCheckCodes)[number];

export const connectionCheckSchema = z.object({
  code: z.enum(connectionCheckCodes),
  label: z.string(),
  /** `skipped`: an earlier failure made it pointless. */
  state: z.enum(['waiting', 'running', 'passed', 'warning', 'failed', 'skipped']),
  /** What was found, one short sentence. */
  fact: z.string().nullable(),
  durationMs: z.number().int().nullable(),
  /** For `warning` and `failed`. */
  problem: z
    .object({
      /** Stable code of our reading, e.g. `token-invalid`, `host-not-resolved`. */
      code: z.string(),
      /** What we saw. */
      saw: z.string(),
      /** Why it matters. */
      matters: z.string(),
      /** What to do. */
      advice: z.string(),
      /** Field that the fix belongs to. */
      field: z.enum(['domain', 'apiToken']).nullable(),
      /** Okta's own code, e.g. E0000011, and ids for Okta's support. */
      oktaCode: z.string().nullable(),
      oktaErrorId: z.string().nullable(),
      oktaRequestId: z.string().nullable(),
    })
    .nullable(),
});
export type ConnectionCheck = z.infer<typeof connectionCheckSchema>;

export const connectionTestSchema = z.object({
  state: z.enum(['running', 'passed', 'warning', 'failed']),
  startedAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  /** Settings version that was tested. */
  settingsVersion: z.number().int(),
  checks: z.array(connectionCheckSchema),
  /** What the token can see, when the test came that far. */
  visible: z
    .object({
      owner: z.string().nullable(),
      organization: z.string().nullable(),
      users: z.number().int().nullable(),
      /** True when counting stopped early: `users` is a lower bound. */
      usersAtLeast: z.boolean(),
      groups: z.number().int().nullable(),
    })
    .nullable(),
});
export type ConnectionTest = z.infer<typeof connectionTestSchema>;

export const connectionStateSchema = z.enum(['untested', 'connected', 'not-connected']);

export const connectorSchema = z.object({
  id: publicIdSchema,
  kind: connectorKindSchema,
  name: z.string(),
  directory: z.object({ id: publicIdSchema, name: z.string() }),
  settingsVersion: z.number().int(),
  settings: oktaSettingsSchema,
  /** Origin that calls go to, e.g. `https://acme.okta.com`. */
  origin: z.string(),
  apiToken: secretStateSchema,
  connection: connectionStateSchema,
  connectionTest: connectionTestSchema.nullable(),
  nextRunAt: instantSchema.nullable(),
  lastRun: runSummarySchema.nullable(),
  activeRun: runSummarySchema.nullable(),
  heldRun: runSummarySchema.nullable(),
  createdAt: instantSchema,
  changedAt: instantSchema,
  changedBy: z.string(),
  /** Said once, in the answer to a save: e.g. the domain changed without a token, so the token was cleared. */
  notices: z.array(z.object({ code: z.enum(['token-cleared', 'domain-cleaned']), detail: z.string() })),
});
export type Connector = z.infer<typeof connectorSchema>;

export const newConnectorSchema = z.object({
  kind: connectorKindSchema,
  name: nameSchema,
  settings: oktaSettingsSchema,
  /** Write-only. */
  apiToken: z.string().trim().min(1).max(500).optional(),
  /** The directory to write to; absent: a new one with the connector's name. */
  directoryId: publicIdSchema.optional(),
});

export const connectorChangeSchema = z.object({
  /** The version that the form was loaded with; another head answers 409 `version-conflict`. */
  expectedVersion: z.number().int().min(1),
  /** The name that the form was loaded with: it is in no version, so another head's name answers `version-conflict` too. */
  expectedName: z.string().max(200).optional(),
  name: nameSchema,
  settings: oktaSettingsSchema,
  /** Write-only. Absent: the stored one stays, unless the domain changes. */
  apiToken: z.string().trim().min(1).max(500).optional(),
});

export const directorySummarySchema = z.object({
  id: publicIdSchema,
  name: z.string(),
  users: z.number().int(),
  groups: z.number().int(),
});
export type DirectorySummary = z.infer<typeof directorySummarySchema>;
