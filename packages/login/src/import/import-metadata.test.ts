import { defaultIdpSettings, type IdpSettings } from '@gatehouse/contracts/idp';
import { importCheckCodes } from '@gatehouse/contracts/import-codes';
import type { OutboundErrorCode } from '@gatehouse/contracts/outbound';
import { describe, expect, it } from 'vitest';
import {
  checkOf,
  metadataPath,
  runImport,
  type TestAnswers,
  testCallback,
  testDocument,
  testIssuer,
  testKey,
  testNow,
  testSecret,
  unusual,
} from './testing.ts';

const settings: IdpSettings = { ...defaultIdpSettings, domain: 'acme.okta.com', clientId: '0oa1' };
const custom: IdpSettings = { ...settings, issuer: `${testIssuer}/oauth2/ausX` };
const customPath = '/oauth2/ausX/.well-known/openid-configuration';
const other: IdpSettings = { ...settings, preset: 'oidc', domain: '', issuer: 'https://login.example.com' };
const afterMetadata = [
  'issuer-expected skipped',
  'endpoints-belong skipped',
  'code-flow skipped',
  'scopes skipped',
  'keys-usable skipped',
  'clock-agrees skipped',
  'secret-accepted skipped',
  'callback-registered skipped',
];
const afterConnection = ['metadata-found skipped', ...afterMetadata];
const page = '<!DOCTYPE html><title>Nothing</title>';
const notFound = { errorCode: 'E0000007', errorSummary: 'Not found: Resource not found' };

function withDocument(change: object, issuer = testIssuer): TestAnswers {
  return { [metadataPath]: { body: { ...testDocument(issuer), ...change } } };
}

describe('an import from a good org', () => {
  it('passes every check, in order, and answers the metadata as one unit', async () => {
    const { checks, outcome, metadata } = await runImport();

    expect(unusual(checks)).toEqual([]);
    expect(checks.map(({ code }) => code)).toEqual(importCheckCodes);
    expect(outcome).toBe('passed');
    expect(metadata).toEqual({
      issuer: testIssuer,
      authorizationEndpoint: `${testIssuer}/oauth2/v1/authorize`,
      tokenEndpoint: `${testIssuer}/oauth2/v1/token`,
      userinfoEndpoint: `${testIssuer}/oauth2/v1/userinfo`,
      jwksUri: `${testIssuer}/oauth2/v1/keys`,
      endSessionEndpoint: `${testIssuer}/oauth2/v1/logout`,
      scopesSupported: ['openid', 'profile', 'email', 'groups'],
      claimsSupported: ['sub', 'email'],
      tokenEndpointAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
      codeChallengeMethods: ['S256'],
      idTokenSigningAlgorithms: ['RS256'],
      sendsIss: false,
      importedAt: new Date(testNow).toISOString(),
    });
  });

  it('tells each check as it starts and as it ends', async () => {
    const { history } = await runImport();

    const states = history.map((checks) => checks.map(({ state }) => state));
    expect(states).toHaveLength(importCheckCodes.length * 2);
    expect(states[0]).toEqual(['running', ...Array(11).fill('waiting')]);
    expect(states[6]).toEqual(['passed', 'passed', 'passed', 'running', ...Array(8).fill('waiting')]);
  });

  it('says what it found', async () => {
    const { checks } = await runImport();

    const facts = Object.fromEntries(checks.map(({ code, fact }) => [code, fact]));
    expect(facts).toEqual({
      'domain-understood': 'acme.okta.com',
      'name-resolves': 'acme.okta.com',
      connection: 'acme.okta.com, certificate trusted',
      'metadata-found': metadataPath,
      'issuer-expected': testIssuer,
      'endpoints-belong': '5 endpoints, all on acme.okta.com',
      'code-flow': 'authorization code with PKCE (S256)',
      scopes: 'openid, profile, email',
      'keys-usable': '1 key, RS256',
      'clock-agrees': '0 s apart',
      'secret-accepted': null,
      'callback-registered': 'came back with login_required',
    });
  });

  it('asks for the callback as logins do: byte-identical, with PKCE, without a page', async () => {
    const { requests } = await runImport();

    const asked = new URL(requests.find(({ url }) => url.includes('/authorize'))?.url ?? '').searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      client_id: '0oa1',
      redirect_uri: testCallback,
      scope: 'openid profile email',
      code_challenge_method: 'S256',
      prompt: 'none',
    });
  });

  it.each([
    [null, ['client_secret_post', 'client_secret_basic'], 'basic'],
    [null, undefined, 'basic'],
    [null, ['client_secret_post'], 'post'],
    ['client_secret_post', ['client_secret_post', 'client_secret_basic'], 'post'],
  ] as const)('sends the secret by %s of %j as %s', async (clientAuthentication, offered, expected) => {
    const answers = withDocument({ token_endpoint_auth_methods_supported: offered });

    const { requests } = await runImport(answers, { settings: { ...settings, clientAuthentication } });

    const sent = requests.find(({ method }) => method === 'POST');
    const basic = `Basic ${Buffer.from(`0oa1:${testSecret}`).toString('base64')}`;
    expect(sent?.headers?.authorization).toBe(expected === 'basic' ? basic : undefined);
    expect(new URLSearchParams(sent?.body).get('client_secret')).toBe(
      expected === 'basic' ? null : testSecret,
    );
  });

  it('works for a custom authorization server and for another provider', async () => {
    const issuer = `${testIssuer}/oauth2/ausX`;
    const body = { ...testDocument(), issuer };

    const first = await runImport({ [customPath]: { body } }, { settings: custom });
    const second = await runImport(withDocument({}, 'https://login.example.com'), { settings: other });

    expect([unusual(first.checks), first.metadata?.issuer]).toEqual([[], issuer]);
    expect([unusual(second.checks), second.metadata?.issuer]).toEqual([[], 'https://login.example.com']);
  });
});

