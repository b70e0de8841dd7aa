import type { Overview } from '@gatehouse/contracts/overview';
import type { TrackerSummary } from '@gatehouse/contracts/tracker';
import { signInAs } from '@gatehouse/rehearsal/sign-in-client';
import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addIdp,
  LoginWorld,
  logIn,
  passTest,
  redirect,
  switchOn,
  trackerOn,
  visit,
} from './login-testing.ts';

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

describe('redirection', () => {
  it('sends people to the product itself while it is off', async () => {
    const leaving = await visit(world.gatehouse.app.client(), start);

    expect([leaving.status, leaving.headers.location]).toEqual([
      303,
      `${local}&os_destination=%2Fbrowse%2FABC-1`,
    ]);
    expect(leaving.headers['set-cookie']).toBeUndefined();
  });

  it('is locked until a test login has passed, and says so', async () => {
    const body = { enabled: true, portal: false, idpId: null };
    const path = `/api/applications/${world.jira.id}/redirection`;

    const refused = await world.gatehouse.call('PUT', path, 409, body);
    await passTest(world);
    const on = await world.gatehouse.call('PUT', path, 200, body);

    expect(refused.json).toMatchObject({ code: 'redirection-locked', facts: { lock: 'idp-untested' } });
    expect(on.json).toMatchObject({
      redirection: { enabled: true, idpId: world.idp.id },
      switchedBy: 'Ann Admin',
      lock: null,
    });
    expect(await world.gatehouse.get(`/api/idps/${world.idp.id}`)).toMatchObject({
      applications: [{ id: world.jira.id, name: 'Jira', redirecting: true }],
    });
  });

  it('has a second switch for the portal', async () => {
    await passTest(world);
    await redirect(world.gatehouse, world.jira.id, { enabled: false, portal: true });
    const portal = '/sso/jira/login?portal=1&destination=portal%2F1';

    const leaving = await visit(world.gatehouse.app.client(), portal);
    const page = await logIn(world.gatehouse, world.upstream, { path: portal, login: world.login });

    expect(leaving.headers.location).toContain(`${rehearsal.url}/`);
    expect(page.text).toContain('href="https://tools.acme.example/jira/servicedesk/customer/portal/1"');
    expect((await visit(world.gatehouse.app.client(), start)).headers.location).toContain(local);
  });

  it('wants one of several to be chosen, and stays with it', async () => {
    const other = await addIdp(world.gatehouse, world.upstream, {
      name: 'Other Okta',
      connectorId: world.connectorId,
      updateMethod: 'usersync',
    });
    await passTest(world);
    const path = `/api/applications/${world.jira.id}/redirection`;

    const open = await world.gatehouse.call('PUT', path, 409, { enabled: true, portal: false, idpId: null });
    const untested = await world.gatehouse.call('PUT', path, 409, {
      enabled: true,
      portal: false,
      idpId: other.id,
    });
    await redirect(world.gatehouse, world.jira.id, { idpId: world.idp.id });

    expect(open.json.facts).toEqual({ lock: 'idp-not-chosen' });
    expect(untested.json.facts).toEqual({ lock: 'idp-untested' });
    const leaving = await visit(world.gatehouse.app.client(), start);
    expect(new URL(String(leaving.headers.location)).searchParams.get('client_id')).toBe(
      world.idp.settings.clientId,
    );
  });

  it('shows in the checklist', async () => {
    await switchOn(world);

    const { steps } = await world.gatehouse.get<Overview>('/api/overview');

    expect(steps.slice(3).map(({ label, state, fact }) => [label, state, fact])).toEqual([
      ['IdP added', 'done', 'Acme Okta'],
      ['Test login passed', 'done', 'Acme Okta, test of Ann Admin'],
      ['Application added', 'done', 'Jira, tools.acme.example'],
      ['Redirection on', 'done', 'Jira sends people to Acme Okta'],
    ]);
  });
});

describe('trackers', () => {
  it('keep a login that passed as one line', async () => {
    await switchOn(world);
    const page = await logIn(world.gatehouse, world.upstream, { path: start, login: world.login });

    const { items } = await world.gatehouse.get<{ items: TrackerSummary[] }>('/api/trackers?show=logins');
    const tracker = await trackerOn(world.gatehouse, page);

    expect(items.find(({ id }) => id === tracker.id)).toMatchObject({ state: 'passed' });
    expect(tracker.events).toEqual([]);
  });
});
