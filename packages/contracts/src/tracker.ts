import { z } from 'zod';
import { loginFailureCodeSchema, loginStepCodes } from './login-codes.ts';
import { instantSchema, publicIdSchema } from './primitives.ts';

/**
 * Readable id of a tracker: six characters that cannot be mistaken for each other, shown as `4KX-9TQ`; any case and
 * with or without the dash is understood.
 */
export const trackerIdSchema = z
  .string()
  .trim()
  .transform((text) => text.toUpperCase().replaceAll(/[\s-]/g, ''))
  .refine((text) => /^[2-9A-HJKMNP-TV-Z]{6}$/.test(text), 'A tracker id looks like 4KX-9TQ.')
  .transform((text) => `${text.slice(0, 3)}-${text.slice(3)}`);

/** `timed-out`: nobody opened the link, or nobody came back, within the hour. */
export const trackerStateSchema = z.enum(['waiting', 'in-progress', 'passed', 'failed', 'timed-out']);
export type TrackerState = z.infer<typeof trackerStateSchema>;

/** `test` writes nothing; `login` is a real one. */
export const trackerKindSchema = z.enum(['test', 'login']);
export type TrackerKind = z.infer<typeof trackerKindSchema>;

export const trackerEventSchema = z.object({
  seq: z.number().int(),
  at: instantSchema,
  step: z.enum(loginStepCodes),
  /** `waiting`: the person is at the IdP. */
  state: z.enum(['passed', 'failed', 'warning', 'waiting']),
  /** Why it failed or warns. */
  code: loginFailureCodeSchema.nullable(),
  /** One short sentence without anything secret. */
  fact: z.string(),
  /** Of a check: what had to be there, and what was. */
  expected: z.string().nullable(),
  seen: z.string().nullable(),
  durationMs: z.number().int().nullable(),
  /** More for the raw view: redacted, cut, JSON. */
  facts: z.record(z.string(), z.unknown()),
});
export type TrackerEvent = z.infer<typeof trackerEventSchema>;

/** What a login did to the directory user, or in a test would do. */
export const loginUpdateSchema = z.object({
  made: z.boolean(),
  operation: z.enum(['none', 'create', 'update', 'enable', 'disable']),
  by: z.enum(['claims', 'usersync']),
  changes: z.array(
    z.object({ attribute: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  groupsAdded: z.array(z.string()),
  groupsRemoved: z.array(z.string()),
});
export type LoginUpdate = z.infer<typeof loginUpdateSchema>;

const trackerBase = {
  id: z.string(),
  kind: trackerKindSchema,
  state: trackerStateSchema,
  idp: z.object({ id: publicIdSchema, name: z.string(), issuer: z.string().nullable() }),
  application: z.object({ id: publicIdSchema, name: z.string() }).nullable(),
  /** The last step that was reached, and how it ended. */
  lastStep: z.enum(loginStepCodes).nullable(),
  failure: z.object({ code: loginFailureCodeSchema, step: z.enum(loginStepCodes) }).nullable(),
  /** As the IdP named the person; null while not known. */
  person: z.string().nullable(),
  createdAt: instantSchema,
  /** Null until the test's link is used. */
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
};

export const trackerSummarySchema = z.object(trackerBase);
export type TrackerSummary = z.infer<typeof trackerSummarySchema>;

export const trackerSchema = z.object({
  ...trackerBase,
  startedBy: z.string(),
  settingsVersion: z.number().int(),
  /** Who changed the IdP last before this login, and when. */
  settingsChangedAt: instantSchema,
  settingsChangedBy: z.string(),
  updateMethod: z.string(),
  /** Of a test that nobody has opened yet: works once, for an hour. */
  testUrl: z.string().nullable(),
  expiresAt: instantSchema.nullable(),
  keptUntil: instantSchema,
  /** The directory user, when one was found and still is there. */
  user: z.object({ id: publicIdSchema, name: z.string() }).nullable(),
  /** Claims of the ID token and userinfo, redacted. */
  claims: z.record(z.string(), z.unknown()).nullable(),
  update: loginUpdateSchema.nullable(),
  events: z.array(trackerEventSchema),
});
export type Tracker = z.infer<typeof trackerSchema>;

/** What *Contact Support* would send. */
export const supportBundleSchema = z.object({
  files: z.array(z.object({ name: z.string(), bytes: z.number().int(), content: z.string() })),
  /** What was taken out: kinds with their number, e.g. `{kind: 'token', count: 2}`. */
  removed: z.array(z.object({ kind: z.string(), count: z.number().int() })),
  /** Prepared message; null while no support address is set. */
  message: z
    .object({ to: z.string(), kind: z.enum(['email', 'link']), subject: z.string(), body: z.string() })
    .nullable(),
});
export type SupportBundle = z.infer<typeof supportBundleSchema>;

/** An IdP as support staff choose it for a test: metadata is imported and a client secret is set. */
export const testableIdpSchema = z.object({
  id: publicIdSchema,
  /** Empty: a draft without a name. */
  name: z.string(),
  issuer: z.string().nullable(),
});
