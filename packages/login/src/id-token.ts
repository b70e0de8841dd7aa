import { createPublicKey, constants as cryptoConstants, type JsonWebKey, verify } from 'node:crypto';
import type { Claims } from './flow.ts';

/** A token as its parts say, believed by nobody yet. */
export type DecodedIdToken = { readonly header: Claims; readonly claims: Claims };

/** Null: not a compact JWS with JSON objects in its parts; an encrypted token is none either. */
export function decodeIdToken(token: string): DecodedIdToken | null {
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  const header = decodePart(parts[0]);
  const claims = decodePart(parts[1]);
  return header === null || claims === null ? null : { header, claims };
}

function decodePart(part: string | undefined): Claims | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : null;
  } catch {
    return null;
  }
}

/**
 * Whether one of these keys made the token's signature; `unknown` where none of them is named by it. For the trace of a
 * token that was refused for something else before its signature was looked at: nobody is let in by this.
 */
export function readSignature(token: string, keys: readonly unknown[]): 'matches' | 'differs' | 'unknown' {
  const [protectedHeader, payload, signature] = token.split('.');
  const header = decodePart(protectedHeader);
  const named = keys.filter(
    (key): key is JsonWebKey => isObject(key) && typeof header?.kid === 'string' && key.kid === header.kid,
  );
  const [key] = named;
  if (key === undefined || named.length !== 1 || signature === undefined) return 'unknown';
  try {
    const verified = verify(
      digestOf(header?.alg),
      Buffer.from(`${protectedHeader}.${payload}`),
      { key: createPublicKey({ key, format: 'jwk' }), ...schemeOf(header?.alg) },
      Buffer.from(signature, 'base64url'),
    );
    return verified ? 'matches' : 'differs';
  } catch {
    return 'unknown';
  }
}

/** RFC 7518 section 3.1, RFC 8037 section 3.1. */
function digestOf(algorithm: unknown): string | null {
  return typeof algorithm === 'string' && algorithm !== 'EdDSA' ? `sha${algorithm.slice(2)}` : null;
}

function schemeOf(algorithm: unknown) {
  if (typeof algorithm !== 'string') return {};
  if (algorithm.startsWith('ES')) return { dsaEncoding: 'ieee-p1363' as const };
  return algorithm.startsWith('PS')
    ? { padding: cryptoConstants.RSA_PKCS1_PSS_PADDING, saltLength: cryptoConstants.RSA_PSS_SALTLEN_DIGEST }
    : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
