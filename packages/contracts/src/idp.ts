import { z } from 'zod';
import { secretStateSchema } from './connector.ts';
import { importCheckCodes, importFields, importStateSchema } from './import-codes.ts';
import { instantSchema, nameSchema, publicIdSchema } from './primitives.ts';
import { trackerSummarySchema } from './tracker.ts';

/** Number of the shape of IdpSettings, stored with each version. */
export const idpSettingsSchemaNumber = 1;

export const idpPresetSchema = z.enum(['okta', 'oidc']);
export type IdpPreset = z.infer<typeof idpPresetSchema>;

/** What a login does to the directory user. */
export const userUpdateMethodSchema = z.enum(['none', 'claims', 'usersync', 'usersync-and-claims']);
export type UserUpdateMethod = z.infer<typeof userUpdateMethodSchema>;

/** How a person who is not linked yet is found, beside the same Okta id: opt-in, and only with a verified e-mail. */
export const matchBySchema = z.enum(['none', 'email', 'username']);
export type MatchBy = z.infer<typeof matchBySchema>;

/** Asymmetric ones only: `none` and the HMAC family can never be chosen. */
export const signingAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA'] as const;
export const clientAuthentications = ['client_secret_basic', 'client_secret_post'] as const;

/** What the provider's metadata said when it was imported; endpoints are used only together with this issuer. */
export const providerMetadataSchema = z.object({
  issuer: z.string(),
  authorizationEndpoint: z.string(),
  tokenEndpoint: z.string(),
  userinfoEndpoint: z.string().nullable(),
  jwksUri: z.string(),
  endSessionEndpoint: z.string().nullable(),
  scopesSupported: z.array(z.string()),
  claimsSupported: z.array(z.string()),
  tokenEndpointAuthMethods: z.array(z.string()),
  codeChallengeMethods: z.array(z.string()),
  idTokenSigningAlgorithms: z.array(z.string()),
  /** RFC 9207: the answer must then carry `iss`. */
  sendsIss: z.boolean(),
  importedAt: instantSchema,
});
export type ProviderMetadata = z.infer<typeof providerMetadataSchema>;

/** Settings of an identity provider: one numbered, immutable version. The client secret is not among them. */
export const idpSettingsSchema = z.object({
  preset: idpPresetSchema,
  /** Host of the Okta org, any paste is cleaned by the server; empty with another provider. */
  domain: z.string().max(2000),
  /** Full issuer URL: a custom authorization server, or another provider. Null: the issuer of the domain. */
  issuer: z.string().max(2000).nullable(),
  clientId: z.string().trim().max(255),
  /** Null: by the provider's metadata, `client_secret_basic` before `client_secret_post`. */
  clientAuthentication: z.enum(clientAuthentications).nullable(),
  signingAlgorithm: z.enum(signingAlgorithms),
  /** Besides `openid`, which is always asked for. */
  scopes: z
    .array(
      z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, 'A scope has no spaces, quotes or backslashes.'),
    )
    .max(20),
  /** Oldest ID token that is accepted, in seconds since it was issued. */
  maximumTokenAgeSeconds: z.number().int().min(60).max(3600),
  updateMethod: userUpdateMethodSchema,
  /** Connector of *Update with UserSync*; its directory is then the IdP's. */
  connectorId: publicIdSchema.nullable(),
  /** Directory of the methods without a connector; null with one. */
  directoryId: publicIdSchema.nullable(),
  /** With claims: a person who is not there yet is made. */
  createUsers: z.boolean(),
  matchBy: matchBySchema,
});
export type IdpSettings = z.infer<typeof idpSettingsSchema>;

/** What a new draft starts from. */
export const defaultIdpSettings: IdpSettings = {
  preset: 'okta',
  domain: '',
  issuer: null,
  clientId: '',
  clientAuthentication: null,
  signingAlgorithm: 'RS256',
  scopes: ['profile', 'email'],
  maximumTokenAgeSeconds: 600,
  updateMethod: 'none',
  connectorId: null,
  directoryId: null,
  createUsers: false,
  matchBy: 'none',
};

