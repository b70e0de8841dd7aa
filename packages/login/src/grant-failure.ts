import type { LoginFailureCode } from '@gatehouse/contracts/login-codes';
import { AuthorizationResponseError, ClientError } from 'openid-client';
import { type Check, checkIdToken, type Expectations } from './checks.ts';
import type { Claims } from './flow.ts';
import { decodeIdToken, readSignature } from './id-token.ts';
import { LoginError } from './login-result.ts';
import { outboundFailure } from './outbound-failure.ts';
import { cutText, seenText } from './seen-text.ts';
import type { UpstreamCall, UpstreamCalls } from './upstream-call.ts';
import { tokenRefusal, upstreamRefusal } from './upstream-refusal.ts';

/** Codes of oauth4webapi, which openid-client hands on. */
const keySelection = 'OAUTH_KEY_SELECTION_FAILED';
const httpForbidden = 'OAUTH_HTTP_REQUEST_FORBIDDEN';
const unsupported = 'OAUTH_UNSUPPORTED_OPERATION';

export type GrantContext = {
  readonly calls: UpstreamCalls;
  /** Keys that the library was given before the login. */
  readonly keys: readonly unknown[];
  readonly expected: Omit<Expectations, 'signature' | 'accessToken'>;
};

/** Why the exchange failed. With an ID token there are its checks as well: the first that does not hold is the failure. */
export type GrantFailure = { readonly error: LoginError | null; readonly checks: readonly Check[] };

/** Reads why `authorizationCodeGrant` refused: by classes, codes, the captured answer and our own checks. */
export function readGrantFailure(cause: unknown, context: GrantContext): GrantFailure {
  if (cause instanceof AuthorizationResponseError) return only(authorizationFailure(cause));
  const { newest } = context.calls;
  const token = context.calls.last('token');
  if (newest === null || token === null) return only(failureBeforeCall(cause));
  const unanswered = outboundFailure(newest, cause);
  if (unanswered !== null && newest.purpose === 'token') return only(unanswered);

  const answer = readTokenAnswer(token, cause);
  if (answer instanceof LoginError) return only(answer);
  const decoded = decodeIdToken(answer.idToken);
  if (decoded === null) {
    return only(unreadableToken(answer.idToken, cause));
  }
  const { accessToken } = answer;
  const withoutSignature = checkIdToken(decoded, { ...context.expected, accessToken, signature: 'unknown' });
  if (withoutSignature.every(({ ok }) => ok)) {
    return only(unanswered ?? signatureFailure(cause, newest, decoded.header));
  }
  const made = readSignature(answer.idToken, context.keys);
  const signature = made === 'matches' ? 'verified' : made;
  return { error: null, checks: checkIdToken(decoded, { ...context.expected, accessToken, signature }) };
}

function unreadableToken(token: string, cause: unknown): LoginError {
  const parts = token.split('.').length;
  const seen = parts === 5 ? 'an encrypted one' : parts === 3 ? 'parts that are no JSON' : `${parts} parts`;
  return new LoginError(
    { code: 'id-token-unreadable', step: 'id-token-signature', facts: {} },
    { expected: 'a signed JSON Web Token', seen, cause },
  );
}

function only(error: LoginError): GrantFailure {
  return { error, checks: [] };
}

function authorizationFailure(cause: AuthorizationResponseError): LoginError {
  const { error, error_description: description } = cause;
  const code = upstreamRefusal(error, description);
  const facts = refusalFacts(error, description);
  return new LoginError({ code, step: 'returned', facts }, { expected: 'a code', seen: cutText(error, 100) });
}

function refusalFacts(error: string, description: string | undefined): Claims {
  return {
    error: cutText(error, 100),
    ...(description === undefined ? {} : { description: cutText(description, 500) }),
  };
}

function failureBeforeCall(cause: unknown): LoginError {
  const isBlocked = cause instanceof ClientError && cause.code === httpForbidden;
  return isBlocked
    ? new LoginError(
        { code: 'host-blocked', step: 'code-exchanged', facts: {} },
        { cause, expected: 'https', seen: 'http' },
      )
    : new LoginError(
        { code: 'upstream-error', step: 'returned', facts: {} },
        { cause, expected: 'a code', seen: 'another answer' },
      );
}

type TokenAnswer = { readonly idToken: string; readonly accessToken: string };

