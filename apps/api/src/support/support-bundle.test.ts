import type { Tracker, TrackerEvent } from '@gatehouse/contracts/tracker';
import { describe, expect, test } from 'vitest';
import { createTraceRedactor } from '../logging/redact-traces.ts';
import { testIdp } from '../stores/trackers/testing.ts';
import type { BundleSources } from './bundle-configuration.ts';
import { countRemoved } from './count-removed.ts';
import { makeSupportBundle } from './support-bundle.ts';

const at = '2026-01-30T12:00:00.000Z';
const subject = 'aB3kqFVrSaSaFHy782bbtaQ-x9Zt2Lm4Kz8Wp1Jd6Hs';

function event(change: Partial<TrackerEvent>): TrackerEvent {
  return {
    seq: 1,
    at,
    step: 'returned',
    state: 'passed',
    code: null,
    fact: 'Okta sent the person back.',
    expected: null,
    seen: null,
    durationMs: null,
    facts: {},
    ...change,
  };
}

const tracker: Tracker = {
  id: '4KX-9TQ',
  kind: 'test',
  state: 'failed',
  idp: { id: 'i'.repeat(22), name: 'Acme\u202E Okta', issuer: 'https://acme.okta.com' },
  application: null,
  lastStep: 'id-token-subject',
  failure: { code: 'id-token-subject', step: 'id-token-subject' },
  person: 'ann@acme.example',
  createdAt: at,
  startedAt: at,
  finishedAt: at,
  startedBy: 'Sam Support',
  settingsVersion: 3,
  settingsChangedAt: at,
  settingsChangedBy: 'Ann Admin',
  updateMethod: 'none',
  testUrl: 'https://gatehouse.example/t/AAAAAAAAAAAAAAAAAAAAAA',
  expiresAt: null,
  keptUntil: at,
  user: null,
  claims: { sub: subject, id_token: '[redacted]', note: 'late-known-secret' },
  update: null,
  events: [
    event({ fact: 'called with code=[redacted] and Cookie: [redacted]' }),
    event({
      seq: 2,
      step: 'id-token-subject',
      state: 'failed',
      code: 'id-token-subject',
      expected: '1 to 255 ASCII characters',
      seen: subject,
      facts: { nonce: '[redacted]', header: 'Bearer [redacted]' },
    }),
  ],
};

const { id: _key, settings, ...idp } = testIdp(1, 'Acme Okta');
const sources: BundleSources = {
  server: { version: '0.1.0', publicUrl: 'https://gatehouse.example' },
  idp,
  traced: {
    settings: { ...settings, ...({ clientSecret: 'slipped-in-here' } as object) },
    version: 3,
    createdAt: Date.parse(at),
    createdBy: 'Ann Admin',
  },
  connector: {
    publicId: 'c'.repeat(22),
    name: 'Workforce',
    kind: 'okta',
    settingsVersion: 2,
    apiTokenSet: true,
  },
};

function make(change: Partial<Parameters<typeof makeSupportBundle>[0]> = {}) {
  const redactor = createTraceRedactor(['late-known-secret']);
  return makeSupportBundle({ tracker, sources, redactor, supportAddress: 'help@acme.example', ...change });
}

describe('the files', () => {
  test('are these three, with their size in bytes, and the same every time', () => {
    const { files } = make();

    expect(files.map(({ name }) => name)).toEqual([
      'tracker-4KX-9TQ.json',
      'configuration.json',
      'readme.txt',
    ]);
    for (const { bytes, content } of files) expect(bytes).toBe(Buffer.byteLength(content));
    expect(make()).toEqual(make());
  });

  test('hold the tracker but its link, redacted once more, with hidden characters as escapes', () => {
    const content = make().files[0]?.content ?? '';
    const shown = JSON.parse(content);

    expect(shown).not.toHaveProperty('testUrl');
    expect(shown).toMatchObject({
      id: '4KX-9TQ',
      state: 'failed',
      failure: { code: 'id-token-subject', step: 'id-token-subject' },
      claims: { sub: subject, note: '[redacted]' },
      events: [{ seq: 1 }, { seq: 2, code: 'id-token-subject', seen: subject }],
    });
    expect(content).toContain('Acme\\u202e Okta');
    expect(content).not.toMatch(/\p{Cf}/u);
  });

  test('hold of the configuration what is named, and of secrets whether they are set', () => {
    const content = make().files[1]?.content ?? '';

    expect(content).not.toContain('slipped-in-here');
    expect(JSON.parse(content)).toMatchObject({
      server: { product: 'Gatehouse', version: '0.1.0', publicUrl: 'https://gatehouse.example' },
      identityProvider: {
        name: 'Acme Okta',
        settingsVersionInForce: 1,
        settingsVersionOfThisLogin: 3,
        clientSecret: { set: true },
        settings: { domain: 'acme.okta.com', clientId: '0oa1b2c3d4e5f6g7h8i9', maximumTokenAgeSeconds: 600 },
        metadata: {
          tokenEndpoint: 'https://acme.okta.com/oauth2/v1/token',
          tokenEndpointAuthMethods: ['client_secret_basic'],
        },
      },
      connector: { name: 'Workforce', apiToken: { set: true } },
    });
  });

  test('say in words what happened, what to do and what was removed', () => {
    const readme = make().files[2]?.content ?? '';

    expect(readme).toContain('Support bundle of login tracker 4KX-9TQ\n\nThe login stopped at ');
    expect(readme).toContain('What to do: ');
    expect(readme).toContain('  1 x client secret\n');
  });
});

test('what was removed is counted by kind', () => {
  expect(make().removed).toEqual([
    { kind: 'API token', count: 1 },
    { kind: 'client secret', count: 1 },
    { kind: 'code', count: 1 },
    { kind: 'cookie', count: 1 },
    { kind: 'nonce', count: 1 },
    { kind: 'secret value', count: 1 },
    { kind: 'test link', count: 1 },
    { kind: 'token', count: 2 },
  ]);
});

test.each<[unknown, string]>([
  [{ code_verifier: '[redacted]' }, 'code verifier'],
  ['state=[redacted]', 'state'],
  ['"client_secret": "[redacted]"', 'client secret'],
  ['{\\"access_token\\":\\"[redacted]\\"}', 'token'],
  ['Authorization: [redacted]', 'authorization header'],
  ['__Host-login=[redacted]', 'cookie'],
  [{ '[redacted]': 1 }, 'secret value'],
  [['[redacted]'], 'secret value'],
  [{ password: { deep: '[redacted]' } }, 'secret value'],
])('%j is counted as %s', (data, kind) => {
  expect(countRemoved(data)).toEqual([{ kind, count: 1 }]);
});

describe('the message', () => {
  test('is prepared for an address, and attaches nothing', () => {
    const { message } = make();

    expect(message).toMatchObject({
      to: 'help@acme.example',
      kind: 'email',
      subject: 'Login tracker 4KX-9TQ: failed, id-token-subject',
    });
    expect(message?.body).toContain('Page: https://gatehouse.example/support/trackers/4KX-9TQ');
    expect(message?.body).toContain('Please attach the support bundle that you downloaded.');
  });

  test('is prepared for a page', () => {
    expect(make({ supportAddress: 'https://help.acme.example/new' }).message?.kind).toBe('link');
  });

  test('is not there without an address', () => {
    expect(make({ supportAddress: '' }).message).toBeNull();
  });
});