/** Steps of the wizard, as in its address. */
export const wizardSteps = ['provider', 'register', 'credentials', 'users', 'test'] as const;
export const wizardStepSchema = z.enum(wizardSteps);
export type WizardStep = z.infer<typeof wizardStepSchema>;

/** `draft`: in the wizard still, nobody can log in with it. */
export const idpStateSchema = z.enum(['draft', 'enabled', 'disabled']);

export const importCheckSchema = z.object({
  code: z.enum(importCheckCodes),
  label: z.string(),
  /** `skipped`: an earlier failure made it pointless. */
  state: importStateSchema,
  /** What was found, one short sentence. */
  fact: z.string().nullable(),
  durationMs: z.number().int().nullable(),
  /** For `warning` and `failed`. */
  problem: z
    .object({
      /** Stable code of our reading, an ImportProblemCode. */
      code: z.string(),
      saw: z.string(),
      matters: z.string(),
      advice: z.string(),
      field: z.enum(importFields).nullable(),
    })
    .nullable(),
  /** The provider's answer, redacted and cut; null where there was none or it must not be shown. */
  raw: z.string().nullable(),
});
export type ImportCheck = z.infer<typeof importCheckSchema>;

export const metadataImportSchema = z.object({
  state: z.enum(['running', 'passed', 'warning', 'failed']),
  startedAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  /** Settings version that was imported for. */
  settingsVersion: z.number().int(),
  checks: z.array(importCheckSchema),
});
export type MetadataImport = z.infer<typeof metadataImportSchema>;

export const idpSchema = z.object({
  id: publicIdSchema,
  state: idpStateSchema,
  /** Empty while a draft has none. */
  name: z.string(),
  settingsVersion: z.number().int(),
  settings: idpSettingsSchema,
  /** True from the draft's first moment on: the URL to register, byte for byte. */
  callbackUrl: z.string(),
  /** Where the domain or issuer leads, e.g. `https://acme.okta.com`; null while it is not known. */
  issuer: z.string().nullable(),
  metadata: providerMetadataSchema.nullable(),
  metadataImport: metadataImportSchema.nullable(),
  clientSecret: secretStateSchema,
  connector: z.object({ id: publicIdSchema, name: z.string() }).nullable(),
  directory: z.object({ id: publicIdSchema, name: z.string() }).nullable(),
  /** The last test login that passed with the present login settings; null = untested. */
  testedAt: instantSchema.nullable(),
  testedBy: z.string().nullable(),
  lastTracker: trackerSummarySchema.nullable(),
  lastFailure: trackerSummarySchema.nullable(),
  /** Applications whose redirection uses it. */
  applications: z.array(z.object({ id: publicIdSchema, name: z.string(), redirecting: z.boolean() })),
  /** Where the wizard goes on; only of a draft. */
  wizard: z.object({ step: wizardStepSchema, ticks: z.array(z.string().max(60)).max(40) }).nullable(),
  createdAt: instantSchema,
  createdBy: z.string(),
  changedAt: instantSchema,
  changedBy: z.string(),
  /** Said once, in the answer to a save. */
  notices: z.array(
    z.object({
      code: z.enum(['secret-cleared', 'domain-cleaned', 'metadata-cleared', 'untested', 'other-domain']),
      detail: z.string(),
    }),
  ),
});
export type Idp = z.infer<typeof idpSchema>;

export const newIdpSchema = z.object({ preset: idpPresetSchema.default('okta') });

export const idpChangeSchema = z.object({
  /** The version that the form was loaded with; another head answers 409 `version-conflict`. */
  expectedVersion: z.number().int().min(1),
  expectedName: z.string().max(200).optional(),
  /** Empty only in a draft. */
  name: z.union([nameSchema, z.literal('')]),
  settings: idpSettingsSchema,
  /** Write-only. Absent: the stored one stays, unless domain, issuer or client id change. */
  clientSecret: z.string().trim().min(1).max(1000).optional(),
});
