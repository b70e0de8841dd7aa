import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rehearsal, startRehearsal } from '../start-rehearsal.ts';
import { LOGIN_FAULT_FORMS } from './login-fault-forms.ts';

let rehearsal: Rehearsal;
const CALLBACK = 'https://gatehouse.example/sso/okta/callback';

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 100, groups: 20 });
});

afterAll(() => rehearsal.close());

async function open(path: string): Promise<{ status: number; text: string }> {
  const response = await fetch(new URL(path, rehearsal.url));
  return { status: response.status, text: await response.text() };
}

/** Posts a form as a browser does, and follows where it leads. */
async function post(
  path: string,
  values: Record<string, string> | [string, string][] = {},
): Promise<{ status: number; text: string; location: string | null }> {
  const response = await fetch(rehearsal.url + path, {
    method: 'POST',
    body: new URLSearchParams(values),
    headers: { origin: rehearsal.url, 'sec-fetch-site': 'same-origin' },
    redirect: 'manual',
  });
  const location = response.headers.get('location');
  const page = location === null ? { text: await response.text() } : await open(location);
  return { status: response.status, text: page.text, location };
}

function fieldValue(text: string, id: string): string {
  return new RegExp(`id="${id}"[^>]*?value="([^"]*)"`, 's').exec(text)?.[1] ?? '';
}

async function someApp(): Promise<{ id: string; path: string }> {
  const { clientId } = await rehearsal.control.apps.create({ name: 'Some', redirectUris: [CALLBACK] });
  return { id: clientId, path: `/console/applications/${clientId}` };
}

describe('Create App Integration', () => {
  it('leads from the list over the kind to the credentials, in the words of the guide', async () => {
    const list = await open('/console/applications');
    const kinds = await open('/console/applications/new');
    const form = await open('/console/applications/new/settings?method=oidc&kind=web');
    const made = await post('/console/applications', {
      kind: 'web',
      name: 'Gatehouse <b>',
      redirectUris: CALLBACK,
      access: 'everyone',
    });
    const [app] = await rehearsal.control.apps.list();

    expect(list.text).toContain('Create App Integration');
    for (const words of [
      'OIDC - OpenID Connect',
      'Web Application',
      'Single-Page Application',
      'Native Application',
      'Next',
    ]) {
      expect(kinds.text).toContain(words);
    }
    for (const words of [
      'App integration name',
      'Sign-in redirect URIs',
      '+ Add URI',
      'Sign-out redirect URIs',
      'Allow everyone in your organization to access',
      'Limit access to selected groups',
      'Skip group assignment for now',
    ]) {
      expect(form.text).toContain(words);
    }
    expect(fieldValue(form.text, 'postLogoutRedirectUris-0')).toBe('http://localhost:8080');
    expect(made.status).toBe(303);
    expect(made.text).toContain('Gatehouse &lt;b&gt;');
    expect(fieldValue(made.text, 'client-id')).toBe(app?.clientId);
    expect(fieldValue(made.text, 'client-secret')).toBe(app?.clientSecret);
    expect(fieldValue(made.text, 'okta-domain')).toBe(rehearsal.url);
    expect(app).toMatchObject({ redirectUris: [CALLBACK], assignments: { everyone: true }, kind: 'web' });
  });

  it('adds and removes inputs, and keeps what was typed', async () => {
    const typed: [string, string][] = [
      ['kind', 'web'],
      ['name', 'Typed'],
      ['redirectUris', CALLBACK],
      ['postLogoutRedirectUris', 'http://localhost:8080'],
      ['groups', ''],
      ['access', 'groups'],
    ];
    const added = await post('/console/applications', [...typed, ['list', 'add redirectUris']]);
    const removed = await post('/console/applications', [
      ...typed,
      ['list', 'remove postLogoutRedirectUris 0'],
    ]);

    expect(added.status).toBe(200);
    expect(fieldValue(added.text, 'field-name')).toBe('Typed');
    expect(fieldValue(added.text, 'redirectUris-0')).toBe(CALLBACK);
    expect(added.text).toContain('id="redirectUris-1"');
    expect(fieldValue(removed.text, 'postLogoutRedirectUris-0')).toBe('');
    expect(removed.text).toMatch(/value="groups"[^>]*checked/s);
  });

  it.each<[string, Record<string, string>, string]>([
    ['no name', { name: ' ' }, 'between 1 and 100 characters'],
    ['no redirect URI', { redirectUris: '' }, 'cannot be left blank'],
    ['a redirect URI that is none', { redirectUris: 'gatehouse' }, 'must be an absolute URI'],
    ['a fragment', { redirectUris: `${CALLBACK}#x` }, 'must be an absolute URI'],
    ['a script', { redirectUris: 'javascript:alert(1)' }, 'must be an absolute URI'],
    ['a sign-out URI that is none', { postLogoutRedirectUris: 'bye' }, 'must be an absolute URI'],
    ['nobody said who', { access: '' }, 'Choose who may use the app'],
    ['groups without a group', { access: 'groups' }, 'Name at least one group'],
    [
      'a group that is not there',
      { access: 'groups', groups: 'No such' },
      'No group has the name or id No such',
    ],
  ])('says what is wrong: %s', async (_name, changes, message) => {
    const good = { kind: 'web', name: 'Bad', redirectUris: CALLBACK, access: 'everyone' };
    const { status, text } = await post('/console/applications', { ...good, ...changes });

    expect(status).toBe(400);
    expect(text).toContain(message);
    expect((await rehearsal.control.apps.list()).map((app) => app.name)).not.toContain('Bad');
  });

  it.each(['', '?method=oidc', '?method=saml&kind=web', '?method=oidc&kind=toaster'])(
    'asks again without a choice: %s',
    async (query) => {
      const { status, text } = await open(`/console/applications/new/settings${query}`);

      expect(status).toBe(400);
      expect(text).toContain('Choose a sign-in method and an application type.');
    },
  );

  it('gives no secret to apps that cannot keep one', async () => {
    const made = await post('/console/applications', {
      kind: 'native',
      name: 'Phone',
      redirectUris: 'com.example.app:/callback',
      access: 'nobody',
    });

    expect(made.text).toContain('has no client secret');
    expect(made.text).not.toContain('id="client-secret"');
  });
});

