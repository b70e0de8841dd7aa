import { describe, expect, it } from 'vitest';
import { sourceErrorCodes } from './run-codes.ts';
import { sourceErrorWords } from './source-error-words.ts';

describe('sourceErrorWords', () => {
  it.each(sourceErrorCodes)('has whole sentences for %s, also without facts', (code) => {
    const words = sourceErrorWords({ code, facts: {} });

    for (const text of [words?.saw, words?.matters, words?.advice]) {
      expect(text).toMatch(/^[A-Z].*\.$/su);
      expect(text).not.toMatch(/undefined|NaN|null|\[object|please|invalid \w|successfully/);
    }
  });

  it('says something else about each', () => {
    const facts = { host: 'acme.okta.com', status: 500, oktaCode: 'E0000009' };
    const seen = sourceErrorCodes.map((code) => sourceErrorWords({ code, facts })?.saw);

    expect(new Set(seen).size).toBe(sourceErrorCodes.length);
  });

  it.each([
    [
      'server-failed',
      { status: 500, oktaCode: 'E0000009', collection: 'users', page: 143, tries: 4 },
      'Okta failed while reading users, page 143: it answered 500 E0000009 “Internal Server Error”, in 4 tries.',
    ],
    ['server-failed', { status: 418, oktaCode: 'E9999999' }, 'Okta failed: it answered 418 E9999999.'],
    [
      'host-timed-out',
      { host: 'acme.okta.com', timeoutMs: 10_000, tries: 1 },
      'acme.okta.com did not answer in 10 seconds.',
    ],
    [
      'host-tls',
      { host: 'acme.okta.com', reason: 'CERT_HAS_EXPIRED' },
      'The certificate of acme.okta.com is not trusted (CERT_HAS_EXPIRED).',
    ],
    [
      'rate-limited',
      { status: 429, oktaCode: 'E0000047', bucket: 'Users', waitedMs: 900_000 },
      'Okta’s rate limit is used up for “Users”, and 15 minutes of waiting freed nothing: it answered 429 E0000047 “API call exceeded rate limit due to too many requests”.',
    ],
    [
      'token-invalid',
      { reason: 'characters' },
      'The token has spaces or characters that no token of Okta has. It was not sent.',
    ],
  ])('says what was seen: %s %j', (code, facts, saw) => {
    expect(sourceErrorWords({ code, facts })?.saw).toBe(saw);
  });

  it.each([
    ['E0000005', 'token-invalid', 'session'],
    ['E0000010', 'server-failed', 'maintenance'],
    ['E0000015', 'token-forbidden', 'licence'],
    ['E0000011', 'token-invalid', '30 days'],
    ['constructor', 'server-failed', 'status.okta.com'],
  ])('advises by Okta’s code %s', (oktaCode, code, word) => {
    expect(sourceErrorWords({ code, facts: { oktaCode } })?.advice).toContain(word);
  });

  it.each([
    ['a code that is none', 'guard-held'],
    ['a name that every object has', 'constructor'],
  ])('has nothing to say about %s', (_name, code) => {
    expect(sourceErrorWords({ code, facts: {} })).toBeNull();
  });

  it('survives facts of other types', () => {
    const facts = { host: 1, status: {}, oktaCode: [], page: 'x', tries: null, freeAt: 7 };

    for (const code of sourceErrorCodes) {
      expect(sourceErrorWords({ code, facts })?.saw).not.toMatch(/undefined|NaN|object/);
    }
  });
});
