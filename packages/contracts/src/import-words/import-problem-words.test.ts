import { describe, expect, it } from 'vitest';
import { type ImportProblemCode, importProblemCodes } from '../import-codes.ts';
import { importProblemWords } from './import-problem-words.ts';

const oddFacts = {
  preset: 7,
  host: null,
  url: {},
  status: [],
  said: 3.5,
  seconds: 'x',
  count: null,
  bits: {},
};

describe('importProblemWords', () => {
  it.each(
    importProblemCodes.flatMap((code) => [
      [code, {}],
      [code, { preset: 'oidc' }],
      [code, oddFacts],
    ]),
  )('has whole sentences for %s %j', (code, facts) => {
    const words = importProblemWords(code as ImportProblemCode, facts as object as Record<string, unknown>);

    for (const text of [words.saw, words.matters, words.advice]) {
      expect(text).toMatch(/^[A-Z].*\.$/su);
      expect(text).not.toMatch(/undefined|NaN|null|\[object|please|oops|invalid |successfully|\s\s|\.\./i);
    }
  });

  it.each(['saw', 'advice'] as const)('says something else about each: %s', (part) => {
    const facts = { host: 'acme.okta.com', status: 400, said: 'No' };
    const texts = importProblemCodes.map((code) => importProblemWords(code, facts)[part]);

    const twice = texts.filter((text, index) => texts.indexOf(text) !== index);
    expect(twice).toEqual([]);
  });

  it('speaks of Okta only where it is Okta', () => {
    const facts = { preset: 'oidc', host: 'login.example.com', url: 'https://login.example.com/x' };
    const texts = importProblemCodes
      .filter((code) => code !== 'import-domain-refused')
      .map((code) => JSON.stringify(importProblemWords(code, facts)));

    expect(texts.filter((text) => text.includes('Okta'))).toEqual([]);
  });

  it.each([
    [
      'import-secret-refused',
      {
        status: 401,
        error: 'invalid_client',
        said: 'The client secret supplied for a confidential client is invalid.',
        clientKnown: true,
      },
      'Okta answered 401 invalid_client: “The client secret supplied for a confidential client is invalid”. The Client ID is right.',
    ],
    ['import-clock-apart', { seconds: -75 }, 'This server’s clock is 75 seconds behind Okta’s.'],
    [
      'import-clock-apart',
      { seconds: 1, preset: 'oidc' },
      'This server’s clock is 1 second ahead of the provider’s.',
    ],
    [
      'import-host-timed-out',
      { host: 'acme.okta.com', timeoutMs: 10_000 },
      'acme.okta.com did not answer in 10 seconds.',
    ],
    [
      'import-issuer-differs',
      { seen: 'https://other.okta.com', expected: 'https://acme.okta.com' },
      'The metadata names the issuer https://other.okta.com; expected was https://acme.okta.com.',
    ],
    [
      'import-endpoint-foreign',
      { count: 2, endpoints: 'token_endpoint (tokens.example.com)' },
      'Of the endpoints 2 are on another host than the issuer: token_endpoint (tokens.example.com).',
    ],
  ] as const)('says what was seen: %s %j', (code, facts, saw) => {
    expect(importProblemWords(code, facts).saw).toBe(saw);
  });

  it.each([
    ['import-no-org', { preset: 'okta' }, 'domain'],
    ['import-no-org', { preset: 'oidc' }, 'issuer'],
    ['import-issuer-differs', { preset: 'okta', addressField: 'issuer' }, 'issuer'],
    ['import-secret-refused', {}, 'clientSecret'],
  ] as const)('names the field of the fix: %s %j', (code, facts, field) => {
    expect(importProblemWords(code, facts).field).toBe(field);
  });
});
