import { describe, expect, test } from 'vitest';
import { redacted, redactText, redactValue } from './redact.ts';

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl-_';
const oktaToken = '00QCjAl4MlV-WPXM_ABcDeFgHiJkLmNoPqRsTuVwXy';

describe('redactText', () => {
  test.each([
    ['a JWT', `got ${jwt} back`, 'got [redacted] back'],
    ['a JWE', `${jwt}.AAAA.BBBB`, '[redacted]'],
    ['a JWT that is cut in its claims', `${jwt.slice(0, 30)}…`, '[redacted]…'],
    ['an Okta token', `token ${oktaToken}.`, 'token [redacted].'],
    ['SSWS', `Authorization was SSWS ${oktaToken}, sent`, 'Authorization was SSWS [redacted], sent'],
    ['Bearer', 'sent "Bearer abc.def" to', 'sent "Bearer [redacted]" to'],
    ['Basic', 'basic dXNlcjpwYXNz', 'basic [redacted]'],
    ['a header line', 'Cookie: a=1; b=2\nHost: x', 'Cookie: [redacted]\nHost: x'],
    ['a set-cookie line', 'set-cookie: __Host-gh="x"; Secure', 'set-cookie: [redacted]'],
    ['an authorization line', 'authorization: Negotiate abc def', 'authorization: [redacted]'],
    [
      'a callback',
      '/cb?code=aB3&state=xYz&iss=https://o',
      '/cb?code=[redacted]&state=[redacted]&iss=https://o',
    ],
    ['an encoded callback', 'next=%2Fcb%3Fcode%3DaB3', 'next=%2Fcb%3Fcode%3D[redacted]'],
    ['a form', 'client_id=x&client_secret=hunter2&y=1', 'client_id=x&client_secret=[redacted]&y=1'],
    ['a word', 'password: hunter2, retry', 'password: [redacted], retry'],
    ['a quoted word', 'password="hunter 2"', 'password="[redacted]"'],
    ['an inspected object', "{ apiToken: 'hunter \\' 2', a: 1 }", "{ apiToken: '[redacted]', a: 1 }"],
    ['JSON', '{"api_token":"hun\\"ter2","a":1}', '{"api_token":"[redacted]","a":1}'],
    ['cut JSON', '{"password":"hunter2', '{"password":"[redacted]"'],
    ['JSON in JSON', '"{\\"token\\":\\"hunter2\\"}"', '"{\\"token\\":\\"[redacted]\\"}"'],
    ['an address', 'http://me:hunter2@proxy:3128/', 'http://[redacted]@proxy:3128/'],
    ['a set-up link', 'open /setup?x=gh-setup-AbC_d-9 now', 'open /setup?x=[redacted] now'],
    ['a sealed secret', 'enc:v1:ab12:QUJD-_x', '[redacted]'],
    ['a key', 'x -----BEGIN EC PRIVATE KEY-----\nabc\n-----END EC PRIVATE KEY----- y', 'x [redacted] y'],
  ])('%s', (_name, text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  test.each([
    'connect ECONNREFUSED 127.0.0.1:8485',
    'Basic authentication is off',
    'WWW-Authenticate Bearer realm="x"',
    'user 00u1a2b3c4d5e6f7g8h9 was renamed',
    'statusCode=404 at https://dev-1.okta.com/api/v1/users?after=abc',
    'The token is expired.',
    'mailto user@example.com',
  ])('leaves alone: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  test.each([
    ['ey-', 40_000],
    ['://a', 40_000],
    ['password', 20_000],
    ['a.token-', 20_000],
    ['\\"', 50_000],
    ['password:"\\', 10_000],
    ['-----BEGIN PRIVATE KEY-----', 3_000],
  ])('takes no time over %s repeated', (part, times) => {
    const text = part.repeat(times);
    const start = performance.now();

    redactText(text);

    expect(performance.now() - start).toBeLessThan(1_500);
  });
});

describe('redactValue', () => {
  test.each<[string, unknown, unknown]>([
    ['a secret field', { password: 'x', user: 'y' }, { password: redacted, user: 'y' }],
    [
      'any spelling',
      { 'X-Api-Key': 'x', client_secret: 'x' },
      { 'X-Api-Key': redacted, client_secret: redacted },
    ],
    ['deep', { a: [{ apiToken: 'x' }] }, { a: [{ apiToken: redacted }] }],
    ['a whole object', { cookies: { a: 'b' } }, { cookies: redacted }],
    ['values by shape', { note: `is ${jwt}` }, { note: 'is [redacted]' }],
    ['HAR headers', [{ name: 'Cookie', value: 'a=b' }], [{ name: 'Cookie', value: redacted }]],
    ['raw headers', ['Host', 'x', 'Cookie', 'a=b'], ['Host', 'x', 'Cookie', redacted]],
    ['an OAuth answer', { code: 'xK3-9fPq', state: 'Zz01' }, { code: redacted, state: redacted }],
    ['a name of a field', { [`got ${jwt}`]: 1 }, { 'got [redacted]': 1 }],
    ['numbers and dates', { n: 1, at: new Date(0) }, { n: 1, at: '1970-01-01T00:00:00.000Z' }],
    ['bytes', { body: Buffer.from('secret') }, { body: '[6 bytes]' }],
  ])('%s', (_name, value, expected) => {
    expect(redactValue(value)).toEqual(expected);
  });

  test.each<[unknown]>([
    [{ code: 'ECONNREFUSED', state: 'running' }],
    [{ code: 'blocked-address' }],
    [{ code: 'E0000011' }],
    [{ apiToken: { set: true, updatedAt: 5 } }],
    [{ hasPassword: true, token: null, secret: '' }],
    [{ tokens: 3, tokenName: 'sync' }],
    [['a', 'b', 'c']],
  ])('leaves alone: %j', (value) => {
    expect(redactValue(value)).toEqual(value);
  });

  test('errors keep message, code and causes, and lose other properties', () => {
    const inner = Object.assign(new Error('password=hunter2'), { code: 'EX', data: 'hunter3' });
    const shown = redactValue({ failure: new TypeError('outer', { cause: inner }) });

    expect(shown).toMatchObject({
      failure: { type: 'TypeError', message: 'outer', cause: { code: 'EX', message: 'password=[redacted]' } },
    });
    expect(JSON.stringify(shown)).not.toMatch(/hunter[23]/);
  });

  test('circles and depths end', () => {
    const circle: Record<string, unknown> = { a: 1 };
    circle.self = circle;
    let deep: unknown = 'x';
    for (let level = 0; level < 50; level += 1) deep = { deep };

    expect(redactValue(circle)).toEqual({ a: 1, self: '[circular]' });
    expect(JSON.stringify(redactValue(deep))).toContain('[too deep]');
  });
});
