import { generateKeyPairSync } from 'node:crypto';
import { defaultIdpSettings, type ImportCheck } from '@gatehouse/contracts/idp';
import type { ImportCheckCode } from '@gatehouse/contracts/import-codes';
import {
  OutboundError,
  type OutboundErrorCode,
  type OutboundRequest,
  type OutboundResponse,
} from '@gatehouse/contracts/outbound';
import type { ImportOptions } from './import-context.ts';
import { type ImportResult, importMetadata } from './import-metadata.ts';

export const testNow = Date.UTC(2026, 0, 30, 12);
export const testIssuer = 'https://acme.okta.com';
export const testCallback = 'https://gatehouse.example/sso/callback/aaaaaaaaaaaaaaaaaaaaaa';
export const testSecret = 'canary-client-secret-0123456789';

export type TestAnswer =
  | OutboundErrorCode
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** A text as it is, anything else as JSON. */
      readonly body?: unknown;
    };

/** Answers of an in-memory provider by the path that is asked; one that is missing answers like a good Okta org. */
export type TestAnswers = Readonly<Record<string, TestAnswer | ((request: OutboundRequest) => TestAnswer)>>;

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const testKey = { ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'k1' };

export const metadataPath = '/.well-known/openid-configuration';

export function testDocument(issuer = testIssuer): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth2/v1/authorize`,
    token_endpoint: `${issuer}/oauth2/v1/token`,
    userinfo_endpoint: `${issuer}/oauth2/v1/userinfo`,
    jwks_uri: `${issuer}/oauth2/v1/keys`,
    end_session_endpoint: `${issuer}/oauth2/v1/logout`,
    response_types_supported: ['code', 'id_token'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'groups'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    code_challenge_methods_supported: ['S256'],
    claims_supported: ['sub', 'email'],
  };
}

const goodAnswers: Readonly<Record<string, TestAnswer>> = {
  [metadataPath]: { body: testDocument() },
  '/oauth2/v1/keys': { body: { keys: [testKey] } },
  '/oauth2/v1/token': {
    status: 400,
    body: { error: 'invalid_grant', error_description: 'The authorization code is invalid or has expired.' },
  },
  '/oauth2/v1/authorize': {
    status: 302,
    headers: { location: `${testCallback}?state=x&error=login_required` },
  },
};

/** Runs an import against an in-memory provider; answers its result and what was asked. */
export async function runImport(
  answers: TestAnswers = {},
  options: Partial<ImportOptions> = {},
): Promise<ImportResult & { readonly requests: OutboundRequest[]; readonly history: ImportCheck[][] }> {
  const requests: OutboundRequest[] = [];
  const history: ImportCheck[][] = [];
  const result = await importMetadata(
    {
      settings: { ...defaultIdpSettings, domain: 'acme.okta.com', clientId: '0oa1' },
      originOf: (domain) => `https://${domain}`,
      callbackUrl: testCallback,
      readSecret: async () => testSecret,
      secretBelongsTo: null,
      fetch: async (request) => {
        requests.push(request);
        return answer(request, answers);
      },
      blockedReason: () => null,
      redact: (text) => text,
      now: () => testNow,
      signal: new AbortController().signal,
      ...options,
    },
    (checks) => history.push([...checks]),
  );
  return { ...result, requests, history };
}

/** `code: state problem` of each check that is not simply passed. */
export function unusual(checks: readonly ImportCheck[]): string[] {
  return checks
    .filter(({ state }) => state !== 'passed')
    .map(({ code, state, problem }) => [code, state, problem?.code].filter(Boolean).join(' '));
}

export function checkOf(checks: readonly ImportCheck[], code: ImportCheckCode): ImportCheck {
  const found = checks.find((check) => check.code === code);
  if (found === undefined) throw new Error(`no check ${code}`);
  return found;
}

function answer(request: OutboundRequest, answers: TestAnswers): OutboundResponse {
  const { pathname, host, hostname } = new URL(request.url);
  const chosen = answers[`${host}${pathname}`] ??
    answers[pathname] ??
    goodAnswers[pathname] ?? { status: 404 };
  const given = typeof chosen === 'function' ? chosen(request) : chosen;
  if (typeof given === 'string') throw new OutboundError(given, given, { details: { host: hostname } });
  const { status = 200, headers = {}, body = '' } = given;
  const isText = typeof body === 'string';
  return {
    status,
    headers: new Headers({
      date: new Date(testNow).toUTCString(),
      'content-type': isText ? 'text/html' : 'application/json',
      ...headers,
    }),
    body: isText ? body : JSON.stringify(body),
  };
}
