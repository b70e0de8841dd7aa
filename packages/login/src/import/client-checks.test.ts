import { defaultIdpSettings, type IdpSettings } from '@gatehouse/contracts/idp';
import { describe, expect, it } from 'vitest';
import {
  checkOf,
  metadataPath,
  runImport,
  type TestAnswer,
  testCallback,
  testDocument,
  testSecret,
} from './testing.ts';

const settings: IdpSettings = { ...defaultIdpSettings, domain: 'acme.okta.com', clientId: '0oa1' };
const tokenPath = '/oauth2/v1/token';
const authorizePath = '/oauth2/v1/authorize';

function refusal(error: string, error_description?: string, status = 400): TestAnswer {
  return { status, body: { error, error_description } };
}

/** Okta's own error page. */
function oktaPage(text: string): TestAnswer {
  return { status: 400, body: `<!DOCTYPE html><script>x('client_id')</script><h1>400</h1><p>${text}</p>` };
}

describe('the client secret', () => {
  it.each<[string, TestAnswer, string, string | null]>([
    ['a code that nobody issued', refusal('invalid_grant'), 'passed', null],
    [
      'the secret',
      refusal('invalid_client', 'The client secret supplied for a confidential client is invalid.', 401),
      'failed',
      'import-secret-refused',
    ],
    [
      'the client id',
      refusal('invalid_client', "Invalid value for 'client_id' parameter.", 401),
      'failed',
      'import-client-unknown',
    ],
    [
      'one of both',
      refusal('invalid_client', 'Client authentication failed.', 401),
      'failed',
      'import-secret-refused',
    ],
    ['without a word', refusal('invalid_client', undefined, 401), 'failed', 'import-secret-refused'],
    ['the grant', refusal('unauthorized_client', 'Not allowed.'), 'failed', 'import-app-grant-missing'],
    ['the grant type', refusal('unsupported_grant_type'), 'failed', 'import-app-grant-missing'],
    ['the request', refusal('invalid_request', 'What?'), 'warning', 'import-client-answer-unclear'],
    ['nothing', { body: { access_token: 'a' } }, 'warning', 'import-client-answer-unclear'],
    ['in HTML', { status: 403, body: '<html>Blocked</html>' }, 'warning', 'import-client-answer-unclear'],
    ['for being asked too often', { status: 429 }, 'warning', 'import-rate-limited'],
    ['for a failure of its own', { status: 502 }, 'warning', 'import-server-failed'],
    ['by a redirect', { status: 302 }, 'warning', 'import-client-answer-unclear'],
    ['by silence', 'timed-out', 'failed', 'import-host-timed-out'],
    ['by a private address', 'blocked-address', 'failed', 'import-host-blocked'],
  ])('is judged by what the provider refuses: %s', async (_case, answer, state, code) => {
    const { checks } = await runImport({ [tokenPath]: answer });

    const check = checkOf(checks, 'secret-accepted');
    expect([check.state, check.problem?.code ?? null]).toEqual([state, code]);
    expect(checkOf(checks, 'callback-registered').state).not.toBe('waiting');
  });

  it('says in the design’s words that it is refused, and that the rest goes on', async () => {
    const said = 'The client secret supplied for a confidential client is invalid.';
    const { checks } = await runImport({ [tokenPath]: refusal('invalid_client', said, 401) });

    expect(checkOf(checks, 'secret-accepted').problem).toEqual({
      code: 'import-secret-refused',
      saw: 'Okta answered 401 invalid_client: “The client secret supplied for a confidential client is invalid”. The Client ID is right.',
      matters:
        'Without the secret Okta hands out no tokens. Everybody would fail right after typing their password.',
      advice: expect.stringContaining('Copy the secret again with Okta’s copy button'),
      field: 'clientSecret',
    });
    expect(checkOf(checks, 'callback-registered').state).toBe('passed');
  });

  it('is told from an app that has none: a single-page or native one answers without it', async () => {
    const { checks, requests } = await runImport({
      [tokenPath]: ({ headers = {} }) =>
        headers.authorization === undefined
          ? refusal('invalid_grant')
          : refusal('invalid_client', 'Client authentication failed.', 401),
    });

    expect(checkOf(checks, 'secret-accepted').problem?.code).toBe('import-public-client');
    const second = requests.filter(({ method }) => method === 'POST')[1];
    expect(second?.body).not.toContain(testSecret);
    expect(new URLSearchParams(second?.body).get('client_id')).toBe('0oa1');
  });

  it.each<[string, Partial<IdpSettings>, string | null, string]>([
    ['without a client id', { clientId: '' }, testSecret, 'import-client-id-missing'],
    ['without a secret', {}, null, 'import-secret-missing'],
    [
      'by a method that is not accepted',
      { clientAuthentication: 'client_secret_post' },
      testSecret,
      'import-no-client-secret-method',
    ],
  ])('is not sent %s', async (_case, change, secret, code) => {
    const document = { ...testDocument(), token_endpoint_auth_methods_supported: ['client_secret_basic'] };
    const { checks, requests, metadata } = await runImport(
      { [metadataPath]: { body: document } },
      { settings: { ...settings, ...change }, readSecret: async () => secret },
    );

    expect(checkOf(checks, 'secret-accepted').problem?.code).toBe(code);
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
    expect(metadata).toBeNull();
  });

  it.each([
    ['https://acme.okta.com', 'passed', 1],
    [null, 'passed', 1],
    ['https://tokens.acme.example', 'failed', 0],
  ])('given for %s is %s', async (secretBelongsTo, state, sent) => {
    let reads = 0;
    const readSecret = async () => {
      reads += 1;
      return testSecret;
    };

    const { checks, requests } = await runImport({}, { secretBelongsTo, readSecret });

    expect(checkOf(checks, 'secret-accepted').state).toBe(state);
    expect([requests.filter(({ method }) => method === 'POST').length, reads]).toEqual([sent, sent]);
  });

  it.each([
    ['plain', testSecret],
    ['with odd characters', 'pä ss+w/o=rd&"%<x>:canary'],
  ])('stands nowhere in the answer, even if the provider sends it back: %s', async (_case, secret) => {
    const echo = { error: 'invalid_client', error_description: `${secret} ${encodeURIComponent(secret)}` };
    const { checks } = await runImport(
      {
        [tokenPath]: ({ headers = {}, body }) => ({ status: 401, body: { ...echo, headers, body } }),
        [authorizePath]: { status: 400, body: `<html><p>${secret}</p></html>` },
      },
      { readSecret: async () => secret },
    );

    const shown = JSON.stringify(checks);
    const basic = Buffer.from(`0oa1:${secret}`).toString('base64');
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), basic]) {
      expect(shown).not.toContain(form);
    }
    expect(shown).toContain('[redacted]');
  });
});

