import type { Idp } from '@gatehouse/contracts/idp';
import { failedEvent } from '@gatehouse/contracts/login-words';
import type { Tracker } from '@gatehouse/contracts/tracker';
import { signInAs } from '@gatehouse/rehearsal/sign-in-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LoginFaultWorld, type Place } from './login-fault-world.ts';
import { textOf, visit } from './login-testing.ts';

const unseen = /[^\P{Cc}\n]|\p{Bidi_Control}/u;
const markup = /<script|<img|onerror=["']|javascript:alert\(1\)["']/i;

let world: LoginFaultWorld;
let place: Place;

beforeAll(async () => {
  world = await LoginFaultWorld.start(1);
  const { connectorId } = world.world;
  place = await world.addPlace({ updateMethod: 'usersync', connectorId });
});
afterAll(() => world.close());
afterEach(() => world.control.loginFaults.clearAll());

/** A test whose link was used, up to the way back. */
async function beginTest(login: string) {
  const made = await world.gatehouse.call('POST', '/api/trackers', 201, { idpId: place.idp.id });
  const browser = world.gatehouse.app.client();
  const start = await visit(browser, `${made.json.testUrl}/continue`);
  const back = new URL(await signInAs(String(start.headers.location), login));
  const tracker = () => world.gatehouse.get<Tracker>(`/api/trackers/${made.json.id}`);
  return { browser, back, tracker };
}

describe('the way back of a test', () => {
  it.each([
    ['no parameters', () => '', 'state-missing'],
    ['another state', (query: string) => query.replace(/state=[^&]*/, 'state=x'), 'state-differs'],
    ['an empty state', (query: string) => query.replace(/state=[^&]*/, 'state='), 'state-missing'],
    ['the state twice', (query: string) => `${query}&state=x`, 'parameter-doubled'],
    ['the code twice', (query: string) => `${query}&code=x`, 'parameter-doubled'],
    ['an unknown parameter twice', (query: string) => `${query}&x=1&x=2`, 'parameter-doubled'],
    ['no code', (query: string) => query.replace(/code=[^&]*&?/, ''), 'code-missing'],
    ['a made-up code', (query: string) => query.replace(/code=[^&]*/, 'code=made-up'), 'token-code-refused'],
    ['a token instead of a code', (query: string) => `${query}&access_token=x`, 'upstream-error'],
    ['an error beside the code', (query: string) => `${query}&error=x`, 'upstream-error'],
    ['another issuer', (query: string) => `${query}&iss=https://evil.example`, 'response-iss-differs'],
    ['an error of ours', (query: string) => `${query}&error=__proto__`, 'upstream-error'],
  ])('with %s fails, once and for all', async (_what, change, code) => {
    const { browser, back, tracker } = await beginTest(await world.newPerson());
    const before = world.state();

    const page = await visit(browser, `${back.pathname}?${change(back.search.slice(1))}`);
    const ended = await tracker();
    const again = await visit(browser, back.href);

    expect(ended).toMatchObject({ state: 'failed', failure: { code } });
    expect(failedEvent(ended)?.code).toBe(code);
    expect(textOf(page)).toContain(ended.id);
    expect([again.status, (await tracker()).state]).toEqual([400, 'failed']);
    expect(world.state()).toEqual(before);
  });

  it('is answered once of twenty at once, and writes nothing', async () => {
    const { browser, back, tracker } = await beginTest(await world.newPerson());
    const before = world.state();
    await world.forgetCalls();

    const pages = await Promise.all(Array.from({ length: 20 }, () => visit(browser, back.href)));

    expect(pages.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(400)]);
    expect((await world.calledPaths()).filter((path) => path.endsWith('/token'))).toHaveLength(1);
    expect((await tracker()).state).toBe('passed');
    expect(world.state()).toEqual(before);
  });

  it('does not end a login of the same browser, nor the other way round', async () => {
    const { browser, back, tracker } = await beginTest(await world.newPerson());
    const login = await world.logIn(place, await world.newPerson(), { browser });
    const test = await visit(browser, back.href);

    expect([login.page.status, test.status]).toEqual([200, 200]);
    expect(textOf(login.page)).toContain('You are signed in as');
    expect(textOf(test)).toContain('Your login works');
    expect((await tracker()).kind).toBe('test');
  });
});

