import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppView } from '../control/control-types.ts';
import { attemptAuthorize, signInAs } from '../sign-in-client.ts';
import { type Rehearsal, startRehearsal } from '../start-rehearsal.ts';
import { basic, beginLogin, CALLBACK, logIn, redeem } from './testing.ts';

let rehearsal: Rehearsal;
let app: AppView;
let limited: AppView;
const PERSON = 'ann.login@rehearsal.example';

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 200, groups: 160 });
  const { apps, people } = rehearsal.control;
  app = await apps.create({ name: 'Everyone may', redirectUris: [CALLBACK], groupsRegex: 'Crew.*' });
  limited = await apps.create({ name: 'Few may', redirectUris: [CALLBACK], assignments: 'nobody' });
  await people.create({
    profile: { login: PERSON, email: PERSON, firstName: 'Ann', lastName: 'Login', timezone: 'Europe/Berlin' },
  });
});

afterAll(() => rehearsal.close());

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

async function loginWith(between: () => Promise<void>) {
  const begun = beginLogin(rehearsal, app);
  const callback = await signInAs(begun.authorizeUrl, PERSON);
  await between();
  return { tokens: await redeem(rehearsal, app, begun, callback) };
}
