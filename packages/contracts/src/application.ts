import { z } from 'zod';
import { instantSchema, nameSchema, publicIdSchema } from './primitives.ts';

export const applicationKindSchema = z.enum(['jira', 'confluence', 'bitbucket', 'bamboo']);
export type ApplicationKind = z.infer<typeof applicationKindSchema>;

export const applicationKindLabels: Readonly<Record<ApplicationKind, string>> = {
  jira: 'Jira',
  confluence: 'Confluence',
  bitbucket: 'Bitbucket',
  bamboo: 'Bamboo',
};

/** In the address of its login: /sso/<slug>/login. Made from the name, kept when the name changes. */
export const applicationSlugSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/);

/** Why the switch cannot be turned on; one sentence and the button that opens the lock. */
export const redirectionLockSchema = z.enum(['no-idp', 'idp-not-chosen', 'idp-disabled', 'idp-untested']);
export type RedirectionLock = z.infer<typeof redirectionLockSchema>;

export const redirectionSchema = z.object({
  enabled: z.boolean(),
  /** The second switch, for the customer portal of Jira Service Management. */
  portal: z.boolean(),
  /** Which IdP people are sent to; null: the only one there is. */
  idpId: publicIdSchema.nullable(),
});
export type Redirection = z.infer<typeof redirectionSchema>;

export const noSsoUrlSchema = z.object({ label: z.string(), url: z.string() });

export const applicationSchema = z.object({
  id: publicIdSchema,
  slug: z.string(),
  name: z.string(),
  kind: applicationKindSchema,
  /** With context path, without a slash at its end. */
  baseUrl: z.string(),
  /** Jira Service Management runs in it. */
  jsm: z.boolean(),
  version: z.number().int(),
  redirection: redirectionSchema,
  /** The IdP that a login goes to now. */
  idp: z.object({ id: publicIdSchema, name: z.string(), testedAt: instantSchema.nullable() }).nullable(),
  lock: redirectionLockSchema.nullable(),
  /** Where its login page has to send people. */
  loginUrl: z.string(),
  noSsoUrls: z.array(noSsoUrlSchema),
  /** Who turned the switch last, and when. */
  switchedAt: instantSchema.nullable(),
  switchedBy: z.string().nullable(),
  createdAt: instantSchema,
  changedAt: instantSchema,
  changedBy: z.string(),
});
export type Application = z.infer<typeof applicationSchema>;

export const newApplicationSchema = z.object({
  name: nameSchema,
  kind: applicationKindSchema,
  baseUrl: z.string().trim().min(1, 'Enter the base URL.').max(500, 'A base URL has at most 500 characters.'),
  jsm: z.boolean().default(false),
});

export const applicationChangeSchema = newApplicationSchema.extend({
  /** The version that the form was loaded with; another one answers 409 `version-conflict`. */
  expectedVersion: z.number().int().min(1),
});

/** What to paste into the product or its proxy so that its login page asks Gatehouse. */
export const redirectSnippetSchema = z.object({
  target: z.enum(['nginx', 'apache', 'caddy', 'seraph']),
  label: z.string(),
  /** Where it goes, in one sentence. */
  where: z.string(),
  text: z.string(),
});
