import { defaultIdpSettings, type IdpSettings } from '@gatehouse/contracts/idp';
import { describe, expect, it } from 'vitest';
import { changedIdpSettings, prepareIdpSettings, type StoredIdp, usesConnector } from './idp-settings.ts';

const finished: IdpSettings = { ...defaultIdpSettings, domain: 'acme.okta.com', clientId: '0oa1' };
const connectorId = 'c'.repeat(22);
const directoryId = 'd'.repeat(22);
const stored: StoredIdp = {
  settings: finished,
  isDraft: false,
  hasSecret: true,
  hasMetadata: true,
  isTested: true,
};
const draft: StoredIdp = {
  settings: defaultIdpSettings,
  isDraft: true,
  hasSecret: false,
  hasMetadata: false,
  isTested: false,
};

function originOf(domain: string): string {
  return domain === '127.0.0.1:8485' ? 'http://127.0.0.1:8485' : `https://${domain}`;
}

function prepare(change: Partial<IdpSettings>, from: StoredIdp = stored, secretSent = false) {
  return prepareIdpSettings({ ...from.settings, ...change }, from, { secretSent, originOf });
}

function mustPrepare(...input: Parameters<typeof prepare>) {
  const prepared = prepare(...input);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  return prepared;
}

describe('prepareIdpSettings cleans', () => {
  it.each<[string, Partial<IdpSettings>, Partial<IdpSettings>]>([
    [
      'a pasted address of the console',
      { domain: 'https://acme-admin.okta.com/admin/apps' },
      { domain: 'acme.okta.com', issuer: null },
    ],
    [
      'the issuer of a custom server out of the domain',
      { domain: 'https://acme.okta.com/oauth2/aus9X/v1/authorize' },
      { domain: 'acme.okta.com', issuer: 'https://acme.okta.com/oauth2/aus9X' },
    ],
    [
      'an endpoint of the org’s server',
      { domain: 'https://acme.okta.com/oauth2/v1/authorize' },
      { domain: 'acme.okta.com', issuer: null },
    ],
    [
      'an issuer that is the org itself',
      { issuer: 'https://acme.okta.com/' },
      { domain: 'acme.okta.com', issuer: null },
    ],
    ['an empty issuer', { issuer: '  ' }, { domain: 'acme.okta.com', issuer: null }],
    [
      'the domain out of an issuer',
      { domain: '', issuer: 'https://acme.okta.com/oauth2/default' },
      { domain: 'acme.okta.com', issuer: 'https://acme.okta.com/oauth2/default' },
    ],
    [
      'the domain of another provider away',
      { preset: 'oidc', issuer: 'https://login.example.com/' },
      { domain: '', issuer: 'https://login.example.com/' },
    ],
    ['doubled scopes', { scopes: ['openid', 'email', 'email'] }, { scopes: ['email'] }],
    [
      'the directory of a method with a connector',
      { updateMethod: 'usersync', connectorId, directoryId },
      { connectorId, directoryId: null },
    ],
    [
      'the connector of a method without one',
      { updateMethod: 'claims', connectorId, directoryId, createUsers: true },
      { connectorId: null, directoryId, createUsers: true },
    ],
    [
      'the creation of users where nothing creates',
      { updateMethod: 'none', createUsers: true },
      { createUsers: false },
    ],
  ])('%s', (_case, change, expected) => {
    expect(mustPrepare(change).settings).toMatchObject(expected);
  });

  it('and says so', () => {
    const { notices } = mustPrepare({ domain: 'https://acme.okta.com/oauth2/aus9X' }, draft);

    expect(notices).toEqual([
      {
        code: 'domain-cleaned',
        detail:
          'Removed https://, /oauth2/aus9X from the domain. The issuer is https://acme.okta.com/oauth2/aus9X.',
      },
    ]);
  });
});