describe('the callback URL', () => {
  it.each<[string, TestAnswer, string, string | null]>([
    [
      'back with login_required',
      { status: 302, headers: { location: `${testCallback}?error=login_required` } },
      'passed',
      null,
    ],
    [
      'back with a code',
      { status: 303, headers: { location: `${testCallback}?code=secret-code&state=x` } },
      'passed',
      null,
    ],
    [
      'back in the fragment',
      { status: 302, headers: { location: `${testCallback}#error=consent_required` } },
      'passed',
      null,
    ],
    [
      'back without the right',
      { status: 302, headers: { location: `${testCallback}?error=unauthorized_client` } },
      'failed',
      'import-app-grant-missing',
    ],
    [
      'back for a scope',
      { status: 302, headers: { location: `${testCallback}?error=invalid_scope` } },
      'warning',
      'import-scope-not-offered',
    ],
    [
      'elsewhere',
      { status: 302, headers: { location: 'https://acme.okta.com/login' } },
      'warning',
      'import-callback-answer-unclear',
    ],
    [
      'to a callback of somebody else',
      { status: 302, headers: { location: `${testCallback}/x?error=login_required` } },
      'warning',
      'import-callback-answer-unclear',
    ],
    ['nowhere', { status: 302 }, 'warning', 'import-callback-answer-unclear'],
    ['to a page', { body: '<html>Sign in</html>' }, 'warning', 'import-callback-answer-unclear'],
    ['to a busy server', { status: 429, body: 'redirect_uri' }, 'warning', 'import-callback-answer-unclear'],
    ['to silence', 'timed-out', 'warning', 'import-callback-answer-unclear'],
    [
      'to Okta’s page about it',
      oktaPage(
        'The &#39;redirect_uri&#39; parameter must be a Login redirect URI in the client app settings.',
      ),
      'failed',
      'import-callback-not-registered',
    ],
    [
      'to an error about it',
      refusal('invalid_request', 'redirect_uri mismatch'),
      'failed',
      'import-callback-not-registered',
    ],
    [
      'to Okta’s page about the client',
      oktaPage("Invalid value for 'client_id' parameter."),
      'failed',
      'import-client-unknown',
    ],
    [
      'to a page about something else',
      oktaPage('Something is wrong.'),
      'warning',
      'import-callback-answer-unclear',
    ],
  ])('leads %s', async (_case, answer, state, code) => {
    const { checks } = await runImport({ [authorizePath]: answer });

    const check = checkOf(checks, 'callback-registered');
    expect([check.state, check.problem?.code ?? null]).toEqual([state, code]);
    expect(check.problem?.saw ?? '').not.toMatch(/undefined|null|<|&#/);
  });

  it('is named when it is missing', async () => {
    const text = "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.";
    const { checks } = await runImport({ [authorizePath]: oktaPage(text) });

    expect(checkOf(checks, 'callback-registered').problem?.saw).toBe(
      `Okta answered 400: “The 'redirect_uri' parameter must be a Login redirect URI in the client app settings”. The callback URL ${testCallback} is not registered for the app.`,
    );
  });

  it('is not asked about for an app that the provider does not know', async () => {
    const unknown = refusal('invalid_client', "Invalid value for 'client_id' parameter.", 401);
    const { checks, requests } = await runImport({ [tokenPath]: unknown });

    expect(checkOf(checks, 'callback-registered').state).toBe('skipped');
    expect(requests.some(({ url }) => url.includes('/authorize'))).toBe(false);
  });
});