describe('texts of strangers', () => {
  const texts = {
    markup: '<script>alert(1)</script><img src=x onerror=alert(1)>"><a href="javascript:alert(1)">',
    bidi: '\u202Eevil\u202C \u2066x\u2069 \u200Fy',
    control: 'a\u0000b\u001B[31mc\r\nSet-Cookie: a=b\u0085',
    long: 'x'.repeat(8_000),
    surrogates: '\ud800 and \udfff',
    formula: '=cmd|calc!A1',
    prototype: '__proto__',
  } as const;
  const rows = Object.entries(texts);

  it.each(rows)('in an error description, %s', async (_what, description) => {
    await world.control.loginFaults.set({ kind: 'response-access-denied', description });

    const { page } = await world.logIn(place, world.syncedPerson(0));
    const tracker = await world.trackerOn(page);
    const text = JSON.stringify(failedEvent(tracker)?.facts);

    expect(page.status).toBe(403);
    expect(page.text).not.toMatch(markup);
    expect(page.text).not.toMatch(unseen);
    expect(textOf(page)).not.toContain(description.slice(0, 20));
    expect(tracker.failure?.code).toBe('upstream-access-denied');
    expect(text.length).toBeLessThan(1_000);
    expect(text).not.toMatch(unseen);
  });

  it('of 100 kB end at the door, and the login is not hurt', async () => {
    const browser = world.gatehouse.app.client();
    const start = await visit(browser, place.start);
    const back = new URL(await signInAs(String(start.headers.location), world.syncedPerson(0)));
    back.searchParams.delete('code');
    back.searchParams.set('error', 'access_denied');
    back.searchParams.set('error_description', 'x'.repeat(100_000));

    const refused = await visit(browser, back.href).then(
      ({ status }) => status,
      ({ code }: NodeJS.ErrnoException) => code,
    );

    // Node does not read on: the answer may be overtaken by the end of the connection.
    expect([431, 'ECONNRESET', 'EPIPE']).toContain(refused);
    expect((await world.newestTracker()).state).toBe('in-progress');
    const { page: next } = await world.logIn(place, world.syncedPerson(0), { browser });
    expect(next.status).toBe(200);
  });

  it.each(rows)('in the name of a group that a test would add, %s', async (what, text) => {
    const login = await world.newPerson();
    const name = what === 'long' ? 'x'.repeat(255) : `${text} ${what}`;
    const group = await world.control.groups.create({ name }).catch(() => null);
    if (group === null) return expect(['control', 'surrogates']).toContain(what);
    await world.control.groups.changeMembers(group.id, { add: [login] });

    const { browser, back, tracker } = await beginTest(login);
    const page = await visit(browser, back.href);
    const { update, state } = await tracker();
    await world.control.groups.delete(group.id);

    expect([page.status, state]).toEqual([200, 'passed']);
    expect(page.text).not.toMatch(markup);
    expect(page.text).not.toMatch(unseen);
    expect(JSON.stringify(update)).not.toMatch(unseen);
    return expect(page.text.length).toBeLessThan(30_000);
  });

  it.each(rows)('in the claim of groups and in claims of any name, %s', async (_what, text) => {
    const claims = { groups: [text, [text]], [text]: text, address: { [text]: text } };
    await world.control.loginFaults.set({ kind: 'claims-replaced', claims });

    const { browser, back, tracker } = await beginTest(await world.newPerson());
    const page = await visit(browser, back.href);
    const { state, claims: kept } = await tracker();

    expect([page.status, state]).toEqual([200, 'passed']);
    expect(page.text).not.toMatch(markup);
    expect(page.text).not.toMatch(unseen);
    expect(JSON.stringify(kept)).not.toMatch(unseen);
    expect(JSON.stringify(kept).length).toBeLessThan(20_000);
  });

  it.each(rows)('in what a browser says of itself, %s', async (_what, text) => {
    const { json } = await world.gatehouse.call('POST', '/api/trackers', 201, { idpId: place.idp.id });
    const agent = text.replaceAll(/[^\x20-\x7e]/g, '');
    const browser = world.gatehouse.app.client();
    const headers = { 'user-agent': agent, 'sec-fetch-mode': 'navigate' };
    const path = new URL(String(json.testUrl)).pathname;

    const used = await browser.send('GET', `${path}/continue`, { headers });

    expect(used.status).toBe(303);
    const tracker = await world.gatehouse.get<Tracker>(`/api/trackers/${json.id}`);
    expect(JSON.stringify(tracker.events[0]).length).toBeLessThan(1_500);
  });
});

