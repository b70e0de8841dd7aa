import type { ImportCheck, MetadataImport, ProviderMetadata } from '@gatehouse/contracts/idp';
import type { ImportState } from '@gatehouse/contracts/import-codes';
import { describe, expect, it } from 'vitest';
import { importedWords, summaryOfImport } from './import-summary.ts';

function importOf(...states: ImportState[]): MetadataImport {
  const checks = states.map((state) => ({ state }) as ImportCheck);
  return { state: 'running', startedAt: '', finishedAt: null, settingsVersion: 1, checks };
}

describe('how an import stands', () => {
  it.each<[string, ImportState[], string]>([
    ['at its begin', ['running', 'waiting', 'waiting'], '1 running, 2 to come'],
    ['all passed', ['passed', 'passed'], '2 passed'],
    ['one warning', ['passed', 'warning'], '1 passed, 1 warning'],
    ['two warnings', ['warning', 'warning'], '2 warnings'],
    ['stopped', ['passed', 'failed', 'skipped', 'skipped'], '1 passed, 1 failed, 2 skipped'],
  ])('%s', (_name, states, words) => {
    expect(summaryOfImport(importOf(...states))).toBe(words);
  });
});

describe('what was imported', () => {
  const metadata = {
    issuer: 'https://acme.okta.com',
    userinfoEndpoint: 'https://acme.okta.com/oauth2/v1/userinfo',
    endSessionEndpoint: 'https://acme.okta.com/oauth2/v1/logout',
    idTokenSigningAlgorithms: ['RS256'],
    scopesSupported: ['openid', 'email'],
  } as ProviderMetadata;

  it.each<[string, ProviderMetadata, string]>([
    [
      'everything',
      metadata,
      'Issuer https://acme.okta.com, 5 endpoints (authorization, token, userinfo, keys, logout), signatures RS256, 2 scopes.',
    ],
    [
      'little',
      {
        ...metadata,
        userinfoEndpoint: null,
        endSessionEndpoint: null,
        idTokenSigningAlgorithms: [],
        scopesSupported: ['openid'],
      },
      'Issuer https://acme.okta.com, 3 endpoints (authorization, token, keys), signatures not named, 1 scope.',
    ],
  ])('%s', (_name, imported, words) => {
    expect(importedWords(imported)).toBe(words);
  });
});