describe('the way to the metadata', () => {
  it.each<[string, TestAnswers, IdpSettings, string[]]>([
    [
      'no domain',
      {},
      { ...settings, domain: '' },
      [
        'domain-understood failed import-domain-empty',
        'name-resolves skipped',
        'connection skipped',
        ...afterConnection,
      ],
    ],
    [
      'a domain that is none',
      {},
      { ...settings, domain: 'a b' },
      [
        'domain-understood failed import-domain-refused',
        'name-resolves skipped',
        'connection skipped',
        ...afterConnection,
      ],
    ],
    [
      'an issuer over http',
      {},
      { ...settings, issuer: 'http://acme.okta.com/oauth2/a' },
      [
        'domain-understood failed import-issuer-refused',
        'name-resolves skipped',
        'connection skipped',
        ...afterConnection,
      ],
    ],
    [
      'a name without address',
      { [metadataPath]: 'not-resolved' },
      settings,
      ['name-resolves failed import-host-not-resolved', 'connection skipped', ...afterConnection],
    ],
    [
      'a private address',
      { [metadataPath]: 'blocked-address' },
      settings,
      ['name-resolves failed import-host-blocked', 'connection skipped', ...afterConnection],
    ],
    [
      'a closed port',
      { [metadataPath]: 'connection-refused' },
      settings,
      ['connection failed import-host-refused', ...afterConnection],
    ],
    [
      'a host that hangs',
      { [metadataPath]: 'timed-out' },
      settings,
      ['connection failed import-host-timed-out', ...afterConnection],
    ],
    [
      'a certificate of somebody else',
      { [metadataPath]: 'tls-failed' },
      settings,
      ['connection failed import-host-tls', ...afterConnection],
    ],
    [
      'a broken connection',
      { [metadataPath]: 'connection-lost' },
      settings,
      ['connection failed import-connection-lost', ...afterConnection],
    ],
    [
      '200 MiB',
      { [metadataPath]: 'too-large' },
      settings,
      ['metadata-found failed import-metadata-too-large', ...afterMetadata],
    ],
    [
      'a 404 page',
      { [metadataPath]: { status: 404, body: page } },
      settings,
      ['metadata-found failed import-no-org', ...afterMetadata],
    ],
    [
      'a page of Okta for a name that no org has',
      { [metadataPath]: { body: page } },
      settings,
      ['metadata-found failed import-no-org', ...afterMetadata],
    ],
    [
      'a page on another domain',
      { [metadataPath]: { body: page } },
      { ...settings, domain: 'sso.acme.example' },
      ['metadata-found failed import-metadata-not-json', ...afterMetadata],
    ],
    [
      'an unknown authorization server',
      { [customPath]: { status: 404, body: notFound } },
      custom,
      ['metadata-found failed import-no-authorization-server', ...afterMetadata],
    ],
    [
      'an unknown path of another provider',
      {
        '/realms/x/.well-known/openid-configuration': {
          status: 404,
          body: { error: 'Realm does not exist' },
        },
      },
      { ...other, issuer: 'https://login.example.com/realms/x' },
      ['metadata-found failed import-no-authorization-server', ...afterMetadata],
    ],
    [
      'a page for a custom server: no org at all',
      { [customPath]: { status: 404, body: page } },
      custom,
      ['metadata-found failed import-no-org', ...afterMetadata],
    ],
    [
      'a redirect',
      { [metadataPath]: { status: 302, headers: { location: 'https://evil.example/x?token=1' } } },
      settings,
      ['metadata-found failed import-metadata-redirected', ...afterMetadata],
    ],
    [
      'a rate limit',
      { [metadataPath]: { status: 429, body: { errorCode: 'E0000047' } } },
      settings,
      ['metadata-found failed import-rate-limited', ...afterMetadata],
    ],
    [
      'a failing server',
      { [metadataPath]: { status: 503, body: page } },
      settings,
      ['metadata-found failed import-server-failed', ...afterMetadata],
    ],
    [
      'half a document',
      {
        [metadataPath]: { body: '{"issuer":"https://acme', headers: { 'content-type': 'application/json' } },
      },
      settings,
      ['metadata-found failed import-metadata-not-json', ...afterMetadata],
    ],
    [
      'a list',
      { [metadataPath]: { body: [] } },
      settings,
      ['metadata-found failed import-metadata-unreadable', ...afterMetadata],
    ],
    [
      'a number as issuer',
      withDocument({ issuer: 7 }),
      settings,
      ['metadata-found failed import-metadata-unreadable', ...afterMetadata],
    ],
    [
      'no token endpoint',
      withDocument({ token_endpoint: undefined }),
      settings,
      ['metadata-found failed import-metadata-unreadable', ...afterMetadata],
    ],
  ])('%s', async (_case, answers, of, expected) => {
    const { checks, outcome, metadata, requests } = await runImport(answers, { settings: of });

    expect(unusual(checks)).toEqual(expected);
    expect([outcome, metadata]).toEqual(['failed', null]);
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it.each<[OutboundErrorCode, string]>([
    ['not-resolved', 'No address is known for acme.okta.com:8443.'],
    ['connection-refused', 'No connection to acme.okta.com:8443.'],
    ['timed-out', 'acme.okta.com:8443 did not answer in 10 seconds.'],
  ])('names the port with the host: %s', async (failure, saw) => {
    const { checks } = await runImport(
      { [metadataPath]: failure },
      { settings: { ...settings, domain: 'acme.okta.com:8443' } },
    );

    expect(checks.find(({ problem }) => problem !== null)?.problem?.saw).toBe(saw);
  });

  it('shows no secret that the provider put into its own address', async () => {
    const redact = (text: string) => text.replaceAll('canary', '[redacted]');
    const answers = withDocument({ issuer: 'https://x.example/?code=canary' });

    const { checks } = await runImport(answers, { redact });

    expect(checkOf(checks, 'issuer-expected').problem?.saw).toContain('?code=[redacted]');
    expect(JSON.stringify(checks)).not.toContain('canary');
  });

  it('names the host of an endpoint that does not answer, not the issuer’s', async () => {
    const { checks } = await runImport({
      ...withDocument({ token_endpoint: 'https://tokens.example.com:8443/token' }),
      '/token': 'connection-refused',
    });

    expect(checkOf(checks, 'secret-accepted').problem?.saw).toBe('No connection to tokens.example.com:8443.');
  });

  it('shows where a redirect points to, and nothing of its query', async () => {
    const location = 'https://evil.example/x?y=1';
    const { checks } = await runImport({ [metadataPath]: { status: 302, headers: { location } } });

    expect(checkOf(checks, 'metadata-found').problem?.saw).toBe(
      'acme.okta.com answered 302 and pointed to https://evil.example.',
    );
  });
});

describe('the metadata', () => {
  const skipped = ['keys-usable skipped', 'secret-accepted skipped', 'callback-registered skipped'];

  it.each<[string, object, string[]]>([
    [
      'of another issuer',
      { issuer: 'https://other.okta.com' },
      ['issuer-expected failed import-issuer-differs', ...skipped],
    ],
    [
      'with a slash',
      { issuer: `${testIssuer}/` },
      ['issuer-expected failed import-issuer-differs', ...skipped],
    ],
    [
      'with an endpoint elsewhere',
      { userinfo_endpoint: 'https://tokens.example.com/userinfo' },
      ['endpoints-belong warning import-endpoint-foreign'],
    ],
    [
      'with an endpoint that is script',
      { authorization_endpoint: 'javascript:alert(document.cookie)' },
      ['endpoints-belong failed import-endpoint-unusable', ...skipped],
    ],
    [
      'with an endpoint over http',
      { token_endpoint: 'http://acme.okta.com/token' },
      ['endpoints-belong failed import-endpoint-unusable', ...skipped],
    ],
    [
      'with an endpoint that is none',
      { jwks_uri: '/oauth2/v1/keys' },
      ['endpoints-belong failed import-endpoint-unusable', ...skipped],
    ],
    [
      'with a password in an endpoint',
      { end_session_endpoint: 'https://a:b@acme.okta.com/logout' },
      ['endpoints-belong failed import-endpoint-unusable', ...skipped],
    ],
    [
      'with a fragment in an endpoint',
      { token_endpoint: `${testIssuer}/token#x` },
      ['endpoints-belong failed import-endpoint-unusable', ...skipped],
    ],
    ['without code', { response_types_supported: ['id_token'] }, ['code-flow failed import-no-code-flow']],
    ['without its grant', { grant_types_supported: ['implicit'] }, ['code-flow failed import-no-code-flow']],
    ['without PKCE', { code_challenge_methods_supported: undefined }, ['code-flow warning import-no-pkce']],
    [
      'with plain PKCE',
      { code_challenge_methods_supported: ['plain'] },
      ['code-flow warning import-no-pkce'],
    ],
    ['without a scope', { scopes_supported: ['openid'] }, ['scopes warning import-scope-not-offered']],
    ['that lists no scopes', { scopes_supported: undefined }, []],
    ['that lists no grants', { grant_types_supported: undefined }, []],
    [
      'with another algorithm',
      { id_token_signing_alg_values_supported: ['ES256', 'none'] },
      ['keys-usable failed import-algorithm-not-offered'],
    ],
    [
      'without a method for secrets',
      { token_endpoint_auth_methods_supported: ['private_key_jwt'] },
      ['secret-accepted failed import-no-client-secret-method'],
    ],
  ])('%s', async (_case, change, expected) => {
    const { checks, metadata } = await runImport(withDocument(change));

    expect(unusual(checks)).toEqual(expected);
    expect(metadata === null).toBe(expected.some((line) => line.includes('failed')));
  });

  it.each([
    ['https://169.254.169.254/token', true],
    ['https://acme.okta.com/token', false],
  ])('asks the guard about each host: %s', async (token_endpoint, isUnusable) => {
    const blockedReason = (url: URL) => (url.hostname.startsWith('169.254.') ? 'link-local' : null);

    const { checks, requests } = await runImport(withDocument({ token_endpoint }), { blockedReason });

    const problem = checkOf(checks, 'endpoints-belong').problem;
    expect(problem?.code === 'import-endpoint-unusable').toBe(isUnusable);
    expect(requests.some(({ url }) => url.includes('169.254'))).toBe(false);
  });

  it('of the org behind the address of its console is not used', async () => {
    const answers = withDocument({ issuer: 'https://sso.acme.example' }, 'https://sso-admin.acme.example');
    const { checks } = await runImport(answers, {
      settings: { ...settings, domain: 'sso-admin.acme.example' },
    });

    const { problem } = checkOf(checks, 'issuer-expected');
    expect(problem?.code).toBe('import-issuer-admin-host');
    expect(problem?.advice).toBe('Enter https://sso.acme.example instead.');
  });

  it('of another provider that differs in the slash says so', async () => {
    const { checks } = await runImport(withDocument({ issuer: 'https://login.example.com/' }), {
      settings: other,
    });

    expect(checkOf(checks, 'issuer-expected').problem?.advice).toBe(
      'They differ in the slash at the end only. Enter https://login.example.com/ as the issuer URL, exactly so.',
    );
  });

  it('may use http only on its own, allowed origin', async () => {
    const origin = 'http://127.0.0.1:8485';
    const local = { settings: { ...settings, domain: '127.0.0.1:8485' }, originOf: () => origin };

    const own = await runImport(withDocument({}, origin), local);
    const foreign = await runImport(withDocument({ token_endpoint: 'http://127.0.0.1:9/t' }, origin), local);

    expect(unusual(own.checks)).toEqual([]);
    expect(checkOf(own.checks, 'connection').fact).toBe('127.0.0.1:8485, without TLS');
    expect(checkOf(foreign.checks, 'endpoints-belong').problem?.code).toBe('import-endpoint-unusable');
  });

  it('that is hostile is cut, and shown as it is', async () => {
    const scopes = Array.from({ length: 10_000 }, (_, number) => `scope-${number}`);
    const answers: TestAnswers = {
      [metadataPath]: {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          ...testDocument(),
          scopes_supported: [
            'openid',
            'profile',
            'email',
            '<img src=x onerror=alert(1)>',
            'a\u202eb',
            7,
            null,
            ...scopes,
          ],
          claims_supported: { length: 3 },
          constructor: 'x',
        }).replace('{', '{"__proto__":{"polluted":true},'),
      },
    };

    const { checks, metadata } = await runImport(answers);

    expect(unusual(checks)).toEqual([]);
    expect(metadata?.scopesSupported).toHaveLength(200);
    expect(metadata?.scopesSupported).not.toContain('a\u202eb');
    expect(metadata?.claimsSupported).toEqual([]);
    expect(Object.keys(metadata ?? {})).not.toContain('__proto__');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(checkOf(checks, 'metadata-found').raw?.length).toBeLessThan(4_100);
    expect(checkOf(checks, 'metadata-found').raw).not.toMatch(/\u202e/);
  });
});

