import { createHash } from 'node:crypto';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppView } from '../control/control-types.ts';
import { attemptAuthorize, CookieJar, signInAs } from '../sign-in-client.ts';
import { type Rehearsal, startRehearsal } from '../start-rehearsal.ts';
import { basic, beginLogin, CALLBACK, logIn, redeem } from './testing.ts';

let rehearsal: Rehearsal;
let app: AppView;
let limited: AppView;
const PERSON = 'ann.login@rehearsal.example';
const SUSPENDED = 'sus.login@rehearsal.example';

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 200, groups: 160 });
  const { apps, people } = rehearsal.control;
  app = await apps.create({ name: 'Everyone may', redirectUris: [CALLBACK], groupsRegex: 'Crew.*' });
  limited = await apps.create({ name: 'Few may', redirectUris: [CALLBACK], assignments: 'nobody' });
  await people.create({
    profile: { login: PERSON, email: PERSON, firstName: 'Ann', lastName: 'Login', timezone: 'Europe/Berlin' },
  });
  await people.create({ profile: { login: SUSPENDED, email: SUSPENDED } });
  await people.suspend(SUSPENDED);
});

afterAll(() => rehearsal.close());

async function verify(idToken: string | undefined, issuer: string, keys: string): Promise<JWTPayload> {
  const jwks = createRemoteJWKSet(new URL(keys));
  const options = { issuer, audience: app.clientId, algorithms: ['RS256'] };
  return (await jwtVerify(idToken ?? '', jwks, options)).payload;
}

describe('discovery', () => {
  it.each([
    ['/.well-known/openid-configuration', '', '/oauth2/v1', true],
    ['/.well-known/oauth-authorization-server', '', '/oauth2/v1', true],
    ['/oauth2/default/.well-known/openid-configuration', '/oauth2/default', '/oauth2/default/v1', false],
  ])('%s is shaped as Okta’s', async (path, issuer, base, hasGroups) => {
    const metadata = (await (await fetch(rehearsal.url + path)).json()) as Record<string, unknown>;

    expect(metadata).toMatchObject({
      issuer: rehearsal.url + issuer,
      authorization_endpoint: `${rehearsal.url}${base}/authorize`,
      token_endpoint: `${rehearsal.url}${base}/token`,
      userinfo_endpoint: `${rehearsal.url}${base}/userinfo`,
      jwks_uri: `${rehearsal.url}${base}/keys`,
      end_session_endpoint: `${rehearsal.url}${base}/logout`,
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: expect.arrayContaining([
        'client_secret_basic',
        'client_secret_post',
      ]),
    });
    expect((metadata.scopes_supported as string[]).includes('groups')).toBe(hasGroups);
    expect(metadata).not.toHaveProperty('authorization_response_iss_parameter_supported');
  });

  it.each([
    ['/oauth2/aus123/.well-known/openid-configuration', 'aus123 (AuthorizationServer)'],
    ['/oauth2/aus123/v1/token', 'aus123 (AuthorizationServer)'],
    ['/oauth2/v1/nothing', '/oauth2/v1/nothing (Endpoint)'],
    ['/oauth2/default/v2/token', '/oauth2/default/v2/token (Endpoint)'],
  ])('%s answers as Okta does for what is not there', async (path, name) => {
    const response = await fetch(rehearsal.url + path);

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      errorCode: 'E0000007',
      errorSummary: `Not found: Resource not found: ${name}`,
    });
  });
});

