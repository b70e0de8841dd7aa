import { describe, expect, it } from 'vitest';
import { issuerOf, metadataUrlOf } from './issuer-of.ts';

const rehearsal = 'http://127.0.0.1:8485';

function originOf(domain: string): string {
  return domain === '127.0.0.1:8485' ? rehearsal : `https://${domain}`;
}

function issuer(settings: { preset?: 'okta' | 'oidc'; domain?: string; issuer?: string | null }): string {
  const reading = issuerOf({ preset: 'okta', domain: '', issuer: null, ...settings }, originOf);
  return reading.ok ? reading.issuer : `${reading.code} (${reading.field})`;
}

describe('issuerOf an Okta domain', () => {
  it.each([
    ['acme.okta.com', 'https://acme.okta.com'],
    ['https://acme.okta.com/', 'https://acme.okta.com'],
    ['https://acme-admin.okta.com/admin/apps', 'https://acme.okta.com'],
    ['https://https//acme.okta.com', 'https://acme.okta.com'],
    ['https://acme.okta.com/.well-known/openid-configuration', 'https://acme.okta.com'],
    ['login.acme.example', 'https://login.acme.example'],
    ['acme.okta.com:8443', 'https://acme.okta.com:8443'],
    ['127.0.0.1:8485', rehearsal],
    ['http://127.0.0.1:9999', 'https://127.0.0.1:9999'],
    ['', 'domain-empty (domain)'],
    ['  ', 'domain-empty (domain)'],
    ['javascript:alert(1)', 'domain-refused (domain)'],
    ['ann@acme.com', 'domain-refused (domain)'],
  ])('%j is %s', (domain, expected) => {
    expect(issuer({ domain })).toBe(expected);
  });
});

describe('issuerOf an issuer URL', () => {
  it.each([
    ['https://acme.okta.com/oauth2/default', 'https://acme.okta.com/oauth2/default'],
    ['https://acme.okta.com/oauth2/default/', 'https://acme.okta.com/oauth2/default'],
    ['\u200b https://ACME.okta.com/oauth2/ausX ', 'https://acme.okta.com/oauth2/ausX'],
    ['https://acme-admin.okta.com/oauth2/default', 'https://acme.okta.com/oauth2/default'],
    ['https://acme.okta.com/oauth2/a/.well-known/openid-configuration', 'https://acme.okta.com/oauth2/a'],
    [
      'https://acme.okta.com/oauth2/a/.well-known/openid-configuration?client_id=0oa1#x',
      'https://acme.okta.com/oauth2/a',
    ],
    [
      'https://acme.okta.com/.well-known/oauth-authorization-server/oauth2/a',
      'https://acme.okta.com/oauth2/a',
    ],
    ['https://acme.okta.com:443/oauth2/a', 'https://acme.okta.com/oauth2/a'],
    [`${rehearsal}/oauth2/default`, `${rehearsal}/oauth2/default`],
    ['http://acme.okta.com/oauth2/a', 'issuer-refused (issuer)'],
    ['http://127.0.0.1:9999/oauth2/a', 'issuer-refused (issuer)'],
    ['acme.okta.com/oauth2/a', 'issuer-refused (issuer)'],
    ['//evil.example/a', 'issuer-refused (issuer)'],
    ['https://acme.okta.com/oauth2/a?x=1', 'issuer-refused (issuer)'],
    ['https://acme.okta.com/oauth2/a?', 'issuer-refused (issuer)'],
    ['https://acme.okta.com/oauth2/a#x', 'issuer-refused (issuer)'],
    ['https://ann:pass@acme.okta.com/oauth2/a', 'issuer-refused (issuer)'],
    ['javascript:alert(1)', 'issuer-refused (issuer)'],
    ['file:///etc/passwd', 'issuer-refused (issuer)'],
    ['https://', 'issuer-refused (issuer)'],
    ['', 'issuer-refused (issuer)'],
    [`https://acme.okta.com/${'x'.repeat(2000)}`, 'issuer-refused (issuer)'],
  ])('%j is %s', (text, expected) => {
    expect(issuer({ domain: 'other.okta.com', issuer: text })).toBe(expected);
  });

  it.each([
    ['https://tenant.example', 'https://tenant.example'],
    ['https://tenant.example/', 'https://tenant.example/'],
    ['https://tenant.example/realms/a/', 'https://tenant.example/realms/a/'],
    ['https://tenant.example/.well-known/openid-configuration', 'https://tenant.example'],
  ])('of another provider keeps the slash that it is named with: %s', (text, expected) => {
    expect(issuer({ preset: 'oidc', issuer: text })).toBe(expected);
  });

  it('is what another provider needs', () => {
    expect(issuer({ preset: 'oidc', domain: 'acme.okta.com' })).toBe('domain-empty (issuer)');
  });

  it('says what was taken away, and nothing when it reads its own answer', () => {
    const settings = { preset: 'okta', domain: '' } as const;
    const pasted = 'https://acme-admin.okta.com/oauth2/a/.well-known/openid-configuration?x=1';

    const first = issuerOf({ ...settings, issuer: pasted }, originOf);
    const second = issuerOf({ ...settings, issuer: first.ok ? first.issuer : '' }, originOf);

    expect(first).toMatchObject({ removed: ['-admin', '/.well-known/openid-configuration?x=1'] });
    expect(second).toEqual({ ok: true, issuer: 'https://acme.okta.com/oauth2/a', removed: [] });
  });
});

describe('metadataUrlOf', () => {
  it.each([
    ['https://acme.okta.com', 'https://acme.okta.com/.well-known/openid-configuration'],
    ['https://tenant.example/', 'https://tenant.example/.well-known/openid-configuration'],
    ['https://acme.okta.com/oauth2/a', 'https://acme.okta.com/oauth2/a/.well-known/openid-configuration'],
  ])('%s', (of, expected) => {
    expect(metadataUrlOf(of)).toBe(expected);
  });
});
