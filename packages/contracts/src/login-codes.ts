import { z } from 'zod';

/** Steps of a login as its tracker shows them, in their order. */
export const loginStepCodes = [
  /** A test's URL was opened; a real login begins with `login-started`. */
  'link-opened',
  'login-started',
  'sent-to-idp',
  'returned',
  'state-matches',
  'code-exchanged',
  'id-token-signature',
  'id-token-issuer',
  'id-token-audience',
  'id-token-nonce',
  'id-token-times',
  'id-token-subject',
  'userinfo',
  'claims',
  'person-found',
  'refresh',
  'update',
  'result',
] as const;
export type LoginStepCode = (typeof loginStepCodes)[number];

/** Every way in which a login can end badly: stable, one entry in docs/troubleshooting.md each. */
export const loginFailureCodes = [
  // starting
  'idp-disabled',
  'idp-removed',
  'idp-incomplete',
  'idp-changed',
  'link-used',
  'link-expired',
  // the way back
  'transaction-missing',
  'transaction-expired',
  'transaction-of-other-idp',
  'state-missing',
  'state-differs',
  'parameter-doubled',
  'code-missing',
  'response-iss-differs',
  'response-iss-missing',
  // Okta says no
  'upstream-not-assigned',
  'upstream-policy',
  'upstream-access-denied',
  'upstream-login-required',
  'upstream-too-many-groups',
  'upstream-scope-refused',
  'upstream-client-refused',
  'upstream-pkce-required',
  'upstream-server-error',
  'upstream-error',
  // reaching Okta
  'host-not-resolved',
  'host-blocked',
  'host-refused',
  'host-timed-out',
  'host-tls',
  'connection-lost',
  'answer-too-large',
  'answer-redirected',
  // exchanging the code
  'token-client-refused',
  'token-code-refused',
  'token-pkce-refused',
  'token-refused',
  'token-rate-limited',
  'token-server-failed',
  'token-unreadable',
  'token-type-unknown',
  // the ID token
  'id-token-missing',
  'id-token-unreadable',
  'id-token-algorithm',
  'id-token-signature',
  'id-token-key-unknown',
  'id-token-key-ambiguous',
  'id-token-crit',
  'keys-unreachable',
  'id-token-issuer',
  'id-token-audience',
  'id-token-authorized-party',
  'id-token-nonce',
  'id-token-expired',
  'id-token-not-yet-valid',
  'id-token-issued-long-ago',
  'id-token-issued-in-future',
  'id-token-claim-missing',
  'id-token-subject',
  'id-token-at-hash',
  // userinfo
  'userinfo-failed',
  'userinfo-unreadable',
  'userinfo-subject',
  // the person
  'person-unknown',
  'person-disabled',
  'person-filtered',
  'person-conflict',
  'claims-unusable',
  'username-taken',
  'email-not-verified',
  'match-not-unique',
  'match-not-allowed',
  'refresh-failed',
  // us
  'server-error',
] as const;
export type LoginFailureCode = (typeof loginFailureCodes)[number];
export const loginFailureCodeSchema = z.enum(loginFailureCodes);

/** Where a fix is made: fields of the IdP's pages. */
export const idpFieldSchema = z.enum([
  'domain',
  'issuer',
  'clientId',
  'clientSecret',
  'clientAuthentication',
  'signingAlgorithm',
  'scopes',
  'maximumTokenAgeSeconds',
  'updateMethod',
  'connectorId',
  'createUsers',
  'matchBy',
]);
export type IdpFieldName = z.infer<typeof idpFieldSchema>;
