import { createHmac, createPrivateKey, sign } from 'node:crypto';
import type { JWK } from 'jose';

/** An ID token taken apart, to be changed and signed again. */
export type TokenParts = {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
};

/** What the signature is made with. */
export type TokenSigner =
  | { readonly alg: 'RS256' | 'ES256'; readonly jwk: JWK }
  | { readonly alg: 'HS256'; readonly secret: string }
  | { readonly alg: 'none' };

/** Takes a compact JWT apart, unverified. Throws when it is none. */
export function readToken(token: string): TokenParts {
  const [header = '', payload = ''] = token.split('.');
  return { header: parsePart(header), payload: parsePart(payload) };
}

/**
 * Puts a compact JWT together. By hand, because a library refuses what is needed here: `none`, unknown
 * `crit`, a header that does not fit the key.
 */
export function writeToken(parts: TokenParts, signer: TokenSigner): string {
  const input = `${encode(parts.header)}.${encode(parts.payload)}`;
  return `${input}.${signatureOf(input, signer)}`;
}

/** The same token with another signature of the right length. */
export function breakSignature(token: string): string {
  const [header, payload, signature = ''] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[0] = (bytes[0] ?? 0) ^ 0xff;
  return `${header}.${payload}.${bytes.toString('base64url')}`;
}

function signatureOf(input: string, signer: TokenSigner): string {
  const data = Buffer.from(input);
  switch (signer.alg) {
    case 'none':
      return '';
    case 'HS256':
      return createHmac('sha256', signer.secret).update(data).digest('base64url');
    case 'RS256':
    case 'ES256': {
      const key = createPrivateKey({ key: signer.jwk as never, format: 'jwk' });
      return sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
    }
  }
}

function parsePart(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
