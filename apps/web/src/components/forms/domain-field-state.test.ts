import { describe, expect, it } from 'vitest';
import { cleanedWords, consoleOf, readAs, settleDomain } from './domain-field-state.ts';

const paste = 'https://acme-admin.okta.com/admin/apps';

describe('settleDomain', () => {
  it.each([
    ['acme.okta.com', 'acme.okta.com', null],
    [' ACME.okta.com ', 'acme.okta.com', 'Removed spaces. Now in lower case.'],
    ['acme.okta.com ', 'acme.okta.com', 'Removed spaces.'],
    ['Acme.Okta.com', 'acme.okta.com', 'Now in lower case.'],
    [paste, 'acme.okta.com', 'Removed https://, -admin and /admin/apps.'],
    [' HTTPS://acme.okta.com/A b ', 'acme.okta.com', 'Removed HTTPS://, /A b and spaces.'],
    ['http://127.0.0.1:8485', '127.0.0.1:8485', 'Removed http://.'],
    ['', '', null],
  ])('reads %j as %j: %j', (typed, value, words) => {
    const settled = settleDomain(typed, null);

    expect(settled.value).toBe(value);
    expect(settled.cleaned && cleanedWords(settled.cleaned)).toBe(words);
    expect(settled.error).toBeUndefined();
  });

  it.each([
    ['priya@acme.example', /e-mail address/],
    ['acme', /acme\.okta\.com/],
    ['acme okta com', /not a host name/],
  ])('keeps %j as typed and says why it cannot be used', (typed, reason) => {
    const settled = settleDomain(typed, null);

    expect(settled.value).toBe(typed);
    expect(settled.error).toMatch(reason);
  });

  it('leaves a paste alone that was brought back, until it is changed', () => {
    expect(settleDomain(paste, paste).value).toBe(paste);
    expect(settleDomain(`${paste}/2`, paste).value).toBe('acme.okta.com');
  });
});

describe('readAs says the reading while typing', () => {
  it.each([
    ['acme.okta.com', undefined],
    ['https://acme.okta.com', 'acme.okta.com'],
    ['acme', undefined],
  ])('%j: %j', (typed, reading) => {
    expect(readAs(typed)).toBe(reading);
  });
});

describe('consoleOf', () => {
  const rehearsal = 'http://127.0.0.1:8485';
  it.each([
    ['acme.okta.com', 'Open acme-admin.okta.com', 'https://acme-admin.okta.com/'],
    ['login.acme.example', 'Open login.acme.example', 'https://login.acme.example/'],
    ['127.0.0.1:8485', 'Open the rehearsal Okta', rehearsal],
  ])('%j: %j', (domain, text, href) => {
    expect(consoleOf(domain, rehearsal)).toEqual({ text, href });
  });

  it('has none for what is no domain', () => {
    expect(consoleOf('acme okta', rehearsal)).toBeNull();
  });
});