describe('an app', () => {
  it('is edited: name, URIs, PKCE', async () => {
    const { id, path } = await someApp();
    const { text } = await post(path, [
      ['name', 'Edited'],
      ['redirectUris', CALLBACK],
      ['redirectUris', `${CALLBACK}2`],
      ['redirectUris', ''],
      ['postLogoutRedirectUris', 'https://gatehouse.example/bye'],
      ['requirePkce', 'yes'],
    ]);
    const bad = await post(path, { name: 'Worse', redirectUris: 'x' });

    expect(text).toContain('The app is saved.');
    expect(bad.status).toBe(400);
    expect(await rehearsal.control.apps.get(id)).toMatchObject({
      name: 'Edited',
      redirectUris: [CALLBACK, `${CALLBACK}2`],
      postLogoutRedirectUris: ['https://gatehouse.example/bye'],
      requirePkce: true,
    });
  });

  it('gets a new secret after a question', async () => {
    const { id, path } = await someApp();
    const before = await rehearsal.control.apps.get(id);
    const asked = await open(`${path}/secret`);
    const unchanged = await rehearsal.control.apps.get(id);
    const done = await post(`${path}/secret`);

    expect(asked.text).toContain('The former secret is refused at once');
    expect(unchanged.clientSecret).toBe(before.clientSecret);
    expect(fieldValue(done.text, 'client-secret')).not.toBe(before.clientSecret);
  });

  it('is deactivated, activated, and deleted only when inactive', async () => {
    const { id, path } = await someApp();
    const refused = await post(`${path}/delete`);
    const inactive = await post(`${path}/deactivate`);
    const active = await post(`${path}/activate`);
    await post(`${path}/deactivate`);
    const gone = await post(`${path}/delete`);

    expect(refused.location).toBe(`${path}/deactivate`);
    expect(inactive.text).toContain('Inactive');
    expect(active.text).toContain('active again');
    expect(gone.text).toContain('The app is deleted.');
    expect((await open(path)).status).toBe(404);
    await expect(rehearsal.control.apps.get(id)).rejects.toMatchObject({ status: 404 });
  });

  it('filters the groups claim, and refuses an expression that is none', async () => {
    const { id, path } = await someApp();
    const saved = await post(`${path}/sign-on`, { filter: 'regex', regex: 'jira-.*' });
    const bad = await post(`${path}/sign-on`, { filter: 'regex', regex: '(' });
    const kept = await rehearsal.control.apps.get(id);
    await post(`${path}/sign-on`, { filter: 'none', regex: 'jira-.*' });

    expect(saved.text).toContain('The app is saved.');
    expect(bad.status).toBe(400);
    expect(kept.groupsRegex).toBe('jira-.*');
    expect((await rehearsal.control.apps.get(id)).groupsRegex).toBeNull();
  });

  it('is assigned to people and groups, and taken away from them', async () => {
    const { id, path } = await someApp();
    const everyone = (await rehearsal.control.groups.list({ limit: 1 })).items[0];
    const group = await rehearsal.control.groups.create({ name: 'May come in' });
    const person = await rehearsal.control.people.get('susan.pereira@rehearsal.example');

    await post(`${path}/assignments/remove`, { group: everyone?.id ?? '' });
    const assigned = await post(`${path}/assignments/assign`, { person: person.profile.login });
    await post(`${path}/assignments/assign`, { group: 'May come in' });
    const both = await rehearsal.control.apps.get(id);
    const unknown = await post(`${path}/assignments/assign`, { person: 'nobody' });
    await post(`${path}/assignments/remove`, { person: person.id });
    await post(`${path}/assignments/remove`, { group: group.id });
    const none = await rehearsal.control.apps.get(id);
    await post(`${path}/assignments/assign`, { group: 'Everyone' });

    expect(assigned.text).toContain('Susan Pereira');
    expect(both.assignments).toEqual({ everyone: false, people: [person.id], groups: [group.id] });
    expect([unknown.status, unknown.text.includes('Nobody has the username or id nobody')]).toEqual([
      400,
      true,
    ]);
    expect(none.assignments).toEqual({ everyone: false, people: [], groups: [] });
    expect((await rehearsal.control.apps.get(id)).assignments.everyone).toBe(true);
  });
});

