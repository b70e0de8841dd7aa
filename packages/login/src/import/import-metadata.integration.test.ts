import { defaultIdpSettings, type IdpSettings } from '@gatehouse/contracts/idp';
import type { OutboundRequest, OutboundResponse } from '@gatehouse/contracts/outbound';
import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ImportOptions } from './import-context.ts';
import { importMetadata } from './import-metadata.ts';
import { checkOf, unusual } from './testing.ts';

const callbackUrl = 'http://127.0.0.1:9/sso/callback/aaaaaaaaaaaaaaaaaaaaaa';

let rehearsal: Rehearsal;
let domain: string;

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 10, groups: 3, seed: 1 });
  domain = new URL(rehearsal.url).host;
});
afterAll(() => rehearsal.close());
afterEach(() => rehearsal.control.loginFaults.clearAll());

/** Only to the rehearsal: everything else is refused before it is sent. */
async function fetchRehearsal(request: OutboundRequest): Promise<OutboundResponse> {
  if (new URL(request.url).origin !== rehearsal.url) throw new Error(`not the rehearsal: ${request.url}`);
  const response = await fetch(request.url, {
    method: request.method ?? 'GET',
    headers: request.headers ?? {},
    redirect: 'manual',
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

async function createApp(kind: 'web' | 'spa' = 'web') {
  return await rehearsal.control.apps.create({
    name: `Gatehouse ${kind}`,
    kind,
    redirectUris: [callbackUrl],
  });
}

async function runImport(
  settings: Partial<IdpSettings>,
  secret: string | null,
  rest: Partial<ImportOptions> = {},
) {
  return await importMetadata(
    {
      settings: { ...defaultIdpSettings, domain, ...settings },
      originOf: () => rehearsal.url,
      callbackUrl,
      readSecret: async () => secret,
      secretBelongsTo: null,
      fetch: fetchRehearsal,
      blockedReason: () => null,
      redact: (text) => text,
      now: Date.now,
      signal: new AbortController().signal,
      ...rest,
    },
    () => undefined,
  );
}

describe('an import from the rehearsal', () => {
  it.each([
    ['the org', null],
    ['its custom authorization server', '/oauth2/default'],
  ])('passes for an app that is registered as the guide says: %s', async (_case, path) => {
    const app = await createApp();
    const issuer = path === null ? null : `${rehearsal.url}${path}`;

    const result = await runImport({ clientId: app.clientId, issuer }, app.clientSecret);

    expect(unusual(result.checks)).toEqual([]);
    expect(result.metadata?.issuer).toBe(issuer ?? rehearsal.url);
  });

  it('tells an unknown authorization server from no org', async () => {
    const result = await runImport({ issuer: `${rehearsal.url}/oauth2/unknown` }, 'x');

    expect(checkOf(result.checks, 'metadata-found').problem?.code).toBe('import-no-authorization-server');
  });

  it.each<
    [string, (app: { clientId: string; clientSecret: string | null }) => [string, string | null], string]
  >([
    ['a wrong secret', ({ clientId }) => [clientId, 'wrong'], 'import-secret-refused'],
    [
      'a client id with a dot',
      ({ clientId, clientSecret }) => [`${clientId}.`, clientSecret],
      'import-client-unknown',
    ],
  ])('names what is wrong: %s', async (_case, credentials, code) => {
    const [clientId, secret] = credentials(await createApp());

    const { checks, metadata } = await runImport({ clientId }, secret);

    expect(checkOf(checks, 'secret-accepted').problem?.code).toBe(code);
    expect(metadata).toBeNull();
  });

  it('tells a single-page app', async () => {
    const app = await createApp('spa');

    const { checks } = await runImport({ clientId: app.clientId }, 'any secret');

    expect(checkOf(checks, 'secret-accepted').problem?.code).toBe('import-public-client');
    expect(checkOf(checks, 'callback-registered').state).toBe('passed');
  });

  it('finds a callback URL that differs by a slash', async () => {
    const app = await createApp();

    const result = await runImport({ clientId: app.clientId }, app.clientSecret, {
      callbackUrl: `${callbackUrl}/`,
    });

    const { problem } = checkOf(result.checks, 'callback-registered');
    expect(problem?.code).toBe('import-callback-not-registered');
    expect(problem?.saw).toContain('must be a Login redirect URI in the client app settings');
  });

  it('hears of a scope that the server does not know', async () => {
    const app = await createApp();
    const settings = {
      clientId: app.clientId,
      scopes: ['groups'],
      issuer: `${rehearsal.url}/oauth2/default`,
    };

    const { checks } = await runImport(settings, app.clientSecret);

    expect(unusual(checks)).toEqual([
      'scopes warning import-scope-not-offered',
      'callback-registered warning import-scope-not-offered',
    ]);
  });

  const noFoothold = ['keys-usable skipped', 'secret-accepted skipped', 'callback-registered skipped'];

  it.each([
    [{ kind: 'discovery-issuer-other' }, ['issuer-expected failed import-issuer-differs', ...noFoothold]],
    [{ kind: 'discovery-without-s256' }, ['code-flow warning import-no-pkce']],
    [{ kind: 'discovery-without-code-flow' }, ['code-flow failed import-no-code-flow']],
    [{ kind: 'jwks-empty' }, ['keys-usable failed import-keys-none']],
    [{ kind: 'step-server-error', step: 'keys' }, ['keys-usable failed import-keys-unreachable']],
    [{ kind: 'step-too-many-requests', step: 'token' }, ['secret-accepted warning import-rate-limited']],
    [{ kind: 'step-html', step: 'token' }, ['secret-accepted warning import-client-answer-unclear']],
    [
      { kind: 'step-server-error', step: 'authorize' },
      ['callback-registered warning import-callback-answer-unclear'],
    ],
    [{ kind: 'clock-skew', seconds: 600 }, ['clock-agrees failed import-clock-apart']],
  ] as const)('says what the rehearsal does wrong: %j', async (fault, expected) => {
    const app = await createApp();
    await rehearsal.control.loginFaults.set(fault);

    const { checks } = await runImport({ clientId: app.clientId }, app.clientSecret);

    expect(unusual(checks)).toEqual(expected);
  });

  it.each([
    [{ kind: 'discovery-not-found' }, 'import-no-org'],
    [{ kind: 'discovery-redirect' }, 'import-metadata-redirected'],
    [{ kind: 'discovery-without-jwks-uri' }, 'import-metadata-unreadable'],
    [{ kind: 'step-server-error', step: 'discovery' }, 'import-server-failed'],
    [{ kind: 'step-too-many-requests', step: 'discovery' }, 'import-rate-limited'],
    [{ kind: 'step-html', step: 'discovery' }, 'import-metadata-not-json'],
  ] as const)('finds no metadata: %j', async (fault, code) => {
    await rehearsal.control.loginFaults.set(fault);

    const { checks } = await runImport({ clientId: 'x' }, 'x');

    expect(checkOf(checks, 'metadata-found').problem?.code).toBe(code);
  });
});