describe('the signing keys', () => {
  const weak = { ...testKey, n: testKey.n?.slice(0, 171) };

  it.each<[string, TestAnswers, string | null]>([
    ['of which one is too short', { '/oauth2/v1/keys': { body: { keys: [weak, testKey] } } }, null],
    [
      'without a name for the algorithm',
      { '/oauth2/v1/keys': { body: { keys: [{ ...testKey, alg: undefined, use: undefined }] } } },
      null,
    ],
    ['that are none', { '/oauth2/v1/keys': { body: { keys: [] } } }, 'import-keys-none'],
    [
      'for encryption',
      { '/oauth2/v1/keys': { body: { keys: [{ ...testKey, use: 'enc' }] } } },
      'import-keys-none',
    ],
    [
      'of another algorithm',
      { '/oauth2/v1/keys': { body: { keys: [{ ...testKey, alg: 'RS512' }] } } },
      'import-keys-none',
    ],
    [
      'that are secret ones',
      { '/oauth2/v1/keys': { body: { keys: [{ kty: 'oct', k: 'x' }, null, 7] } } },
      'import-keys-none',
    ],
    ['that are too short', { '/oauth2/v1/keys': { body: { keys: [weak] } } }, 'import-keys-weak'],
    ['without a modulus', { '/oauth2/v1/keys': { body: { keys: [{ kty: 'RSA' }] } } }, 'import-keys-weak'],
    ['that are no list', { '/oauth2/v1/keys': { body: { keys: {} } } }, 'import-keys-unreachable'],
    ['that are a page', { '/oauth2/v1/keys': { body: page } }, 'import-keys-unreachable'],
    ['that are elsewhere', { '/oauth2/v1/keys': { status: 302 } }, 'import-keys-unreachable'],
    ['that are away', { '/oauth2/v1/keys': { status: 404 } }, 'import-keys-unreachable'],
    ['that do not come', { '/oauth2/v1/keys': 'timed-out' }, 'import-keys-unreachable'],
  ])('%s', async (_case, answers, expected) => {
    const { checks } = await runImport(answers);

    expect(checkOf(checks, 'keys-usable').problem?.code ?? null).toBe(expected);
    expect(checkOf(checks, 'secret-accepted').state).toBe('passed');
  });

  it.each([
    ['ES256', { kty: 'EC', crv: 'P-256' }, true],
    ['ES256', { kty: 'EC', crv: 'P-384' }, false],
    ['ES384', { kty: 'EC', crv: 'P-384' }, true],
    ['EdDSA', { kty: 'OKP', crv: 'Ed25519' }, true],
    ['PS256', testKey, false],
    ['PS256', { ...testKey, alg: undefined }, true],
  ] as const)('for %s: %j', async (signingAlgorithm, key, isUsable) => {
    const answers = {
      ...withDocument({ id_token_signing_alg_values_supported: [signingAlgorithm] }),
      '/oauth2/v1/keys': { body: { keys: [key] } },
    };

    const { checks } = await runImport(answers, { settings: { ...settings, signingAlgorithm } });

    expect(checkOf(checks, 'keys-usable').state).toBe(isUsable ? 'passed' : 'failed');
  });
});

