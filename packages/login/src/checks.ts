import { createHash } from 'node:crypto';
import type { LoginFailureCode, LoginStepCode } from '@gatehouse/contracts/login-codes';
import type { Claims } from './flow.ts';
import type { DecodedIdToken } from './id-token.ts';
import { seenText } from './seen-text.ts';

/** One thing that has to be true of an ID token. */
export type Check = {
  readonly step: LoginStepCode;
  /** Short, for the raw view. */
  readonly name: string;
  /** What is wrong when it does not hold. */
  readonly code: LoginFailureCode;
  /** Neither of the two ever holds a nonce or a hash in clear. */
  readonly expected: string;
  readonly seen: string;
  readonly ok: boolean;
  /** Claim that is missing or of another type. */
  readonly claim?: string;
};

export type Expectations = {
  readonly issuer: string;
  readonly clientId: string;
  readonly algorithm: string;
  readonly nonce: string;
  /** `unknown`: the library refused the token for something else before it looked. */
  readonly signature: 'verified' | 'differs' | 'unknown';
  /** Null where there is none: then `at_hash` is not compared. */
  readonly accessToken: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly maximumAgeSeconds: number;
};

/** Clocks may differ by this, in seconds: the library's own tolerance. */
const toleranceSeconds = 30;
/** An ID token is issued in the moment of the login: one from further ahead is not ours, in seconds. */
const aheadSeconds = 120;

/**
 * All checks of an ID token, in the order of the timeline: OpenID Connect Core 3.1.3.7, and the five that the library
 * leaves to us (age of `iat`, `azp` beside a single audience, `at_hash`, form of `sub`, a pinned algorithm without `crit`).
 * Pure, and never throws, whatever the claims are.
 */
export function checkIdToken({ header, claims }: DecodedIdToken, expected: Expectations): readonly Check[] {
  return [
    ...signatureChecks(header, claims, expected),
    ...issuerChecks(claims, expected),
    ...audienceChecks(claims, expected),
    ...nonceChecks(claims, expected),
    ...timeChecks(claims, expected),
    ...subjectChecks(claims),
  ];
}

function signatureChecks(header: Claims, claims: Claims, expected: Expectations): Check[] {
  const step = 'id-token-signature';
  const checks: Check[] = [
    {
      step,
      name: 'algorithm',
      code: 'id-token-algorithm',
      expected: expected.algorithm,
      seen: seenText(header.alg),
      ok: header.alg === expected.algorithm,
    },
    {
      step,
      name: 'crit',
      code: 'id-token-crit',
      expected: 'no critical extension',
      seen: header.crit === undefined ? 'none' : seenText(header.crit),
      ok: header.crit === undefined,
    },
    {
      step,
      name: 'signature',
      code: 'id-token-signature',
      expected: 'made by the named key',
      seen: expected.signature === 'unknown' ? 'not looked at' : expected.signature,
      ok: expected.signature !== 'differs',
    },
  ];
  if (claims.at_hash !== undefined && expected.accessToken !== null) {
    const ok = claims.at_hash === leftHalfHash(expected.accessToken, expected.algorithm);
    checks.push({
      step,
      name: 'at_hash',
      code: 'id-token-at-hash',
      expected: 'hash of the access token that came with it',
      seen: ok ? 'matches' : 'differs',
      ok,
    });
  }
  return checks;
}

/** OpenID Connect Core 3.1.3.6: the left half of the hash that belongs to the algorithm; EdDSA hashes by SHA-512. */
export function leftHalfHash(text: string, algorithm: string): string {
  const bits = /(?:256|384|512)$/.exec(algorithm)?.[0] ?? '512';
  const hash = createHash(`sha${bits}`).update(text).digest();
  return hash.subarray(0, hash.length / 2).toString('base64url');
}

function issuerChecks(claims: Claims, expected: Expectations): Check[] {
  const step = 'id-token-issuer';
  return [
    presence(step, claims, 'iss', typeof claims.iss === 'string' && claims.iss !== ''),
    {
      step,
      name: 'iss',
      code: 'id-token-issuer',
      expected: expected.issuer,
      seen: seenText(claims.iss),
      ok: claims.iss === expected.issuer,
    },
  ];
}

