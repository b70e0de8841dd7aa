import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppView } from '../control/control-types.ts';
import { beginLogin, CALLBACK, logIn } from '../oidc/testing.ts';
import { attemptAuthorize, CookieJar, signInAs } from '../sign-in-client.ts';
import { type Rehearsal, startRehearsal } from '../start-rehearsal.ts';

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
    const empty = await (await fetch(`${hinted.location}?query=`)).text();

    expect(await (await fetch(hinted.location ?? '')).text()).toContain(PERSON);
    expect(empty).not.toContain(PERSON);
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