describe('prepareIdpSettings refuses', () => {
  it.each<[string, Partial<IdpSettings>, string]>([
    ['a domain that is none', { domain: 'ann@acme.com' }, 'domain-refused settings.domain'],
    ['no domain', { domain: '' }, 'domain-refused settings.domain'],
    ['no client id', { clientId: '' }, 'invalid-field settings.clientId'],
    ['an issuer that is none', { issuer: 'javascript:alert(1)' }, 'issuer-refused settings.issuer'],
    [
      'an issuer of another org',
      { issuer: 'https://other.okta.com/oauth2/a' },
      'issuer-refused settings.issuer',
    ],
    ['another provider without issuer', { preset: 'oidc' }, 'issuer-refused settings.issuer'],
    ['user sync without connector', { updateMethod: 'usersync' }, 'connector-refused settings.connectorId'],
  ])('%s', (_case, change, expected) => {
    const prepared = prepare(change);

    const problems = prepared.ok ? [] : prepared.problems.map(({ code, field }) => `${code} ${field}`);
    expect(problems).toEqual([expected]);
  });

  it.each<[string, Partial<IdpSettings>]>([
    ['nothing at all', {}],
    ['another provider without issuer', { preset: 'oidc' }],
    ['user sync without connector', { updateMethod: 'usersync' }],
  ])('nothing of a draft that is merely not finished: %s', (_case, change) => {
    expect(prepare(change, draft).ok).toBe(true);
  });

  it('a domain that is none in a draft too', () => {
    expect(prepare({ domain: 'ann@acme.com' }, draft).ok).toBe(false);
  });
});

describe('a secret is never sent to a place that it was not given for', () => {
  it.each<[string, Partial<IdpSettings>, StoredIdp, boolean, [secret: boolean, metadata: boolean]]>([
    ['another domain', { domain: 'other.okta.com' }, stored, false, [true, true]],
    ['another domain with a secret', { domain: 'other.okta.com' }, stored, true, [false, true]],
    ['a custom server', { issuer: 'https://acme.okta.com/oauth2/a' }, stored, false, [true, true]],
    ['another client', { clientId: '0oa2' }, stored, false, [true, false]],
    ['another client with a secret', { clientId: '0oa2' }, stored, true, [false, false]],
    ['another provider', { preset: 'oidc', issuer: 'https://b.example' }, stored, false, [true, true]],
    [
      'the same domain written otherwise',
      { domain: 'https://ACME.okta.com/' },
      stored,
      false,
      [false, false],
    ],
    ['other scopes', { scopes: ['email'] }, stored, false, [false, false]],
    ['the first domain', { domain: 'acme.okta.com' }, { ...draft, hasSecret: true }, false, [false, false]],
    ['the first client id', { clientId: '0oa1' }, { ...draft, hasSecret: true }, false, [false, false]],
    ['a domain taken away', { domain: '' }, { ...stored, isDraft: true }, false, [true, true]],
  ])('%s', (_case, change, from, secretSent, [clearSecret, clearMetadata]) => {
    const prepared = mustPrepare(change, from, secretSent);

    expect(prepared).toMatchObject({ clearSecret, clearMetadata });
    const codes = prepared.notices.map(({ code }) => code);
    expect(codes.includes('secret-cleared')).toBe(clearSecret);
    expect(codes.includes('metadata-cleared')).toBe(clearMetadata);
  });
});

it('says nothing of a secret and metadata that were not there', () => {
  const prepared = mustPrepare({ domain: 'other.okta.com' }, { ...draft, settings: finished });

  expect(prepared).toMatchObject({ clearSecret: true, clearMetadata: true, notices: [] });
});

describe('a login depends on', () => {
  it.each<[string, Partial<IdpSettings>, boolean, boolean]>([
    ['nothing that changed', {}, false, false],
    ['a new secret', {}, true, true],
    ['the scopes', { scopes: ['email'] }, false, true],
    ['the update method', { updateMethod: 'claims' }, false, true],
    ['the age of tokens', { maximumTokenAgeSeconds: 120 }, false, true],
  ])('%s', (_case, change, secretSent, changesLogin) => {
    const prepared = mustPrepare(change, stored, secretSent);

    expect(prepared.changesLogin).toBe(changesLogin);
    expect(prepared.notices.some(({ code }) => code === 'untested')).toBe(changesLogin);
  });
});

describe('changedIdpSettings', () => {
  it('names them as the screens do', () => {
    const after = { ...finished, domain: 'b.okta.com', scopes: [], connectorId };

    expect(changedIdpSettings(finished, after)).toEqual(['Okta domain', 'scopes', 'connector']);
  });
});

describe('usesConnector', () => {
  it.each([
    ['none', false],
    ['claims', false],
    ['usersync', true],
    ['usersync-and-claims', true],
  ] as const)('%s', (method, expected) => {
    expect(usesConnector(method)).toBe(expected);
  });
});
