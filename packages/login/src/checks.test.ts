import { describe, expect, it } from 'vitest';
import { checkIdToken, instantText, leftHalfHash } from './checks.ts';
import { decodeIdToken, readSignature } from './id-token.ts';
import { cutText, seenText } from './seen-text.ts';

const seconds = 1_795_831_771;
const expected = {
  issuer: 'https://acme.okta.com',
  clientId: '0oa1',
  algorithm: 'RS256',
  nonce: 'n',
  signature: 'verified',
  accessToken: 'access',
  now: seconds * 1000,
  maximumAgeSeconds: 600,
} as const;
const claims = {
  iss: 'https://acme.okta.com',
  sub: '00u1',
  aud: '0oa1',
  iat: seconds,
  exp: seconds + 3600,
  nonce: 'n',
};

function failing(changed: object, header: object = { alg: 'RS256' }) {
  const decoded = { header: { ...header }, claims: { ...claims, ...changed } };
  return checkIdToken(decoded, expected)
    .filter(({ ok }) => !ok)
    .map(({ name, code }) => `${name}: ${code}`);
}

describe('checkIdToken', () => {
  it('finds nothing in a token that is right', () => {
    expect(failing({})).toEqual([]);
    expect(failing({ at_hash: leftHalfHash('access', 'RS256'), azp: '0oa1', nbf: seconds })).toEqual([]);
  });

  it.each([
    ['exp at the edge of the tolerance', { exp: seconds - 29 }, []],
    ['exp beyond it', { exp: seconds - 30 }, ['exp: id-token-expired']],
    ['nbf at the edge', { nbf: seconds + 30 }, []],
    ['nbf beyond it', { nbf: seconds + 31 }, ['nbf: id-token-not-yet-valid']],
    ['iat as old as may be', { iat: seconds - 600 }, []],
    ['iat one second older', { iat: seconds - 601 }, ['iat, age: id-token-issued-long-ago']],
    ['iat as far ahead as may be', { iat: seconds + 120 }, []],
    ['iat one second further', { iat: seconds + 121 }, ['iat, ahead: id-token-issued-in-future']],
    ['a sub of 255', { sub: 'a'.repeat(255) }, []],
    ['a sub of 256', { sub: 'a'.repeat(256) }, ['sub: id-token-subject']],
    ['a sub with a line break', { sub: 'a\nb' }, ['sub: id-token-subject']],
    ['aud with our id as part of another', { aud: '0oa12' }, ['aud: id-token-audience']],
    ['aud that is empty', { aud: [] }, ['aud: id-token-audience', 'azp: id-token-authorized-party']],
    ['at_hash of another type', { at_hash: 7 }, ['at_hash: id-token-at-hash']],
  ])('%s', (_what, changed, found) => {
    expect(failing(changed)).toEqual(found);
  });

  it('shows neither nonce nor hash', () => {
    const checks = checkIdToken({ header: {}, claims: { nonce: 'canary', at_hash: 'canary' } }, expected);

    expect(JSON.stringify(checks)).not.toContain('canary');
  });

  it('never throws, whatever the claims are', () => {
    const values = [undefined, null, 7, Number.NaN, 1e300, '', [], {}, [[]], true, 'x'.repeat(100_000)];
    for (const value of values) {
      const hostile = Object.fromEntries(
        Object.keys({ ...claims, azp: 0, nbf: 0, at_hash: 0 }).map((name) => [name, value]),
      );

      const checks = checkIdToken({ header: { alg: value, crit: value }, claims: hostile }, expected);

      expect(checks.some(({ ok }) => !ok)).toBe(true);
      for (const { seen } of checks) expect(seen.length).toBeLessThanOrEqual(400);
    }
  });
});

describe('leftHalfHash', () => {
  // OpenID Connect Core, appendix A.3 (RS256).
  it('is the example of the specification', () => {
    expect(leftHalfHash('jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y', 'RS256')).toBe(
      '77QmUPtjPfzWtF2AnpK9RQ',
    );
  });

  it.each([
    ['ES384', 32],
    ['PS512', 43],
    ['EdDSA', 43],
  ])('of %s is half of its own hash', (algorithm, length) => {
    expect(leftHalfHash('x', algorithm)).toHaveLength(length);
  });
});

describe('decodeIdToken', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it.each([
    ['nothing', ''],
    ['two parts', `${part({})}.${part({})}`],
    ['five parts', 'a.b.c.d.e'],
    ['a list as claims', `${part({})}.${part([])}.x`],
    ['null as header', `${part(null)}.${part({})}.x`],
    ['no base64', '!!!.???.x'],
  ])('refuses %s', (_what, token) => {
    expect(decodeIdToken(token)).toBeNull();
  });

  it('reads text beyond ASCII', () => {
    expect(decodeIdToken(`${part({ alg: 'x' })}.${part({ name: 'Zoë 語' })}.`)?.claims.name).toBe('Zoë 語');
  });
});

describe('readSignature', () => {
  it.each([
    ['no keys', 'a.b.c', []],
    ['no token', '', [{ kid: 'k' }]],
    [
      'a key that is none',
      `${Buffer.from('{"alg":"RS256","kid":"k"}').toString('base64url')}.b.c`,
      [{ kid: 'k' }],
    ],
    [
      'an unknown algorithm',
      `${Buffer.from('{"alg":"none","kid":"k"}').toString('base64url')}.b.c`,
      [{ kid: 'k' }],
    ],
  ])('knows nothing of %s', (_what, token, keys) => {
    expect(readSignature(token, keys)).toBe('unknown');
  });
});

describe('seenText', () => {
  it.each([
    [undefined, 'missing'],
    ['', 'empty'],
    ['x', 'x'],
    [7, '7'],
    [['a'], '["a"]'],
    ['y'.repeat(400), `${'y'.repeat(300)}…`],
  ])('of %j', (value, text) => {
    expect(seenText(value)).toBe(text);
  });

  it('cuts no character in half', () => {
    expect(cutText('ab😀', 3)).toBe('ab…');
  });
});

describe('instantText', () => {
  it.each([
    [0, '1970-01-01T00:00:00.000Z'],
    ['0', '0'],
    [1e300, '1e+300'],
    [undefined, 'missing'],
  ])('of %j', (value, text) => {
    expect(instantText(value)).toBe(text);
  });
});
