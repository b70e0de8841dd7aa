import type { LoginFailureCode } from '@gatehouse/contracts/login-codes';

type Refusal = {
  /** OAuth error code. */
  readonly error: string;
  /** Okta's words, lower case; null: whatever they are. */
  readonly words: RegExp | null;
  readonly code: LoginFailureCode;
};

/**
 * What an upstream sends back instead of a code. OAuth knows one word, `access_denied`, for five different things, so
 * here and nowhere else Okta's description is read. Sources: its error catalogue
 * (https://developer.okta.com/docs/reference/error-codes/) and the OpenID Connect reference
 * (https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/), RFC 6749 4.1.2.1, OpenID Connect Core
 * 3.1.2.6. The first row that fits is taken.
 */
const refusals: readonly Refusal[] = [
  { error: 'access_denied', words: /not assigned to the client/, code: 'upstream-not-assigned' },
  { error: 'access_denied', words: /policy evaluation failed/, code: 'upstream-policy' },
  { error: 'access_denied', words: null, code: 'upstream-access-denied' },
  { error: 'server_error', words: /groups claim matched too many/, code: 'upstream-too-many-groups' },
  { error: 'server_error', words: null, code: 'upstream-server-error' },
  { error: 'temporarily_unavailable', words: null, code: 'upstream-server-error' },
  { error: 'invalid_scope', words: null, code: 'upstream-scope-refused' },
  { error: 'invalid_request', words: /pkce code challenge is required/, code: 'upstream-pkce-required' },
  { error: 'unauthorized_client', words: null, code: 'upstream-client-refused' },
  { error: 'invalid_client', words: null, code: 'upstream-client-refused' },
  { error: 'unsupported_response_type', words: null, code: 'upstream-client-refused' },
  { error: 'login_required', words: null, code: 'upstream-login-required' },
  { error: 'interaction_required', words: null, code: 'upstream-login-required' },
  { error: 'consent_required', words: null, code: 'upstream-login-required' },
  { error: 'account_selection_required', words: null, code: 'upstream-login-required' },
];

/** Our code for an error of the authorization endpoint. */
export function upstreamRefusal(error: string, description: string | undefined): LoginFailureCode {
  return find(refusals, error, description) ?? 'upstream-error';
}

/** The same for the token endpoint: RFC 6749 5.2. */
const tokenRefusals: readonly Refusal[] = [
  { error: 'invalid_client', words: null, code: 'token-client-refused' },
  { error: 'invalid_grant', words: /pkce/, code: 'token-pkce-refused' },
  { error: 'invalid_grant', words: null, code: 'token-code-refused' },
  { error: 'access_denied', words: /policy evaluation failed/, code: 'upstream-policy' },
];

/** Our code for an error of the token endpoint. */
export function tokenRefusal(error: string, description: string | undefined): LoginFailureCode {
  return find(tokenRefusals, error, description) ?? 'token-refused';
}

function find(
  table: readonly Refusal[],
  error: string,
  description: string | undefined,
): LoginFailureCode | undefined {
  const words = (description ?? '').toLowerCase();
  return table.find((row) => row.error === error && (row.words === null || row.words.test(words)))?.code;
}