describe('settings that change while somebody logs in', () => {
  type Change = Partial<Idp['settings']>;
  const rows: readonly [what: string, change: () => Change, losesSecret: boolean][] = [
    ['domain', () => ({ domain: 'evil.okta.com' }), true],
    ['issuer', () => ({ issuer: `${world.rehearsal.url}/oauth2/default` }), true],
    ['client id', () => ({ clientId: '0oaSomebodyElse00000' }), true],
    ['scopes', () => ({ scopes: ['profile'] }), false],
  ];

  it.each(rows)(
    '%s: the login ends, and the secret goes nowhere else',
    async (_what, change, losesSecret) => {
      const { gatehouse } = world;
      const own = await world.addPlace({ updateMethod: 'claims', createUsers: true });
      const path = `/api/idps/${own.idp.id}`;
      const browser = gatehouse.app.client();
      const start = await visit(browser, own.start);
      const back = await signInAs(String(start.headers.location), await world.newPerson());
      await world.forgetCalls();

      const { settingsVersion: expectedVersion, name, settings } = await gatehouse.get<Idp>(path);
      const saved = await gatehouse.call('PUT', path, 200, {
        expectedVersion,
        name,
        settings: { ...settings, ...change() },
      });
      const page = await visit(browser, back);
      await gatehouse.admin.send('POST', `${path}/import?wait=true`);
      const next = await visit(browser, own.start);

      expect(saved.json).toMatchObject({ clientSecret: { set: !losesSecret }, testedAt: null });
      expect(page.status).toBe(losesSecret ? 503 : 400);
      expect((await world.trackerOn(page)).failure?.code).toBe(
        losesSecret ? 'idp-incomplete' : 'idp-changed',
      );
      const posted = (await world.calledPaths()).filter((one) => one.endsWith('/token'));
      expect(posted).toHaveLength(losesSecret ? 0 : 1);
      const target = new URL(String(next.headers.location)).origin;
      expect(target).toBe(losesSecret ? 'https://tools.acme.example' : world.rehearsal.url);
    },
  );
});

describe('two at once', () => {
  it('take one name: one gets it', async () => {
    const { gatehouse } = world;
    const drafts = await Promise.all(
      Array.from({ length: 10 }, async () => (await gatehouse.call('POST', '/api/idps', 201, {})).json),
    );

    const answers = await Promise.all(
      drafts.map(({ id, settings }, index) =>
        gatehouse.admin.send('PUT', `/api/idps/${id}`, {
          body: { expectedVersion: 1, name: index % 2 === 0 ? 'Wanted' : ' WANTED ', settings },
        }),
      ),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
    const refused = answers.filter(({ status }) => status === 409);
    expect(new Set(refused.map(({ json }) => json.code))).toEqual(new Set(['name-taken']));
    for (const { id } of drafts) await gatehouse.admin.send('DELETE', `/api/idps/${id}`, { body: {} });
  });

  it('go on with one wizard that was left in the middle: one save counts, the other is told', async () => {
    const { gatehouse } = world;
    const draft = (await gatehouse.call('POST', '/api/idps', 201, {})).json as unknown as Idp;
    await gatehouse.call('PUT', `/api/idps/${draft.id}/wizard`, 204, { step: 'credentials', ticks: ['a'] });
    const save = (clientId: string) =>
      gatehouse.admin.send('PUT', `/api/idps/${draft.id}`, {
        body: { expectedVersion: 1, name: 'Left alone', settings: { ...draft.settings, clientId } },
      });

    const answers = await Promise.all(['first', 'second'].map(save));
    const after = await gatehouse.get<Idp>(`/api/idps/${draft.id}`);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = answers.findIndex(({ status }) => status === 200);
    expect(after).toMatchObject({
      state: 'draft',
      settingsVersion: 2,
      settings: { clientId: ['first', 'second'][won] },
      wizard: { step: 'credentials', ticks: ['a'] },
      callbackUrl: draft.callbackUrl,
    });
    const finish = { expectedVersion: 2 };
    const finished = await gatehouse.admin.send('POST', `/api/idps/${draft.id}/finish`, { body: finish });
    expect([finished.status, finished.json.code]).toEqual([409, 'idp-incomplete']);
  });

  it('finish one draft: it is finished once, and logs people in', async () => {
    const { gatehouse } = world;
    const own = await world.addPlace({ updateMethod: 'claims', createUsers: true });
    gatehouse.write(`update Idp set state = 'draft' where publicId = '${own.idp.id}'`);
    const body = { expectedVersion: own.idp.settingsVersion };

    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        gatehouse.admin.send('POST', `/api/idps/${own.idp.id}/finish`, { body }),
      ),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(4).fill(409)]);
    expect((await world.logIn(own, await world.newPerson())).page.status).toBe(200);
  });
});
