import { createHash } from 'node:crypto';
import { defaultIdpSettings } from '@gatehouse/contracts/idp';
import { describe, expect, it } from 'vitest';
import { beginLogin } from './begin-login.ts';
import { MemoryTransactions } from './conformance/memory-transactions.ts';
import { RememberingTracer, startOfTime } from './fixtures/login-world.ts';
import type { Upstream } from './ports.ts';

const upstream: Upstream = {
  idpId: 1,
  publicId: 'idp-1',
  name: 'Acme Okta',
  settingsVersion: 7,
  loginVersion: 3,
  settings: { ...defaultIdpSettings, clientId: '0oa1', scopes: ['profile', 'email', 'openid'] },
  metadata: {
    issuer: 'https://acme.okta.com',
    authorizationEndpoint: 'https://acme.okta.com/oauth2/v1/authorize',
    tokenEndpoint: 'https://acme.okta.com/oauth2/v1/token',
    userinfoEndpoint: null,
    jwksUri: 'https://acme.okta.com/oauth2/v1/keys',
    endSessionEndpoint: null,
    scopesSupported: [],
    claimsSupported: [],
    tokenEndpointAuthMethods: [],
    codeChallengeMethods: [],
    idTokenSigningAlgorithms: [],
    sendsIss: false,
    importedAt: '2026-11-28T00:00:00.000Z',
  },
  clientSecret: 'canary-secret',
  callbackUrl: 'https://sso.acme.example/sso/callback/idp-1',
  directoryId: 1,
  connectorId: null,
  allowsHttp: false,
};

async function begun(rest: Partial<Upstream> = {}, input: { kind?: 'test' | 'login'; prompt?: string } = {}) {
  const tracer = new RememberingTracer(4, input.kind ?? 'login');
  const transactions = new MemoryTransactions();
  let count = 0;
  const { redirectTo } = await beginLogin(
    {
      upstream: { ...upstream, ...rest },
      tracer,
      browserSecret: 'browser',
      applicationId: 5,
      returnUrl: '/x',
      ...(input.prompt === undefined ? {} : { prompt: input.prompt }),
    },
    {
      transactions,
      now: () => startOfTime,
      randomBytes: (size) => {
        count += 1;
        return new Uint8Array(size).fill(count);
      },
    },
  );
  return { url: new URL(redirectTo), tracer, transactions };
}

describe('beginLogin', () => {
  it('sends the browser with state, nonce and PKCE, whatever the metadata says', async () => {
    const { url, transactions } = await begun();

    const transaction = await transactions.take('browser', 1, url.searchParams.get('state'));
    const challenge = createHash('sha256')
      .update(transaction?.verifier ?? '')
      .digest('base64url');
    expect(`${url.origin}${url.pathname}`).toBe('https://acme.okta.com/oauth2/v1/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: '0oa1',
      response_type: 'code',
      redirect_uri: 'https://sso.acme.example/sso/callback/idp-1',
      scope: 'openid profile email',
      state: transaction?.state,
      nonce: transaction?.nonce,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    expect(transaction).toMatchObject({
      stateMatches: true,
      idpId: 1,
      loginVersion: 3,
      trackerId: 4,
      applicationId: 5,
      returnUrl: '/x',
      createdAt: startOfTime,
      expiresAt: startOfTime + 3_600_000,
    });
    const secrets = [transaction?.state, transaction?.nonce, transaction?.verifier];
    expect(new Set(secrets).size).toBe(3);
    for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
  });

  it('never sends the client secret to the browser', async () => {
    const { url, tracer } = await begun();

    expect(`${url}${JSON.stringify(tracer.entries)}`).not.toContain('canary');
  });

  it.each([
    ['login', ['login-started', 'sent-to-idp']],
    ['test', ['sent-to-idp']],
  ] as const)('traces a %s, with the names of secrets and not their values', async (kind, steps) => {
    const { url, tracer } = await begun({}, { kind });

    expect(tracer.steps()).toEqual(steps);
    expect(tracer.at('sent-to-idp')).toMatchObject({
      state: 'passed',
      fact: 'response_type code · scope openid profile email · S256 · state, nonce',
      facts: { host: 'acme.okta.com', parameters: { client_id: '0oa1', state: '(sent, not shown)' } },
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(JSON.stringify(tracer.entries)).not.toContain(url.searchParams.get(name));
    }
  });

  it('passes a prompt on', async () => {
    expect((await begun({}, { prompt: 'login' })).url.searchParams.get('prompt')).toBe('login');
  });

  it('keeps the query of an authorization endpoint that has one', async () => {
    const authorizationEndpoint = 'https://acme.okta.com/authorize?tenant=7';

    const { url } = await begun({ metadata: { ...upstream.metadata, authorizationEndpoint } });

    expect(url.searchParams.get('tenant')).toBe('7');
  });

  it.each([['http://acme.okta.com/authorize'], ['javascript:alert(1)'], ['not a URL']])(
    'sends nobody to %s, and begins nothing',
    async (authorizationEndpoint) => {
      await expect(begun({ metadata: { ...upstream.metadata, authorizationEndpoint } })).rejects.toThrow();
    },
  );

  it('goes to http where that is allowed', async () => {
    const metadata = { ...upstream.metadata, authorizationEndpoint: 'http://127.0.0.1:8485/authorize' };

    expect((await begun({ metadata, allowsHttp: true })).url.protocol).toBe('http:');
  });

  it('answers only after the transaction is stored', async () => {
    const transactions = new MemoryTransactions();
    transactions.put = () => Promise.reject(new Error('disk full'));
    const tracer = new RememberingTracer(1, 'login');
    const input = { upstream, tracer, browserSecret: 'b', applicationId: null, returnUrl: null };

    const beginning = beginLogin(input, {
      transactions,
      now: () => startOfTime,
      randomBytes: (size) => new Uint8Array(size),
    });

    await expect(beginning).rejects.toThrow('disk full');
  });
});
