import { describe, expect, it } from 'vitest';
import { mergeClaims, personLabel } from './claims.ts';

describe('mergeClaims', () => {
  it.each([
    ['userinfo adds', { sub: 'x' }, { name: 'Ada' }, { sub: 'x', name: 'Ada' }],
    ['the ID token counts', { sub: 'x', name: 'Ada' }, { sub: 'x', name: 'Eve' }, { sub: 'x', name: 'Ada' }],
    [
      'a pair from userinfo',
      {},
      { email: 'a@x', email_verified: true },
      { email: 'a@x', email_verified: true },
    ],
    [
      'a pair from the ID token',
      { email: 'a@x', email_verified: true },
      {},
      { email: 'a@x', email_verified: true },
    ],
    [
      'both name one address',
      { email: 'a@x' },
      { email: 'a@x', email_verified: true },
      { email: 'a@x', email_verified: true },
    ],
    [
      'verified is of another address',
      { email: 'a@x' },
      { email: 'b@x', email_verified: true },
      { email: 'a@x' },
    ],
    ['verified is of no address', { email: 'a@x' }, { email_verified: true }, { email: 'a@x' }],
    [
      'verified in the token, address in userinfo',
      { email_verified: true },
      { email: 'b@x' },
      { email: 'b@x' },
    ],
    [
      'the address’s own source says no',
      { email_verified: true },
      { email: 'b@x', email_verified: false },
      { email: 'b@x', email_verified: false },
    ],
    [
      'the ID token says no',
      { email: 'a@x', email_verified: false },
      { email: 'a@x', email_verified: true },
      { email: 'a@x', email_verified: false },
    ],
    [
      'addresses that differ in case',
      { email: 'A@x' },
      { email: 'a@x', email_verified: true },
      { email: 'A@x' },
    ],
  ])('%s', (_what, idToken, userinfo, merged) => {
    expect(mergeClaims(idToken, userinfo)).toEqual(merged);
  });

  it('takes no prototype from a claim', () => {
    const hostile = JSON.parse('{"__proto__": {"email_verified": true}}');

    expect(mergeClaims(hostile, hostile).email_verified).toBeUndefined();
  });
});

describe('personLabel', () => {
  it.each([
    [{ sub: '00u1', email: 'a@x', preferred_username: 'ada', name: 'Ada' }, 'ada'],
    [{ sub: '00u1', email: 'a@x', name: 'Ada' }, 'a@x'],
    [{ sub: '00u1', email: 7, preferred_username: ' ', name: 'Ada' }, 'Ada'],
    [{ sub: '00u1' }, '00u1'],
    [{ sub: '00u1', preferred_username: 'x'.repeat(100_000) }, `${'x'.repeat(255)}…`],
    [{}, ''],
  ])('of %j', (claims, label) => {
    expect(personLabel(claims)).toBe(label);
  });
});
