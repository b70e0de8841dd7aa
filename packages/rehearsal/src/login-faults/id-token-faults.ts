import { randomBytes } from 'node:crypto';
import type { TokenParts } from './jwt.ts';
import type { PLAIN_ID_TOKEN_KINDS, TIMED_ID_TOKEN_KINDS } from './login-fault-input.ts';

/** What the faulty token is signed with. */
export type SignerName = 'own' | 'foreign' | 'secret' | 'none' | 'ec';

/** An ID token on its way to become a faulty one. */
export type IdTokenDraft = TokenParts & {
  readonly signer: SignerName;
  readonly isBroken: boolean;
};

export type IdTokenFaultKind = (typeof PLAIN_ID_TOKEN_KINDS)[number] | (typeof TIMED_ID_TOKEN_KINDS)[number];

/** What a fault may know. */
export type IdTokenFaultContext = {
  readonly clientId: string;
  /** Issuer of the org's other authorization server. */
  readonly foreignIssuer: string;
  /** Seconds since 1970. */
  readonly now: number;
  /** How far a timed fault goes; undefined takes the kind's own. */
  readonly seconds: number | undefined;
};

type Change = (draft: IdTokenDraft, context: IdTokenFaultContext) => IdTokenDraft;

const HOUR = 3600;
const DAY = 24 * HOUR;
const OTHER_CLIENT = '0oaSomebodyElse00000';

/** One row a fault: what it makes of a good token. */
export const ID_TOKEN_FAULTS: Readonly<Record<IdTokenFaultKind, Change>> = {
  'id-token-iss-wrong': claim('iss', () => 'https://wrong-issuer.example'),
  'id-token-iss-missing': claim('iss', () => undefined),
  'id-token-iss-foreign': claim('iss', ({ foreignIssuer }) => foreignIssuer),
  'id-token-aud-wrong': claim('aud', () => OTHER_CLIENT),
  'id-token-aud-missing': claim('aud', () => undefined),
  'id-token-aud-array': claim('aud', ({ clientId }) => [clientId]),
  'id-token-aud-extra': claim('aud', ({ clientId }) => [clientId, OTHER_CLIENT]),
  'id-token-azp-other': claim('azp', () => OTHER_CLIENT),
  'id-token-nonce-wrong': claim('nonce', () => randomBytes(16).toString('base64url')),
  'id-token-nonce-missing': claim('nonce', () => undefined),
  'id-token-exp-missing': claim('exp', () => undefined),
  'id-token-exp-past': claim('exp', ({ now, seconds = HOUR }) => now - seconds),
  'id-token-iat-missing': claim('iat', () => undefined),
  'id-token-iat-old': claim('iat', ({ now, seconds = 7 * DAY }) => now - seconds),
  'id-token-iat-ahead': claim('iat', ({ now, seconds = DAY }) => now + seconds),
  'id-token-nbf-future': claim('nbf', ({ now, seconds = HOUR }) => now + seconds),
  'id-token-sub-missing': claim('sub', () => undefined),
  'id-token-sub-empty': claim('sub', () => ''),
  'id-token-sub-long': claim('sub', () => 'x'.repeat(300)),
  'id-token-sub-non-ascii': claim('sub', () => '00uJosé営業00000000'),
  'id-token-at-hash-wrong': claim('at_hash', () => randomBytes(16).toString('base64url')),
  'id-token-at-hash-missing': claim('at_hash', () => undefined),
  'id-token-signature-broken': (draft) => ({ ...draft, isBroken: true }),
  'id-token-kid-unknown': (draft) => ({
    ...header(draft, { kid: randomBytes(32).toString('base64url') }),
    signer: 'foreign',
  }),
  'id-token-kid-missing': (draft) => header(draft, { kid: undefined }),
  'id-token-kid-missing-many-keys': (draft) => header(draft, { kid: undefined }),
  'id-token-alg-none': (draft) => ({ ...header(draft, { alg: 'none', kid: undefined }), signer: 'none' }),
  'id-token-alg-hs256': (draft) => ({ ...header(draft, { alg: 'HS256', kid: undefined }), signer: 'secret' }),
  'id-token-alg-es256': (draft) => ({ ...header(draft, { alg: 'ES256' }), signer: 'ec' }),
  'id-token-crit-header': (draft) => header(draft, { crit: ['urn:example:must'], 'urn:example:must': true }),
};

function claim(name: string, valueFor: (context: IdTokenFaultContext) => unknown): Change {
  return (draft, context) => ({ ...draft, payload: replaced(draft.payload, { [name]: valueFor(context) }) });
}

function header(draft: IdTokenDraft, fields: Readonly<Record<string, unknown>>): IdTokenDraft {
  return { ...draft, header: replaced(draft.header, fields) };
}

/** The values with some in the place of others; undefined takes one away. */
export function replaced(
  values: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ ...values, ...changes }).filter(([, value]) => value !== undefined),
  );
}
