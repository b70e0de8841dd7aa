import { defaultIdpSettings, type Idp, type IdpSettings } from '@gatehouse/contracts/idp';

/** A draft for tests, as the server answers it. */
export function testIdp(settings: Partial<IdpSettings> = {}, more: Partial<Idp> = {}): Idp {
  return {
    id: 'AAAAAAAAAAAAAAAAAAAAAA',
    state: 'draft',
    name: 'Acme Okta',
    settingsVersion: 4,
    settings: { ...defaultIdpSettings, ...settings },
    callbackUrl: 'https://sso.acme.example/sso/callback/AAAAAAAAAAAAAAAAAAAAAA',
    issuer: null,
    metadata: null,
    metadataImport: null,
    clientSecret: { set: false, updatedAt: null, updatedBy: null, usedAt: null },
    connector: null,
    directory: null,
    testedAt: null,
    testedBy: null,
    lastTracker: null,
    lastFailure: null,
    applications: [],
    wizard: { step: 'credentials', ticks: [] },
    createdAt: '2026-11-20T09:00:00.000Z',
    createdBy: 'Ada Admin',
    changedAt: '2026-11-20T09:10:00.000Z',
    changedBy: 'Ada Admin',
    notices: [],
    ...more,
  };
}