describe('the faults of a login', () => {
  it.each(LOGIN_FAULT_FORMS.flatMap((form) => form.kinds.map((kind) => [kind, form] as const)))(
    '%s can be set from its form as it stands, and cleared',
    async (kind, form) => {
      const values = Object.fromEntries(form.fields.map((field) => [field.name, String(field.value ?? '')]));
      const set = await post('/console/login-faults', {
        kind,
        times: form.isForGood ? 'for-good' : '1',
        clientId: '',
        ...values,
      });
      const [fault] = await rehearsal.control.loginFaults.list();
      const cleared = await post('/console/faults/clear', { id: fault?.id ?? '' });

      expect(set.text).toContain('The fault is set');
      expect(set.text).toContain(`Clear ${kind}`);
      expect(fault).toMatchObject({ kind, times: form.isForGood ? null : 1 });
      expect(cleared.text).toContain('No fault is set');
    },
  );

  it.each([
    [{ kind: 'claims-replaced', claims: '{' }, 'Claims:'],
    [{ kind: 'step-slow', step: 'token', milliseconds: '-1' }, 'milliseconds'],
    [{ kind: 'nothing' }, 'kind'],
  ])('that make no sense are refused with the reason: %j', async (values, message) => {
    const { status, text } = await post('/console/login-faults', values);

    expect(status).toBe(400);
    expect(text).toContain(message);
  });
});