describe('the clock', () => {
  it.each([
    [0, {}, 'passed', '0 s apart'],
    [59, {}, 'passed', '59 s apart'],
    [-60, {}, 'passed', '60 s apart'],
    [61, {}, 'warning', 'This server’s clock is 61 seconds ahead of Okta’s.'],
    [-61, {}, 'warning', 'This server’s clock is 61 seconds behind Okta’s.'],
    [-120, {}, 'warning', 'This server’s clock is 120 seconds behind Okta’s.'],
    [-121, {}, 'failed', 'This server’s clock is 121 seconds behind Okta’s.'],
    [300, {}, 'warning', 'This server’s clock is 300 seconds ahead of Okta’s.'],
    [301, {}, 'failed', 'This server’s clock is 301 seconds ahead of Okta’s.'],
    [400, { age: '400' }, 'passed', '0 s apart'],
    [0, { age: 'x' }, 'passed', '0 s apart'],
    [0, { date: 'yesterday' }, 'warning', 'acme.okta.com does not say what time it is.'],
  ] as const)('%i seconds ahead with %j: %s', async (seconds, headers, state, words) => {
    const answers = { [metadataPath]: { body: testDocument(), headers: { ...headers } } };

    const { checks } = await runImport(answers, { now: () => testNow + seconds * 1000 });

    const check = checkOf(checks, 'clock-agrees');
    expect([check.state, check.problem?.saw ?? check.fact]).toEqual([state, words]);
  });
});