function audienceChecks({ aud, azp, ...claims }: Claims, { clientId }: Expectations): Check[] {
  const step = 'id-token-audience';
  const audiences = Array.isArray(aud) ? aud : [aud];
  const isAlone = audiences.length === 1;
  return [
    presence(step, { ...claims, aud }, 'aud', typeof aud === 'string' || Array.isArray(aud)),
    {
      step,
      name: 'aud',
      code: 'id-token-audience',
      expected: clientId,
      seen: seenText(aud),
      ok: audiences.includes(clientId) && (isAlone || azp !== undefined),
    },
    {
      step,
      name: 'azp',
      code: 'id-token-authorized-party',
      expected: isAlone ? `${clientId}, or none` : clientId,
      seen: azp === undefined ? 'none' : seenText(azp),
      ok: azp === undefined ? isAlone : azp === clientId,
    },
  ];
}

function nonceChecks(claims: Claims, expected: Expectations): Check[] {
  const ok = claims.nonce === expected.nonce;
  const seen = claims.nonce === undefined ? 'missing' : ok ? 'matches' : 'differs';
  return [
    {
      step: 'id-token-nonce',
      name: 'nonce',
      code: 'id-token-nonce',
      expected: 'the one that was sent',
      seen,
      ok,
    },
  ];
}

function timeChecks(claims: Claims, { now, maximumAgeSeconds }: Expectations): Check[] {
  const step = 'id-token-times';
  const seconds = Math.floor(now / 1000);
  const { exp, iat, nbf } = claims;
  const later = (name: string, code: LoginFailureCode, value: unknown, limit: number): Check => ({
    step,
    name,
    code,
    expected: `after ${instantText(limit)}`,
    seen: instantText(value),
    ok: typeof value === 'number' && value > limit,
  });
  const earlier = (name: string, code: LoginFailureCode, value: unknown, limit: number): Check => ({
    step,
    name,
    code,
    expected: `until ${instantText(limit)}`,
    seen: instantText(value),
    ok: typeof value === 'number' && value <= limit,
  });
  return [
    presence(step, claims, 'exp', isTime(exp)),
    later('exp', 'id-token-expired', exp, seconds - toleranceSeconds),
    ...(nbf === undefined ? [] : [earlier('nbf', 'id-token-not-yet-valid', nbf, seconds + toleranceSeconds)]),
    presence(step, claims, 'iat', isTime(iat)),
    later('iat, age', 'id-token-issued-long-ago', iat, seconds - maximumAgeSeconds - 1),
    earlier('iat, ahead', 'id-token-issued-in-future', iat, seconds + aheadSeconds),
  ];
}

function isTime(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Seconds since 1970 as an instant; what is no time shows itself. */
export function instantText(value: unknown): string {
  if (typeof value !== 'number' || !(Math.abs(value) <= 8.64e12)) return seenText(value);
  return new Date(value * 1000).toISOString();
}

function subjectChecks(claims: Claims): Check[] {
  const { sub } = claims;
  const step = 'id-token-subject';
  return [
    presence(step, claims, 'sub', typeof sub === 'string'),
    {
      step,
      name: 'sub',
      code: 'id-token-subject',
      expected: '1 to 255 ASCII characters',
      seen: typeof sub === 'string' && sub.length > 255 ? `${sub.length} characters` : seenText(sub),
      ok: typeof sub === 'string' && isSubject(sub),
    },
  ];
}

/** OpenID Connect Core section 2: at most 255 ASCII characters; control characters would not survive being shown. */
function isSubject(text: string): boolean {
  return /^[\x20-\x7e]{1,255}$/.test(text);
}

function presence(step: LoginStepCode, claims: Claims, claim: string, ok: boolean): Check {
  return {
    step,
    name: `${claim} present`,
    code: 'id-token-claim-missing',
    expected: `“${claim}” is there`,
    seen:
      claims[claim] === undefined ? 'missing' : ok ? 'there' : `of another type: ${seenText(claims[claim])}`,
    ok,
    claim,
  };
}
