import { describe, expect, test } from 'vitest';
import { redacted } from './redact.ts';
import { createTraceRedactor } from './redact-traces.ts';

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl-_';
const random = 'Qm9vRz7xk2-PpL4vT_9sWcE1yUoN3bHdA8iJ6fKgZ0M';
const short = 'xK3-9fPq';
const secret = 'corr&ct "horse" b/ttery';
const redactor = createTraceRedactor([secret, 'tiny']);

describe('text', () => {
  test.each([
    ['a JWT', `seen ${jwt}`, 'seen [redacted]'],
    ['SSWS', `SSWS 00${'a'.repeat(40)}`, 'SSWS [redacted]'],
    ['a callback', `?code=${short}&state=lowercase`, '?code=[redacted]&state=[redacted]'],
    ['an encoded callback', `to=%2Fcb%3Fstate%3D${short}`, 'to=%2Fcb%3Fstate%3D[redacted]'],
    ['a nonce with a colon', `nonce: ${short}`, 'nonce: [redacted]'],
    ['a quoted code', `The code '${short}' is used`, "The code '[redacted]' is used"],
    ['JSON', `{"code":"${short}","a":1}`, '{"code":"[redacted]","a":1}'],
    ['JSON in JSON', `"{\\"nonce\\":\\"${short}\\"}"`, '"{\\"nonce\\":\\"[redacted]\\"}"'],
    [
      'a cookie alone',
      `__Host-gatehouse-login=${short}; Path=/`,
      '__Host-gatehouse-login=[redacted]; Path=/',
    ],
    ['a random word alone', `expected ${random}, saw none`, 'expected [redacted], saw none'],
    ['a known value', `it is ${secret}.`, 'it is [redacted].'],
    ['a known value, percent-encoded', encodeURIComponent(`x ${secret} y`), 'x%20[redacted]%20y'],
    ['a known value in JSON', JSON.stringify({ a: secret }), '{"a":"[redacted]"}'],
    ['a JWT that is cut', `said ${jwt.slice(0, 32)}…`, 'said [redacted]…'],
    ['a random word that is cut', `${random.slice(0, 20)}… (expected: x)`, '[redacted]… (expected: x)'],
    ['an API token that is cut', `alone 00QCjAl4MlV-WPXM_ABcDeF…`, 'alone [redacted]…'],
    ['a known value that is cut', `a… it is ${secret.slice(0, 9)}…`, 'a… it is [redacted]…'],
    ['a known value in base64', `(${Buffer.from(secret).toString('base64')})`, '([redacted]=)'],
  ])('replaces %s', (_name, text, expected) => {
    expect(redactor.text(text)).toBe(expected);
  });

  test.each([
    'code: invalid_grant',
    'code: E0000011',
    'state: passed',
    'The state matches. The code was exchanged.',
    'response_type=code&scope=openid%20profile&code_challenge_method=S256',
    'https://acme.okta.com/oauth2/v1/authorize',
    '00u1a2b3c4d5e6f7g8h9',
    'Very-Long-Group-Name-For-Department-2024-EMEA-Contractors',
    'a tiny thing',
    'A long description that was cut in the middle of a senten…',
    'corr&…',
    `kid ${random}`,
    `key ${random}`,
    `sub: "${random}"`,
    '550e8400-e29b-41d4-a716-446655440000-of-this',
  ])('leaves alone: %s', (text) => {
    expect(redactor.text(text)).toBe(text);
  });

  test.each(['code:', 'nonce "', 'corr&c…', '__Host-', 'aB3', '\\"code\\":\\"', 'state%3D'])(
    'takes no time over %s repeated',
    (part) => {
      const text = part.repeat(20_000);
      const start = performance.now();

      redactor.text(text);

      expect(performance.now() - start).toBeLessThan(1_500);
    },
  );
});

describe('value', () => {
  test.each<[string, unknown, unknown]>([
    ['a code of any spelling', { code: 'lower-case-words' }, { code: redacted }],
    ['a state', { state: random, nonce: 'n-1234' }, { state: redacted, nonce: redacted }],
    [
      'a verifier',
      { code_verifier: 'x', codeVerifier: 'y' },
      { code_verifier: redacted, codeVerifier: redacted },
    ],
    ['tokens', { id_token: 'x', access_token: { a: 1 } }, { id_token: redacted, access_token: redacted }],
    ['a name', { [`code=${short}`]: 1, [jwt]: 2 }, { 'code=[redacted]': 1, '[redacted]': 2 }],
    ['a known value', { deep: [{ note: secret }] }, { deep: [{ note: redacted }] }],
    ['a random word', { note: random }, { note: redacted }],
  ])('replaces %s', (_name, value, expected) => {
    expect(redactor.value(value)).toEqual(expected);
  });

  test.each<[unknown]>([
    [{ kid: random, sub: random, aud: [random] }],
    [{ code: 'token-client-refused', state: 'timed-out' }],
    [{ address: { state: 'New York' } }],
    [{ nonce: 'matches (expected: the one that was sent)', state: '(sent, not shown)' }],
    [{ clientSecret: { set: true } }],
    [{ groups: ['Everyone', 'jira-users'] }],
  ])('leaves alone: %j', (value) => {
    expect(redactor.value(value)).toEqual(value);
  });
});