/** RFC 6749 section 5. */
function readTokenAnswer({ answer }: UpstreamCall, cause: unknown): TokenAnswer | LoginError {
  const fail = (code: LoginFailureCode, seen: string, facts: Claims = {}) =>
    new LoginError({ code, step: 'code-exchanged', facts }, { cause, expected: expectedOf(code), seen });
  if (answer === null) return fail('server-error', 'no answer');
  const { status, isHtml } = answer;
  if (status === 429) return fail('token-rate-limited', 'status 429', { status });
  if (status >= 500) return fail('token-server-failed', `status ${status}`, { status });
  const unreadable = () =>
    fail('token-unreadable', isHtml ? 'a web page' : 'another answer', { status, html: isHtml });
  const body = parseObject(answer.body);
  if (body === null) return unreadable();
  if (status !== 200) {
    if (typeof body.error !== 'string') return fail('token-refused', `status ${status}`, { status });
    const description = typeof body.error_description === 'string' ? body.error_description : undefined;
    const facts = { status, ...refusalFacts(body.error, description) };
    return fail(tokenRefusal(body.error, description), cutText(body.error, 100), facts);
  }
  const { access_token: accessToken, token_type: type, id_token: idToken } = body;
  if (typeof accessToken !== 'string' || accessToken === '' || typeof type !== 'string') return unreadable();
  if (!isBearer(type)) return fail('token-type-unknown', seenText(type, 60));
  return typeof idToken === 'string' && idToken !== ''
    ? { idToken, accessToken }
    : fail('id-token-missing', 'none');
}

function expectedOf(code: LoginFailureCode): string {
  if (code === 'id-token-missing') return 'an ID token';
  return code === 'token-type-unknown' ? 'Bearer' : 'tokens';
}

/** RFC 6749 section 5.1: the type is compared without regard to case. */
export function isBearer(type: string): boolean {
  return type.toLowerCase() === 'bearer';
}

function parseObject(text: string): Claims | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : null;
  } catch {
    return null;
  }
}

/** Every check of ours holds, so it was the signature or the keys. */
function signatureFailure(cause: unknown, newest: UpstreamCall, header: Claims): LoginError {
  const fail = (
    code: LoginFailureCode,
    facts: Claims = {},
    values: { seen?: string; expected?: string } = {},
  ) => new LoginError({ code, step: 'id-token-signature', facts }, { cause, ...values });
  const details = detailsOf(cause);
  const kid = typeof header.kid === 'string' ? cutText(header.kid, 100) : null;
  if (details.code === keySelection) {
    return details.candidates > 1
      ? fail('id-token-key-ambiguous', { keys: details.candidates }, { expected: 'a key id', seen: 'none' })
      : fail('id-token-key-unknown', kid === null ? {} : { kid }, {
          expected: 'one of the published keys',
          seen: kid === null ? 'no key fits' : `key ${kid}`,
        });
  }
  if (details.hasSignature) {
    return fail('id-token-signature', kid === null ? {} : { kid }, {
      expected: 'made by the named key',
      seen: 'differs',
    });
  }
  if (newest.purpose === 'keys' || details.code === unsupported || details.code === null) {
    const status = newest.purpose === 'keys' ? newest.answer?.status : undefined;
    const isStatus = status !== undefined && status !== 200;
    return fail('keys-unreachable', isStatus ? { status } : {}, {
      expected: 'a list of usable keys',
      seen: isStatus ? `status ${status}` : newest.answer?.isHtml === true ? 'a web page' : 'none',
    });
  }
  return new LoginError(
    { code: 'token-unreadable', step: 'code-exchanged', facts: {} },
    { cause, expected: 'tokens', seen: 'another answer' },
  );
}

/** What the library says beside its message: see `getPublicSigKeyFromIssuerJwksUri` and `validateJwsSignature` in it. */
function detailsOf(error: unknown): { code: string | null; candidates: number; hasSignature: boolean } {
  const code = error instanceof ClientError && typeof error.code === 'string' ? error.code : null;
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause.cause : undefined;
  const facts = typeof inner === 'object' && inner !== null ? (inner as Claims) : {};
  const candidates = Array.isArray(facts.candidates) ? facts.candidates.length : 0;
  return { code, candidates, hasSignature: 'signature' in facts };
}
