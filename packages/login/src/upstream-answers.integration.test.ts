import type { LoginFailureCode } from '@gatehouse/contracts/login-codes';
import { OutboundError, type OutboundErrorCode } from '@gatehouse/contracts/outbound';
import { describe, expect, it } from 'vitest';
import { type Answer, html, json } from './fixtures/hostile-upstream.ts';
import { loopbackFetch, queryOf } from './fixtures/login-world.ts';
import { linkedWorld, useSuiteWorld } from './fixtures/suite-world.ts';

const suite = useSuiteWorld();

describe('what Okta says instead of a code', () => {
  const policy = 'Policy evaluation failed for this request, please check the policy configurations.';
  const rows: readonly (readonly [error: string, description: string | null, code: LoginFailureCode])[] = [
    ['access_denied', 'User is not assigned to the client application.', 'upstream-not-assigned'],
    ['access_denied', policy, 'upstream-policy'],
    [
      'access_denied',
      'The resource owner or authorization server denied the request.',
      'upstream-access-denied',
    ],
    ['access_denied', null, 'upstream-access-denied'],
    [
      'server_error',
      'The groups claim matched too many groups. Please adjust the filter.',
      'upstream-too-many-groups',
    ],
    ['server_error', 'Internal error', 'upstream-server-error'],
    ['temporarily_unavailable', null, 'upstream-server-error'],
    [
      'invalid_scope',
      'One or more scopes are not configured for the authorization server resource.',
      'upstream-scope-refused',
    ],
    ['invalid_request', 'PKCE code challenge is required by the application.', 'upstream-pkce-required'],
    ['invalid_request', 'Something else.', 'upstream-error'],
    [
      'unauthorized_client',
      'The client is not authorized to use the provided grant type.',
      'upstream-client-refused',
    ],
    ['unsupported_response_type', null, 'upstream-client-refused'],
    [
      'login_required',
      'The client specified not to prompt, but the user is not logged in.',
      'upstream-login-required',
    ],
    ['interaction_required', null, 'upstream-login-required'],
    ['constructor', '<script>alert(1)</script>', 'upstream-error'],
  ];

  it.each(rows)('%s: %s', async (error, description, code) => {
    const world = await linkedWorld(suite());
    const { url, tracer } = await world.begin();
    const { state } = suite().upstream.signIn(url);
    const said: Record<string, string> = description === null ? {} : { error_description: description };

    const result = await world.complete(queryOf({ state, error, ...said }));

    const facts = { error, ...(description === null ? {} : { description }) };
    expect(result).toMatchObject({ ok: false, failure: { code, step: 'returned', facts } });
    expect(tracer.failed()).toMatchObject({ code, seen: error, facts });
    expect(tracer.steps()).toEqual(['login-started', 'sent-to-idp', 'returned']);
    expect(suite().upstream.seen).toEqual([]);
    expect(world.people.calls).toEqual([]);
  });

  it('cuts what is 100 kB long', async () => {
    const world = await linkedWorld(suite());
    const { url, tracer } = await world.begin();
    const { state } = suite().upstream.signIn(url);

    await world.complete(
      queryOf({ state, error: 'x'.repeat(100_000), error_description: 'y'.repeat(100_000) }),
    );

    expect(JSON.stringify(tracer.entries).length).toBeLessThan(5000);
  });
});

