import type { ProviderMetadata } from '@gatehouse/contracts/idp';
import { parseJsonObject } from './shown-answer.ts';

const longestAddress = 2000;
const longestEntry = 200;
const mostEntries = 200;

/** What is used of a metadata document (OpenID Connect Discovery 3). A list is null when the document has none. */
export type ProviderDocument = {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
  readonly userinfo_endpoint: string | null;
  readonly end_session_endpoint: string | null;
  readonly scopes: readonly string[] | null;
  readonly claims: readonly string[] | null;
  readonly responseTypes: readonly string[] | null;
  readonly grantTypes: readonly string[] | null;
  readonly authMethods: readonly string[] | null;
  readonly challengeMethods: readonly string[] | null;
  readonly algorithms: readonly string[] | null;
  /** RFC 9207. */
  readonly sendsIss: boolean;
};

/** Addresses in a document, by their name there. */
export const endpointNames = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'userinfo_endpoint',
  'end_session_endpoint',
] as const;

export type DocumentReading =
  | { readonly kind: 'document'; readonly document: ProviderDocument }
  | { readonly kind: 'not-json' }
  /** `missing`: the first field that has to be there and is no text; null when it is no object at all. */
  | { readonly kind: 'unreadable'; readonly missing: string | null };

/** Parses a metadata document: only what is used, everything else is dropped. Never throws. */
export function readDocument(body: string): DocumentReading {
  const fields = parseJsonObject(body);
  if (fields === null) return isJson(body) ? { kind: 'unreadable', missing: null } : { kind: 'not-json' };
  const required = ['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const;
  const missing = required.find((name) => address(fields[name]) === null);
  if (missing !== undefined) return { kind: 'unreadable', missing };
  return {
    kind: 'document',
    document: {
      issuer: address(fields.issuer) ?? '',
      authorization_endpoint: address(fields.authorization_endpoint) ?? '',
      token_endpoint: address(fields.token_endpoint) ?? '',
      jwks_uri: address(fields.jwks_uri) ?? '',
      userinfo_endpoint: address(fields.userinfo_endpoint),
      end_session_endpoint: address(fields.end_session_endpoint),
      scopes: list(fields.scopes_supported),
      claims: list(fields.claims_supported),
      responseTypes: list(fields.response_types_supported),
      grantTypes: list(fields.grant_types_supported),
      authMethods: list(fields.token_endpoint_auth_methods_supported),
      challengeMethods: list(fields.code_challenge_methods_supported),
      algorithms: list(fields.id_token_signing_alg_values_supported),
      sendsIss: fields.authorization_response_iss_parameter_supported === true,
    },
  };
}

/** As it is stored: issuer and endpoints as one unit. */
export function toProviderMetadata(document: ProviderDocument, importedAt: number): ProviderMetadata {
  return {
    issuer: document.issuer,
    authorizationEndpoint: document.authorization_endpoint,
    tokenEndpoint: document.token_endpoint,
    userinfoEndpoint: document.userinfo_endpoint,
    jwksUri: document.jwks_uri,
    endSessionEndpoint: document.end_session_endpoint,
    scopesSupported: [...(document.scopes ?? [])],
    claimsSupported: [...(document.claims ?? [])],
    tokenEndpointAuthMethods: [...authMethodsOf(document)],
    codeChallengeMethods: [...(document.challengeMethods ?? [])],
    idTokenSigningAlgorithms: [...(document.algorithms ?? [])],
    sendsIss: document.sendsIss,
    importedAt: new Date(importedAt).toISOString(),
  };
}

/** What a document that names none means (OpenID Connect Discovery 3). */
export function authMethodsOf({ authMethods }: Pick<ProviderDocument, 'authMethods'>): readonly string[] {
  return authMethods ?? ['client_secret_basic'];
}

function address(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= longestAddress ? value : null;
}

/** Entries that cannot be shown or are no words of a protocol are dropped, and so is what comes after the first 200. */
function list(value: unknown): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  const entries = value
    .slice(0, mostEntries * 10)
    .filter((entry): entry is string => typeof entry === 'string' && entry.length <= longestEntry)
    .filter((entry) => /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(entry));
  return [...new Set(entries)].slice(0, mostEntries);
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body.replace(/^\ufeff/, ''));
    return true;
  } catch {
    return false;
  }
}
