import type { Overview } from '@gatehouse/contracts/overview';
import { signInAs } from '@gatehouse/rehearsal/sign-in-client';
import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addApplication,
  addIdp,
  LoginWorld,
  logIn,
  redirect,
  switchOn,
  textOf,
  trackerOn,
  visit,
} from './login-testing.ts';

const hour = 3_600_000;
const start = '/sso/jira/login?os_destination=%2Fbrowse%2FABC-1';
const local = 'https://tools.acme.example/jira/login.jsp?nosso';

let rehearsal: Rehearsal;
let world: LoginWorld;
beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 12, groups: 4, rateLimit: 'off' });
  world = await LoginWorld.start(rehearsal, signInAs);
});
afterAll(async () => {
  await world.gatehouse.close();
  await rehearsal.close();
});
beforeEach(() => world.renew());
afterEach(() => rehearsal.control.loginFaults.clearAll());

describe('a real login', () => {
  beforeEach(() => switchOn(world));

  it('ends at a page that says who was signed in, with the way back to the product', async () => {
    const page = await logIn(world.gatehouse, world.upstream, { path: start, login: world.login });

    expect(page.status).toBe(200);
    expect(textOf(page)).toMatch(/^Y Your company Logging in to Jira You are signed in as /);
    expect(page.text).toContain('href="https://tools.acme.example/jira/browse/ABC-1"');
    expect(page.headers['set-cookie']).toBeUndefined();
    expect(await trackerOn(world.gatehouse, page)).toMatchObject({
      state: 'passed',
      kind: 'login',
      application: { id: world.jira.id, name: 'Jira' },
      idp: { id: world.idp.id },
    });
  });

  it('brings the person up to date before it ends', async () => {
    await rehearsal.control.people.edit(world.login, { firstName: 'Fresh' });

    const page = await logIn(world.gatehouse, world.upstream, { path: start, login: world.login });

    expect(textOf(page)).toContain('You are signed in as Fresh');
  });

  it('refuses whom nobody assigned, names the tracker, and shows ways on', async () => {
    await world.gatehouse.call('PUT', '/api/settings/general', 200, {
      organizationName: 'Acme Industries',
      supportAddress: 'it@acme.example',
      supportText: 'IT service desk +49 30 5550 0142',
      trackerDays: 14,
      expectedVersion: 0,
    });
    await rehearsal.control.apps.edit(world.idp.settings.clientId, { assignments: 'nobody' });

    const page = await logIn(world.gatehouse, world.upstream, { path: start, login: world.login });

    expect(page.status).toBe(403);
    expect(textOf(page)).toContain('Acme Industries Logging in to Jira You have no access to Jira yet');
    expect(page.text).toContain('href="mailto:it@acme.example?subject=');
    expect(page.text).toContain(`href="${local}&amp;os_destination=%2Fbrowse%2FABC-1"`);
    const tracker = await trackerOn(world.gatehouse, page);
    expect(tracker.failure).toMatchObject({ code: 'upstream-not-assigned' });
    const { health } = await world.gatehouse.get<Overview>('/api/overview');
    expect(health.lastLoginFailure?.id).toBe(tracker.id);
  });

  it('is answered once, of twenty calls at once', async () => {
    const browser = world.gatehouse.app.client();
    const leaving = await visit(browser, start);
    const back = await signInAs(String(leaving.headers.location), world.login);

    const pages = await Promise.all(Array.from({ length: 20 }, () => visit(browser, back)));

    expect(pages.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(400)]);
    expect((await visit(browser, back)).status).toBe(400);
  });

  it('cannot be finished in another browser', async () => {
    const leaving = await visit(world.gatehouse.app.client(), start);
    const back = await signInAs(String(leaving.headers.location), world.login);
    const other = world.gatehouse.app.client();
    await visit(other, start);

    const page = await visit(other, back);

    expect(page.status).toBe(400);
    expect((await trackerOn(world.gatehouse, page)).failure).toMatchObject({ code: 'state-differs' });
  });

  it('is over after an hour', async () => {
    const browser = world.gatehouse.app.client();
    const leaving = await visit(browser, start);
    const back = await signInAs(String(leaving.headers.location), world.login);
    world.gatehouse.moveClock(hour + 1_000);

    const page = await visit(browser, back);
    world.gatehouse.moveClock(-hour - 1_000);

    expect(page.status).toBe(400);
    expect(textOf(page)).toContain('This login has ended');
  });

  it.each([
    ['no parameters', () => '', 'state-missing'],
    ['no state', (query: string) => query.replace(/state=[^&]*&?/, ''), 'state-missing'],
    ['another state', (query: string) => query.replace(/state=[^&]*/, 'state=x'), 'state-differs'],
    ['the code twice', (query: string) => `${query}&code=x`, 'parameter-doubled'],
    ['the state twice', (query: string) => `${query}&state=x`, 'parameter-doubled'],
    ['no code', (query: string) => query.replace(/code=[^&]*&?/, ''), 'code-missing'],
  ])('that comes back with %s is refused and cannot come back again', async (_what, change, code) => {
    const browser = world.gatehouse.app.client();
    const leaving = await visit(browser, start);
    const back = new URL(await signInAs(String(leaving.headers.location), world.login));
    const calls = await rehearsal.control.calls.list();

    const page = await visit(browser, `${back.pathname}?${change(back.search.slice(1))}`);
    const again = await visit(browser, back.href);

    expect([page.status, again.status]).toEqual([400, 400]);
    expect((await trackerOn(world.gatehouse, page)).failure?.code).toBe(code);
    expect(await rehearsal.control.calls.list()).toEqual(calls);
  });

  it('is refused with the code of another IdP', async () => {
    const other = await addIdp(world.gatehouse, world.upstream, {
      name: 'Other Okta',
      connectorId: world.connectorId,
      updateMethod: 'usersync',
    });
    const browser = world.gatehouse.app.client();
    const leaving = await visit(browser, start);
    const back = new URL(await signInAs(String(leaving.headers.location), world.login));

    const page = await visit(browser, `/sso/callback/${other.id}${back.search}`);

    expect(page.status).toBe(400);
    expect((await trackerOn(world.gatehouse, page)).failure?.code).toBe('transaction-missing');
  });

  it('ends when its IdP is switched off meanwhile', async () => {
    const browser = world.gatehouse.app.client();
    const leaving = await visit(browser, start);
    const back = await signInAs(String(leaving.headers.location), world.login);
    await world.gatehouse.call('POST', `/api/idps/${world.idp.id}/enabled`, 200, { enabled: false });

    const page = await visit(browser, back);

    expect(page.status).toBe(503);
    expect((await trackerOn(world.gatehouse, page)).failure?.code).toBe('idp-disabled');
    expect((await visit(browser, start)).headers.location).toBe(`${local}&os_destination=%2Fbrowse%2FABC-1`);
  });

  it('ends when its IdP is removed meanwhile', async () => {
    const browser = world.gatehouse.app.client();
    const leaving = await visit(browser, start);
    const back = await signInAs(String(leaving.headers.location), world.login);
    await world.gatehouse.call('DELETE', `/api/idps/${world.idp.id}`, 204, { confirmName: world.idp.name });

    const page = await visit(browser, back);

    expect(page.status).toBe(410);
    expect(textOf(page)).toContain('This login does not exist any more');
    expect((await visit(browser, start)).headers.location).toBe(`${local}&os_destination=%2Fbrowse%2FABC-1`);
    expect(await world.gatehouse.get(`/api/applications/${world.jira.id}`)).toMatchObject({
      lock: 'no-idp',
      idp: null,
      redirection: { enabled: true },
    });
  });

  it('ends when the application is removed meanwhile, without a link to it', async () => {
    const wiki = await addApplication(world.gatehouse, {
      name: 'Wiki',
      kind: 'confluence',
      baseUrl: 'https://wiki.acme.example',
    });
    await redirect(world.gatehouse, wiki.id, { idpId: world.idp.id });
    const browser = world.gatehouse.app.client();
    const leaving = await visit(browser, '/sso/wiki/login');
    const back = await signInAs(String(leaving.headers.location), world.login);
    await world.gatehouse.call('DELETE', `/api/applications/${wiki.id}`, 204, { confirmName: 'Wiki' });

    const page = await visit(browser, back);

    expect(page.status).toBe(200);
    expect(page.text).not.toContain('wiki.acme.example');
    expect((await visit(browser, '/sso/wiki/login')).status).toBe(404);
  });

  it.each([
    ['another host', 'https://evil.example/'],
    ['no scheme', '//evil.example'],
    ['a backslash', '/\\evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['a user name', 'https://tools.acme.example@evil.example/'],
    ['another application', 'https://tools.acme.example/confluence'],
    ['another application by dots', '/jira/../confluence'],
    ['the login page', '/login.jsp?os_destination=/x'],
    ['2,049 characters', `/${'a'.repeat(2048)}`],
  ])('returns to the start page when asked for %s', async (_what, target) => {
    const path = `/sso/jira/login?return=${encodeURIComponent(target)}`;

    const page = await logIn(world.gatehouse, world.upstream, { path, login: world.login });

    expect(page.text).toContain('<a class="act first" href="https://tools.acme.example/jira/">');
    expect(page.text).not.toContain('evil.example');
  });

  it('asks for another account where this one may not see the page', async () => {
    const leaving = await visit(world.gatehouse.app.client(), `${start}&permissionViolation=true`);

    expect(new URL(String(leaving.headers.location)).searchParams.get('prompt')).toBe('login');
  });

  it('is refused at another host, and fetched ahead by nobody', async () => {
    const browser = world.gatehouse.app.client();
    const foreign = await browser.send('GET', start, { headers: { host: 'evil.example' } });
    const fetched = await browser.send('GET', start, { headers: { 'sec-fetch-mode': 'no-cors' } });
    const ahead = await browser.send('GET', start, { headers: { 'sec-purpose': 'prefetch' } });

    expect([foreign.status, fetched.status, ahead.status]).toEqual([421, 403, 403]);
    expect(browser.cookie).toBe('');
  });

  it('leaves nothing secret on the page of a failure', async () => {
    await rehearsal.control.loginFaults.set({ kind: 'id-token-nonce-wrong' });
    const browser = world.gatehouse.app.client();
    const leaving = await visit(browser, start);
    const back = new URL(await signInAs(String(leaving.headers.location), world.login));

    const page = await visit(browser, back.href);

    expect(page.status).toBe(502);
    const secrets = [
      back.searchParams.get('code'),
      back.searchParams.get('state'),
      browser.cookie.split('=')[1],
    ];
    for (const secret of secrets) {
      expect(secret?.length).toBeGreaterThan(8);
      expect(page.text).not.toContain(secret);
      expect(world.gatehouse.app.logs.join('')).not.toContain(secret);
    }
    expect(textOf(page)).not.toMatch(/nonce/i);
  });
});
