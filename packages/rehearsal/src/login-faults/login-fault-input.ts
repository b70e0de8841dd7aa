import { z } from 'zod';
import { STEPS } from '../oidc/authorization-server.ts';

/** ID-token faults that need nothing but their name. */
export const PLAIN_ID_TOKEN_KINDS = [
  'id-token-iss-wrong',
  'id-token-iss-missing',
  'id-token-iss-foreign',
  'id-token-aud-wrong',
  'id-token-aud-missing',
  'id-token-aud-array',
  'id-token-aud-extra',
  'id-token-azp-other',
  'id-token-nonce-wrong',
  'id-token-nonce-missing',
  'id-token-exp-missing',
  'id-token-iat-missing',
  'id-token-sub-missing',
  'id-token-sub-empty',
  'id-token-sub-long',
  'id-token-sub-non-ascii',
  'id-token-at-hash-wrong',
  'id-token-at-hash-missing',
  'id-token-signature-broken',
  'id-token-kid-unknown',
  'id-token-kid-missing',
  'id-token-kid-missing-many-keys',
  'id-token-alg-none',
  'id-token-alg-hs256',
  'id-token-alg-es256',
  'id-token-crit-header',
] as const;

/** ID-token faults that move a time by a number of seconds. */
export const TIMED_ID_TOKEN_KINDS = [
  'id-token-exp-past',
  'id-token-iat-old',
  'id-token-iat-ahead',
  'id-token-nbf-future',
] as const;

export const PLAIN_TOKEN_KINDS = [
  'id-token-missing',
  'token-type-odd',
  'token-client-refused',
  'key-rotated',
] as const;

export const PLAIN_RESPONSE_KINDS = [
  'response-iss-wrong',
  'response-iss-added',
  'response-state-wrong',
  'response-state-missing',
  'response-state-doubled',
  'response-code-doubled',
  'response-code-missing',
] as const;

export const ERROR_RESPONSE_KINDS = ['response-access-denied', 'response-server-error'] as const;

export const USERINFO_KINDS = ['userinfo-sub-other', 'userinfo-sub-missing'] as const;

export const PLAIN_DISCOVERY_KINDS = [
  'discovery-without-s256',
  'discovery-without-code-flow',
  'discovery-without-jwks-uri',
  'discovery-not-found',
  'discovery-redirect',
] as const;

export const KEYS_KINDS = ['jwks-lacks-key', 'jwks-empty'] as const;

export const STEP_KINDS = ['step-html', 'step-too-many-requests', 'step-server-error'] as const;

/** Both the ID token and the answer of userinfo. */
export const CLAIMS_KINDS = ['email-verified', 'claims-replaced'] as const;

const times = z.int().min(1).max(1_000_000).nullable();
const common = {
  /** Matching requests that go unharmed first. */
  skip: z.int().min(0).max(1_000_000).default(0),
  /** Strikes the logins of this app only. */
  clientId: z.string().min(1).max(100).nullable().default(null),
};
/** How often it strikes; null is for good. */
const once = { ...common, times: times.default(1) };
const forGood = { ...common, times: times.default(null) };
const step = z.enum(STEPS);
/** Without one, the kind's own. */
const seconds = z.int().min(1).max(1_000_000_000).optional();
const address = z.string().min(1).max(2000);

/** What can be asked for. Every field but `kind`, and `step` where a step is meant, has a default. */
export const loginFaultInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal(PLAIN_ID_TOKEN_KINDS), ...once }),
  z.strictObject({ kind: z.literal(TIMED_ID_TOKEN_KINDS), seconds, ...once }),
  z.strictObject({ kind: z.literal(PLAIN_TOKEN_KINDS), ...once }),
  z.strictObject({ kind: z.literal(PLAIN_RESPONSE_KINDS), ...once }),
  z.strictObject({
    kind: z.literal(ERROR_RESPONSE_KINDS),
    description: z.string().max(100_000).optional(),
    ...once,
  }),
  z.strictObject({ kind: z.literal(USERINFO_KINDS), ...once }),
  z.strictObject({ kind: z.literal(PLAIN_DISCOVERY_KINDS), ...forGood }),
  z.strictObject({
    kind: z.literal('discovery-issuer-other'),
    issuer: address.default('https://other-issuer.example'),
    ...forGood,
  }),
  z.strictObject({
    kind: z.literal('discovery-token-endpoint-foreign'),
    url: address.default('https://foreign-tokens.example/oauth2/v1/token'),
    ...forGood,
  }),
  z.strictObject({ kind: z.literal(KEYS_KINDS), ...forGood }),
  z.strictObject({ kind: z.literal(STEP_KINDS), step, ...once }),
  z.strictObject({
    kind: z.literal('step-slow'),
    step,
    milliseconds: z.int().min(1).max(600_000).default(1000),
    ...forGood,
  }),
  z.strictObject({
    kind: z.literal('step-oversized'),
    step,
    megabytes: z.int().min(1).max(256).default(16),
    ...once,
  }),
  z.strictObject({
    kind: z.literal('clock-skew'),
    /** Ahead when positive, behind when negative. */
    seconds: z.int().min(-1_000_000_000).max(1_000_000_000).default(600),
    ...forGood,
  }),
  z.strictObject({
    kind: z.literal('email-verified'),
    value: z.union([z.boolean(), z.literal(['true', 'false', 'absent']), z.literal(1)]).default(false),
    ...forGood,
  }),
  z.strictObject({
    kind: z.literal('claims-replaced'),
    /** Takes the place of the claims of these names; null takes one away. */
    claims: z.record(z.string(), z.json()).default({ name: '<b>Bold</b>\u202e\u0000' }),
    ...forGood,
  }),
]);

export type LoginFaultInput = z.input<typeof loginFaultInputSchema>;
type ByKind<Settings> = Settings extends { kind: infer Kind }
  ? Kind extends string
    ? Omit<Settings, 'kind'> & { kind: Kind }
    : never
  : never;
/** A fault that was asked for, with its defaults; one member of the union for each kind. */
export type LoginFaultSettings = ByKind<z.output<typeof loginFaultInputSchema>>;
export type LoginFaultKind = LoginFaultInput['kind'];

export const LOGIN_FAULT_KINDS: readonly LoginFaultKind[] = [
  ...PLAIN_ID_TOKEN_KINDS,
  ...TIMED_ID_TOKEN_KINDS,
  ...PLAIN_TOKEN_KINDS,
  ...PLAIN_RESPONSE_KINDS,
  ...ERROR_RESPONSE_KINDS,
  ...USERINFO_KINDS,
  ...PLAIN_DISCOVERY_KINDS,
  'discovery-issuer-other',
  'discovery-token-endpoint-foreign',
  ...KEYS_KINDS,
  ...STEP_KINDS,
  'step-slow',
  'step-oversized',
  'clock-skew',
  ...CLAIMS_KINDS,
];

/** Reads what was asked for. Throws ZodError naming the fields that are wrong. */
export function parseLoginFault(value: unknown): LoginFaultSettings {
  return loginFaultInputSchema.parse(value) as LoginFaultSettings;
}
