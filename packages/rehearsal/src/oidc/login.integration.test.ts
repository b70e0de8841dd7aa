import { createHash } from 'node:crypto';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppView } from '../control/control-types.ts';
import { attemptAuthorize, CookieJar, signInAs } from '../sign-in-client.ts';
import { type Rehearsal, startRehearsal } from '../start-rehearsal.ts';
import { beginLogin, CALLBACK, logIn, redeem } from './testing.ts';

let rehearsal: Rehearsal;
let app: AppView;
const PERSON = 'ann.login@rehearsal.example';

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 200, groups: 160 });
  const { apps, people } = rehearsal.control;
  app = await apps.create({ name: 'Everyone may', redirectUris: [CALLBACK], groupsRegex: 'Crew.*' });
  await people.create({
    profile: { login: PERSON, email: PERSON, firstName: 'Ann', lastName: 'Login', timezone: 'Europe/Berlin' },
  });
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