describe('a login', () => {
  it.each([
    ['the org', '/oauth2/v1', ''],
    ['the custom', '/oauth2/default/v1', '/oauth2/default'],
  ])('at %s authorization server ends with a verified fat ID token', async (_name, base, issuer) => {
    const person = await rehearsal.control.people.get(PERSON);
    const { begun, callback, tokens } = await logIn(rehearsal, app, PERSON, { base });
    const claims = await verify(tokens.json.id_token, rehearsal.url + issuer, `${rehearsal.url}${base}/keys`);
    const hash = createHash('sha256')
      .update(tokens.json.access_token ?? '')
      .digest();
    const userinfo = await fetch(`${rehearsal.url}${base}/userinfo`, {
      headers: { authorization: `Bearer ${tokens.json.access_token}` },
    });

    expect([...new URL(callback).searchParams.keys()].sort()).toEqual(['code', 'state']);
    expect(new URL(callback).searchParams.get('state')).toBe(begun.state);
    expect(tokens.json.token_type).toBe('Bearer');
    expect(claims).toMatchObject({
      sub: person.id,
      preferred_username: PERSON,
      email: PERSON,
      email_verified: true,
      name: 'Ann Login',
      given_name: 'Ann',
      family_name: 'Login',
      zoneinfo: 'Europe/Berlin',
      locale: 'en_US',
      nonce: begun.nonce,
      aud: app.clientId,
      amr: ['pwd'],
      at_hash: hash.subarray(0, 16).toString('base64url'),
    });
    expect(claims).not.toHaveProperty('groups');
    expect(await userinfo.json()).toMatchObject({ sub: person.id, email: PERSON, name: 'Ann Login' });
  });

  it('tells what the console changed a moment ago', async () => {
    const { tokens } = await loginWith(async () => {
      await rehearsal.control.people.edit(PERSON, { firstName: 'Anna' });
    });
    const claims = await verify(tokens.json.id_token, rehearsal.url, `${rehearsal.url}/oauth2/v1/keys`);
    await rehearsal.control.people.edit(PERSON, { firstName: 'Ann' });

    expect(claims.given_name).toBe('Anna');
  });

  it('sends the groups that pass the filter, with the scope and without more', async () => {
    const { groups } = rehearsal.control;
    for (const name of ['Crew one', 'Crew two', 'No crew']) {
      const group = await groups.create({ name });
      await groups.changeMembers(group.id, { add: [PERSON] });
    }
    const { tokens } = await logIn(rehearsal, app, PERSON, { scope: 'openid groups' });
    const claims = await verify(tokens.json.id_token, rehearsal.url, `${rehearsal.url}/oauth2/v1/keys`);

    expect([...(claims.groups as string[])].sort()).toEqual(['Crew one', 'Crew two']);
    expect(claims).not.toHaveProperty('email');
  });

  it('is silent the second time in one browser, and asks again when the app wants that', async () => {
    const jar = new CookieJar();
    await signInAs(beginLogin(rehearsal, app).authorizeUrl, PERSON, { jar });

    const silent = await attemptAuthorize(beginLogin(rehearsal, app).authorizeUrl, { jar });
    const none = await attemptAuthorize(beginLogin(rehearsal, app, { prompt: 'none' }).authorizeUrl, { jar });
    const asked = await attemptAuthorize(beginLogin(rehearsal, app, { prompt: 'login' }).authorizeUrl, {
      jar,
    });

    expect(new URL(silent.location ?? '').searchParams.has('code')).toBe(true);
    expect(new URL(none.location ?? '').searchParams.has('code')).toBe(true);
    expect(asked.location).toContain('/signin/');
  });

  it('works with client_secret_post', async () => {
    const begun = beginLogin(rehearsal, app);
    const callback = await signInAs(begun.authorizeUrl, PERSON);
    const response = await fetch(`${rehearsal.url}/oauth2/v1/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: new URL(callback).searchParams.get('code') ?? '',
        redirect_uri: CALLBACK,
        code_verifier: begun.verifier,
        client_id: app.clientId,
        client_secret: app.clientSecret ?? '',
      }),
    });

    expect(response.status).toBe(200);
  });
});

async function loginWith(between: () => Promise<void>) {
  const begun = beginLogin(rehearsal, app);
  const callback = await signInAs(begun.authorizeUrl, PERSON);
  await between();
  return { tokens: await redeem(rehearsal, app, begun, callback) };
}

describe('what Okta shows on its own page', () => {
  it.each([
    ['no client', { client_id: null }, "Invalid value for 'client_id' parameter."],
    ['an unknown client', { client_id: '0oa0' }, "Invalid value for 'client_id' parameter."],
    ['no redirect URI', { redirect_uri: null }, 'must be a Login redirect URI'],
    ['another redirect URI', { redirect_uri: 'http://127.0.0.1:9/other' }, 'must be a Login redirect URI'],
    ['a slash more', { redirect_uri: `${CALLBACK}/` }, 'must be a Login redirect URI'],
    ['another case', { redirect_uri: CALLBACK.toUpperCase() }, 'must be a Login redirect URI'],
  ])('%s', async (_name, changes, message) => {
    const attempt = await attemptAuthorize(beginLogin(rehearsal, app, changes).authorizeUrl);

    expect(attempt).toMatchObject({ status: 400, location: null });
    expect(attempt.text).toContain(message);
  });

  it('an app that was deactivated', async () => {
    const gone = await rehearsal.control.apps.create({ name: 'Gone', redirectUris: [CALLBACK] });
    await rehearsal.control.apps.deactivate(gone.clientId);

    expect((await attemptAuthorize(beginLogin(rehearsal, gone).authorizeUrl)).status).toBe(400);
  });
});

describe('what comes back to the app as an error', () => {
  it.each<[string, Record<string, string | null>, string, RegExp]>([
    ['nobody signed in and no prompt', { prompt: 'none' }, 'login_required', /not logged in/],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type', /response type/],
    ['an unknown scope', { scope: 'openid okta.users.read' }, 'invalid_scope', /not configured/],
    ['no scope', { scope: null }, 'invalid_scope', /not configured/],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request', /code_challenge_method/],
  ])('%s', async (_name, changes, error, description) => {
    const begun = beginLogin(rehearsal, app, changes);
    const { location } = await attemptAuthorize(begun.authorizeUrl);
    const parameters = new URL(location ?? '').searchParams;

    expect(parameters.get('error')).toBe(error);
    expect(parameters.get('error_description')).toMatch(description);
    expect(parameters.get('state')).toBe(begun.state);
    expect(parameters.has('iss')).toBe(false);
  });

  it('the groups scope at the custom authorization server', async () => {
    const begun = beginLogin(rehearsal, app, { scope: 'openid groups' }, '/oauth2/default/v1');
    const { location } = await attemptAuthorize(begun.authorizeUrl);

    expect(new URL(location ?? '').searchParams.get('error')).toBe('invalid_scope');
  });

  it('a person who is not assigned, until they are', async () => {
    const before = await signInAs(beginLogin(rehearsal, limited).authorizeUrl, PERSON);
    await rehearsal.control.apps.edit(limited.clientId, { assignments: { people: [PERSON] } });
    const directly = await signInAs(beginLogin(rehearsal, limited).authorizeUrl, PERSON);
    const group = await rehearsal.control.groups.create({ name: 'May' });
    await rehearsal.control.groups.changeMembers(group.id, { add: [PERSON] });
    await rehearsal.control.apps.edit(limited.clientId, { assignments: { groups: ['May'] } });
    const byGroup = await signInAs(beginLogin(rehearsal, limited).authorizeUrl, PERSON);

    expect(new URL(before).searchParams.get('error')).toBe('access_denied');
    expect(new URL(before).searchParams.get('error_description')).toBe(
      'User is not assigned to the client application.',
    );
    expect(new URL(directly).searchParams.has('code')).toBe(true);
    expect(new URL(byGroup).searchParams.has('code')).toBe(true);
  });

  it('more than 100 groups', async () => {
    const many = await rehearsal.control.apps.create({
      name: 'Many',
      redirectUris: [CALLBACK],
      groupsRegex: '.*',
    });
    const { items } = await rehearsal.control.groups.list({ limit: 1000 });
    for (const group of items.filter((candidate) => candidate.type === 'OKTA_GROUP')) {
      await rehearsal.control.groups.changeMembers(group.id, { add: [PERSON] });
    }
    for (let index = 0; index < 30; index += 1) {
      const group = await rehearsal.control.groups.create({ name: `Extra ${index}` });
      await rehearsal.control.groups.changeMembers(group.id, { add: [PERSON] });
    }
    const refused = beginLogin(rehearsal, many, { scope: 'openid groups' });
    const without = beginLogin(rehearsal, many);

    const error = new URL(await signInAs(refused.authorizeUrl, PERSON)).searchParams;
    const code = new URL(await signInAs(without.authorizeUrl, PERSON)).searchParams;

    expect(error.get('error')).toBe('server_error');
    expect(error.get('error_description')).toContain('The groups claim matched too many groups');
    expect(code.has('code')).toBe(true);
  });

  it('a missing challenge, where the app requires PKCE', async () => {
    const strict = await rehearsal.control.apps.create({
      name: 'Strict',
      redirectUris: [CALLBACK],
      requirePkce: true,
    });
    const begun = beginLogin(rehearsal, strict, { code_challenge: null, code_challenge_method: null });
    const { location } = await attemptAuthorize(begun.authorizeUrl);

    expect(new URL(location ?? '').searchParams.get('error_description')).toBe(
      'PKCE code challenge is required by the application.',
    );
  });
});

describe('the token endpoint', () => {
  const BAD_CODE = 'The authorization code is invalid or has expired.';
  const PKCE = 'PKCE verification failed.';

  it.each<[string, Record<string, string | null>, number, string, string]>([
    ['a made-up code', { code: 'nonsense' }, 400, 'invalid_grant', BAD_CODE],
    ['another verifier', { code_verifier: 'x'.repeat(43) }, 400, 'invalid_grant', PKCE],
    ['no verifier', { code_verifier: null }, 400, 'invalid_grant', PKCE],
    ['another redirect URI', { redirect_uri: 'http://127.0.0.1:9/x' }, 400, 'invalid_grant', 'redirect_uri'],
    ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type', 'not supported'],
    ['no grant type', { grant_type: null }, 400, 'invalid_request', 'grant_type'],
  ])('refuses %s', async (_name, changes, status, error, description) => {
    const begun = beginLogin(rehearsal, app);
    const callback = await signInAs(begun.authorizeUrl, PERSON);
    const answer = await redeem(rehearsal, app, begun, callback, changes);

    expect([answer.status, answer.json.error]).toEqual([status, error]);
    expect(answer.json.error_description).toContain(description);
  });

  it('takes a code once, and takes back what it gave for it', async () => {
    const { begun, callback, tokens } = await logIn(rehearsal, app, PERSON);
    const again = await redeem(rehearsal, app, begun, callback);
    const userinfo = await fetch(`${rehearsal.url}/oauth2/v1/userinfo`, {
      headers: { authorization: `Bearer ${tokens.json.access_token}` },
    });

    expect([again.status, again.json.error, again.json.error_description]).toEqual([
      400,
      'invalid_grant',
      BAD_CODE,
    ]);
    expect(userinfo.status).toBe(401);
  });

  it('takes a code of one app from that app only', async () => {
    const other = await rehearsal.control.apps.create({ name: 'Other', redirectUris: [CALLBACK] });
    const begun = beginLogin(rehearsal, app);
    const callback = await signInAs(begun.authorizeUrl, PERSON);
    const answer = await redeem(rehearsal, other, begun, callback);

    expect([answer.status, answer.json.error]).toEqual([400, 'invalid_grant']);
  });

  it('does not serve somebody who was suspended meanwhile', async () => {
    const { tokens } = await loginWith(async () => {
      await rehearsal.control.people.suspend(PERSON);
    });
    await rehearsal.control.people.unsuspend(PERSON);

    expect([tokens.status, tokens.json.error]).toEqual([400, 'invalid_grant']);
  });

  it.each<[string, (web: AppView, spa: AppView) => Record<string, string>, string]>([
    [
      'a wrong secret',
      (web) => ({ authorization: basic(web.clientId, 'wrong') }),
      'The client secret supplied for a confidential client is invalid.',
    ],
    [
      'an unknown client',
      () => ({ authorization: basic('0oa0', 'x') }),
      "Invalid value for 'client_id' parameter.",
    ],
    ['no client', () => ({}), 'No client credentials found.'],
    [
      'a secret of a single-page app',
      (_web, spa) => ({ authorization: basic(spa.clientId, 'x') }),
      'Client authentication failed. Either the client or the client credentials are invalid.',
    ],
  ])('refuses %s with 401 invalid_client', async (_name, headersOf, description) => {
    const spa = await rehearsal.control.apps.create({ name: 'SPA', kind: 'spa', redirectUris: [CALLBACK] });
    const response = await fetch(`${rehearsal.url}/oauth2/v1/token`, {
      method: 'POST',
      headers: headersOf(app, spa),
      body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x', redirect_uri: CALLBACK }),
    });

    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: 'invalid_client', error_description: description });
  });

  it('serves an app without a secret by PKCE', async () => {
    const spa = await rehearsal.control.apps.create({ name: 'SPA', kind: 'spa', redirectUris: [CALLBACK] });
    const { tokens } = await logIn(rehearsal, spa, PERSON);

    expect(spa.clientSecret).toBeNull();
    expect(tokens.status).toBe(200);
  });

  it('refuses the former secret after a new one was made', async () => {
    const rotated = await rehearsal.control.apps.create({ name: 'Rotated', redirectUris: [CALLBACK] });
    const now = await rehearsal.control.apps.rotateSecret(rotated.clientId);

    expect((await logIn(rehearsal, rotated, PERSON)).tokens.status).toBe(401);
    expect((await logIn(rehearsal, now, PERSON)).tokens.status).toBe(200);
  });

  it('answers GET as Okta does', async () => {
    const response = await fetch(`${rehearsal.url}/oauth2/v1/token`);

    expect([response.status, ((await response.json()) as { errorCode: string }).errorCode]).toEqual([
      405,
      'E0000022',
    ]);
  });
});

describe('the sign-in page', () => {
  it('refuses who is suspended, and who does not exist, in Okta’s words', async () => {
    const { authorizeUrl } = beginLogin(rehearsal, app);

    await expect(signInAs(authorizeUrl, SUSPENDED)).rejects.toThrow(/Unable to sign in/);
    await expect(signInAs(authorizeUrl, 'nobody')).rejects.toThrow(/Unable to sign in/);
  });

  it('lists people to be, finds others, and starts with the login that the app hints at', async () => {
    const { location } = await attemptAuthorize(beginLogin(rehearsal, limited).authorizeUrl);
    const few = await (await fetch(location ?? '')).text();
    const found = await (await fetch(`${location}?query=sus.login`)).text();
    const hinted = await attemptAuthorize(beginLogin(rehearsal, app, { login_hint: PERSON }).authorizeUrl);

    expect(few).toContain('Not assigned');
    expect(few).toContain('Suspended');
    expect(few).not.toContain('<script');
    expect(found).toContain(SUSPENDED);
    expect(await (await fetch(hinted.location ?? '')).text()).toContain(PERSON);
  });

  it('can be used once', async () => {
    const { location } = await attemptAuthorize(beginLogin(rehearsal, app).authorizeUrl);
    const post = () =>
      fetch(location ?? '', {
        method: 'POST',
        body: new URLSearchParams({ person: PERSON }),
        redirect: 'manual',
      });
    const statuses = [(await post()).status, (await post()).status];

    expect(statuses).toEqual([303, 400]);
  });

  it('lets one sign out and be somebody else', async () => {
    const jar = new CookieJar();
    await signInAs(beginLogin(rehearsal, app).authorizeUrl, PERSON, { jar });
    const inside = await (await fetch(`${rehearsal.url}/signin`, { headers: jar.header() })).text();
    const out = await fetch(`${rehearsal.url}/signin/out`, {
      method: 'POST',
      headers: jar.header(),
      redirect: 'manual',
    });
    jar.keep(out);
    const after = await attemptAuthorize(beginLogin(rehearsal, app).authorizeUrl, { jar });

    expect(inside).toContain(PERSON);
    expect(after.location).toContain('/signin/');
  });
});

describe('logout', () => {
  it.each([
    ['to the app', 'http://127.0.0.1:9/bye', 302, 'http://127.0.0.1:9/bye?state=s'],
    ['to the sign-in page', null, 302, '/signin'],
    ['nowhere else', 'http://127.0.0.1:9/evil', 400, null],
  ])('leads %s', async (_name, target, status, expected) => {
    await rehearsal.control.apps.edit(app.clientId, { postLogoutRedirectUris: ['http://127.0.0.1:9/bye'] });
    const jar = new CookieJar();
    const { tokens } = await logIn(rehearsal, app, PERSON, { jar });
    const parameters = new URLSearchParams({ id_token_hint: tokens.json.id_token ?? '', state: 's' });
    if (target !== null) parameters.set('post_logout_redirect_uri', target);
    const response = await fetch(`${rehearsal.url}/oauth2/v1/logout?${parameters}`, {
      headers: jar.header(),
      redirect: 'manual',
    });
    jar.keep(response);
    const after = await attemptAuthorize(beginLogin(rehearsal, app).authorizeUrl, { jar });

    expect(response.status).toBe(status);
    if (expected !== null) expect(response.headers.get('location')).toContain(expected);
    else expect(await response.text()).toContain('must be a Logout redirect URI');
    expect(after.location?.includes('/signin/')).toBe(expected !== null);
  });

  it('needs a hint that is ours', async () => {
    const response = await fetch(`${rehearsal.url}/oauth2/v1/logout?id_token_hint=x.y.z`);

    expect(response.status).toBe(400);
  });
});

describe('the log of calls', () => {
  it('has every step of a login, and no code, token, state or secret', async () => {
    await rehearsal.control.calls.reset();
    const { begun, callback, tokens } = await logIn(rehearsal, app, PERSON);
    await fetch(`${rehearsal.url}/oauth2/v1/userinfo?access_token=${tokens.json.access_token}`);
    const { items } = await rehearsal.control.calls.list();
    const log = JSON.stringify(items);

    expect(items.map((call) => [call.method, call.path, call.status])).toEqual([
      ['GET', '/oauth2/v1/authorize', 302],
      ['POST', '/oauth2/v1/token', 200],
      ['GET', '/oauth2/v1/userinfo', 401],
    ]);
    expect(items[1]?.clientId).toBe(app.clientId);
    const code = new URL(callback).searchParams.get('code') ?? 'x';
    for (const secret of [code, begun.state, begun.nonce, tokens.json.access_token, app.clientSecret]) {
      expect(log).not.toContain(secret);
    }
  });
});