describe('what the token endpoint answers', () => {
  type Row = readonly [what: string, answer: Answer, code: LoginFailureCode, seen: string];
  const said = (error: string, description: string, status = 400) =>
    json({ error, error_description: description }, status);
  const challenged = {
    ...said('invalid_client', 'The client secret supplied for a confidential client is invalid.', 401),
  };
  const bearer = { access_token: 'a', token_type: 'Bearer' };
  const rows: readonly Row[] = [
    ['a wrong secret', challenged, 'token-client-refused', 'invalid_client'],
    [
      'a wrong secret, with a challenge',
      { ...challenged, headers: { ...challenged.headers, 'www-authenticate': 'Basic realm="x"' } },
      'token-client-refused',
      'invalid_client',
    ],
    [
      'an unknown client',
      said('invalid_client', "Invalid value for 'client_id' parameter.", 401),
      'token-client-refused',
      'invalid_client',
    ],
    [
      'a used code',
      said('invalid_grant', 'The authorization code is invalid or has expired.'),
      'token-code-refused',
      'invalid_grant',
    ],
    [
      'another verifier',
      said('invalid_grant', 'PKCE verification failed.'),
      'token-pkce-refused',
      'invalid_grant',
    ],
    [
      'no access policy',
      said(
        'access_denied',
        'Policy evaluation failed for this request, please check the policy configurations.',
      ),
      'upstream-policy',
      'access_denied',
    ],
    ['another error', said('unsupported_grant_type', 'No.'), 'token-refused', 'unsupported_grant_type'],
    ['an error that is none', json({ error: { code: 7 } }, 400), 'token-refused', 'status 400'],
    ['404', json({ errorCode: 'E0000007' }, 404), 'token-refused', 'status 404'],
    ['429', json({ errorCode: 'E0000047' }, 429), 'token-rate-limited', 'status 429'],
    ['500', html(500), 'token-server-failed', 'status 500'],
    ['a web page', html(), 'token-unreadable', 'a web page'],
    [
      'a web page as JSON',
      { ...html(), headers: { 'content-type': 'application/json' } },
      'token-unreadable',
      'a web page',
    ],
    ['JSON cut short', { ...json({}), body: '{"access_token":"a' }, 'token-unreadable', 'another answer'],
    ['a list', json([]), 'token-unreadable', 'another answer'],
    ['nothing', { status: 204, headers: {}, body: '' }, 'token-unreadable', 'another answer'],
    ['no access token', json({ token_type: 'Bearer' }), 'token-unreadable', 'another answer'],
    ['no ID token', json(bearer), 'id-token-missing', 'none'],
    ['an empty ID token', json({ ...bearer, id_token: '' }), 'id-token-missing', 'none'],
    [
      'a token of kind mac',
      json({ ...bearer, token_type: 'mac', id_token: 'a.b.c' }),
      'token-type-unknown',
      'mac',
    ],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: '' },
      'answer-redirected',
      'blocked-redirect',
    ],
  ];

  it.each(rows)('%s', async (_what, answer, code, seen) => {
    const world = await linkedWorld(suite());
    suite().upstream.faults.token = () => answer;

    const { result, tracer } = await world.logIn();

    expect(result).toMatchObject({ ok: false, failure: { code, step: 'code-exchanged' } });
    expect(tracer.failed()).toMatchObject({ code, seen });
    expect(tracer.failed()?.expected).not.toBeNull();
    expect(suite().upstream.calls('/userinfo')).toBe(0);
    expect(world.people.calls).toEqual([]);
    expect(world.reported).toEqual([]);
  });

  it('refuses a token bound to a proof that nobody made, though everything else is right', async () => {
    const world = await linkedWorld(suite());
    suite().upstream.faults.tokens = (body) => ({ ...body, token_type: 'DPoP' });

    const { tracer } = await world.logIn();

    expect(tracer.failed()).toMatchObject({ code: 'token-type-unknown', expected: 'Bearer' });
    expect(suite().upstream.calls('/userinfo')).toBe(0);
  });
});

describe('an upstream that cannot be reached', () => {
  const codes: readonly (readonly [OutboundErrorCode, LoginFailureCode])[] = [
    ['not-resolved', 'host-not-resolved'],
    ['blocked-address', 'host-blocked'],
    ['blocked-scheme', 'host-blocked'],
    ['blocked-redirect', 'answer-redirected'],
    ['timed-out', 'host-timed-out'],
    ['aborted', 'host-timed-out'],
    ['connection-refused', 'host-refused'],
    ['tls-failed', 'host-tls'],
    ['too-large', 'answer-too-large'],
    ['connection-lost', 'connection-lost'],
  ];
  const paths = [
    ['/token', 'code-exchanged', 'the tokens'],
    ['/keys', 'id-token-signature', 'the keys'],
    ['/userinfo', 'userinfo', 'the profile'],
  ] as const;

  it.each(codes.flatMap((pair) => paths.map((path) => [...pair, ...path] as const)))(
    '%s is %s at %s',
    async (outbound, code, path, step, during) => {
      const world = await linkedWorld(suite());
      const details = { host: 'acme.okta.com', reason: 'CERT_HAS_EXPIRED' };
      world.fetch = async (request) => {
        if (new URL(request.url).pathname === path) throw new OutboundError(outbound, 'no', { details });
        return loopbackFetch(request);
      };

      const { result, tracer } = await world.logIn();

      expect(result).toMatchObject({
        ok: false,
        failure: { code, step, facts: { host: 'acme.okta.com', during } },
      });
      expect(tracer.failed()).toMatchObject({ expected: 'an answer of acme.okta.com', seen: outbound });
      expect(world.people.calls).toEqual([]);
      expect(world.reported).toEqual([]);
    },
  );

  it('sends nothing by http where that is not allowed', async () => {
    const world = await linkedWorld(suite());
    const { url } = await world.begin();
    const query = queryOf(suite().upstream.signIn(url));
    world.rest = { allowsHttp: false };

    const result = await world.complete(query);

    expect(result).toMatchObject({ ok: false, failure: { code: 'host-blocked', step: 'code-exchanged' } });
    expect(suite().upstream.seen).toEqual([]);
  });
});
