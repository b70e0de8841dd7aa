import { signInAs } from '@gatehouse/rehearsal/sign-in-client';
import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LoginWorld, testLogin, textOf, visit } from './login-testing.ts';
import { dumpDirectory } from './testing.ts';

const hour = 3_600_000;

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

describe('a test login', () => {
  it('passes for a synced person, writes nothing, and opens the lock', async () => {
    expect(await world.gatehouse.get(`/api/applications/${world.jira.id}`)).toMatchObject({
      lock: 'idp-untested',
    });
    const before = dumpDirectory(world.gatehouse.app.config.dataDir);

    const { page, tracker } = await testLogin(world.gatehouse, world.upstream, {
      idpId: world.idp.id,
      login: world.login,
    });

    expect(page.status).toBe(200);
    expect(textOf(page)).toContain('Your login works');
    expect(textOf(page)).toContain('Ann Admin sees this result too.');
    expect(tracker).toMatchObject({ state: 'passed', kind: 'test', testUrl: null });
    expect(dumpDirectory(world.gatehouse.app.config.dataDir)).toEqual(before);
    expect(await world.gatehouse.get(`/api/applications/${world.jira.id}`)).toMatchObject({
      lock: null,
      idp: { id: world.idp.id, testedAt: expect.any(String) },
    });
  });

  it('shows what a real login would change', async () => {
    await rehearsal.control.people.edit(world.login, { lastName: 'Renamed-Person' });

    const { page, tracker } = await testLogin(world.gatehouse, world.upstream, {
      idpId: world.idp.id,
      login: world.login,
    });

    expect(textOf(page)).toContain('A real login would bring the account up to date');
    expect(textOf(page)).toContain('→ Renamed-Person');
    expect(tracker.update).toMatchObject({ made: false, operation: 'update' });
  });

  it('says to a person without assignment what to ask for', async () => {
    await rehearsal.control.apps.edit(world.idp.settings.clientId, { assignments: 'nobody' });

    const { page, tracker } = await testLogin(world.gatehouse, world.upstream, {
      idpId: world.idp.id,
      login: world.login,
    });

    expect(page.status).toBe(403);
    expect(textOf(page)).toContain('You have no access to the application yet');
    expect(textOf(page)).toContain(tracker.id);
    expect(tracker).toMatchObject({ state: 'failed', failure: { code: 'upstream-not-assigned' } });
  });

  it('is opened without being used up, and used up once', async () => {
    const made = (await world.gatehouse.call('POST', '/api/trackers', 201, { idpId: world.idp.id })).json;
    const url = String(made.testUrl);
    const first = world.gatehouse.app.client();

    for (let times = 0; times < 2; times += 1) {
      expect(textOf(await visit(world.gatehouse.app.client(), url))).toContain('Ann Admin asked you to test');
    }
    expect(await world.gatehouse.get(`/api/trackers/${made.id}`)).toMatchObject({ state: 'waiting' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => visit(first, `${url}/continue`)));

    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(19).fill(410)]);
    expect((await visit(first, url)).status).toBe(410);
    expect(world.gatehouse.app.logs.join('')).not.toContain(new URL(url).pathname.split('/').at(-1));
  });

  it('is over after an hour', async () => {
    const made = (await world.gatehouse.call('POST', '/api/trackers', 201, { idpId: world.idp.id })).json;
    world.gatehouse.moveClock(hour + 1_000);

    const looked = await visit(world.gatehouse.app.client(), String(made.testUrl));
    const used = await visit(world.gatehouse.app.client(), `${made.testUrl}/continue`);
    world.gatehouse.moveClock(-hour - 1_000);

    expect([looked.status, used.status]).toEqual([410, 410]);
    expect(textOf(looked)).toContain('This test link has expired');
  });

  it('cannot be finished in another browser', async () => {
    const made = (await world.gatehouse.call('POST', '/api/trackers', 201, { idpId: world.idp.id })).json;
    const leaving = await visit(world.gatehouse.app.client(), `${made.testUrl}/continue`);
    const back = await signInAs(String(leaving.headers.location), world.login);

    const page = await visit(world.gatehouse.app.client(), back);

    expect(page.status).toBe(400);
    expect(textOf(page)).toContain('This login has ended');
    expect(await world.gatehouse.get(`/api/trackers/${made.id}`)).toMatchObject({ state: 'in-progress' });
  });
});
