import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rehearsal, startRehearsal } from '../start-rehearsal.ts';

let rehearsal: Rehearsal;

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 300, groups: 40, rateLimit: 'off' });
});

afterAll(() => rehearsal.close());

async function open(path: string): Promise<{ status: number; text: string; response: Response }> {
  const response = await fetch(new URL(path, rehearsal.url));
  return { status: response.status, text: await response.text(), response };
}

/** Posts a form as a browser does, and follows where it leads. */
async function post(
  path: string,
  values: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string; location: string | null }> {
  const response = await fetch(rehearsal.url + path, {
    method: 'POST',
    body: new URLSearchParams(values),
    headers: { origin: rehearsal.url, 'sec-fetch-site': 'same-origin', ...headers },
    redirect: 'manual',
  });
  const location = response.headers.get('location');
  const page = location === null ? { text: await response.text() } : await open(location);
  return { status: response.status, text: page.text, location };
}

async function someone(query = ''): Promise<{ id: string; path: string }> {
  const window = query ? { query } : { status: 'ACTIVE' as const, offset: 5 };
  const { items } = await rehearsal.control.people.list({ ...window, limit: 1 });
  const id = items[0]?.id ?? '';
  return { id, path: `/console/people/${id}` };
}

async function oktaGroup(): Promise<{ id: string; path: string; name: string }> {
  const group = await rehearsal.control.groups.create({ name: `Console ${performance.now()}` });
  return { id: group.id, path: `/console/groups/${group.id}`, name: group.profile.name };
}

describe('every page', () => {
  it.each([
    ['/', 'Dashboard'],
    ['/console', 'Dashboard'],
    ['/console/people', 'People'],
    ['/console/people?query=%3Cscript%3E&status=nonsense&offset=-3', 'People'],
    ['/console/people/new', 'Add person'],
    ['/console/groups', 'Groups'],
    ['/console/groups?query=x&offset=999999', 'Groups'],
    ['/console/groups/new', 'Add group'],
    ['/console/security/api', 'API'],
    ['/console/security/api/tokens', 'Tokens'],
    ['/console/security/api/tokens/new', 'Create Token'],
    ['/console/applications', 'Applications'],
    ['/console/applications/new', 'Create a new app integration'],
    ['/console/applications/new/settings?method=oidc&kind=web', 'New Web App Integration'],
    ['/console/faults', 'Faults'],
    ['/console/calls', 'Calls'],
    ['/console/organization', 'Organization'],
  ])(
    '%s says that it is a rehearsal, runs no script and loads nothing from elsewhere',
    async (path, title) => {
      const { status, text, response } = await open(path);

      expect(status).toBe(200);
      expect(text).toContain(`<title>${title} · Rehearsal</title>`);
      expect(text).toContain('This is a rehearsal, not Okta.');
      expect(text.match(/<h1/g)).toHaveLength(1);
      expect(text).not.toContain('<script');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    },
  );

  it.each([
    ['/console/people/00u00000000000000000', 404],
    ['/console/groups/00g00000000000000000', 404],
    ['/console/security/api/tokens/00T0/created', 404],
    ['/console/applications/0oa00000000000000000', 404],
    ['/console/nowhere', 404],
  ])('%s that is not there is told so in words', async (path, expected) => {
    const { status, text } = await open(path);

    expect(status).toBe(expected);
    expect(text).toContain('<h1>');
    expect(text).toContain('To the dashboard');
  });

  it('escapes names, in text and in attributes', async () => {
    const { path } = await someone('<script>');

    const pages = [await open(path), await open('/console/groups'), await open('/console/people?query=bold')];

    for (const { text } of pages) {
      expect(text).not.toContain('<script>');
      expect(text).not.toContain('<b>Bold');
    }
    expect(pages[0]?.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });
});

describe('who may post', () => {
  it.each<[string, Record<string, string>, number]>([
    ['the console', {}, 303],
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }, 403],
    ['a sandboxed page', { origin: 'null', 'sec-fetch-site': 'cross-site' }, 403],
  ])('%s', async (_name, headers, status) => {
    expect((await post('/console/faults/clear', {}, headers)).status).toBe(status);
  });
});

describe('tokens', () => {
  it('are made, shown once, work, and are revoked', async () => {
    const made = await post('/console/security/api/tokens', {
      name: 'From <the> console',
      owner: 'read-only-admin',
    });
    const value = /id="token-value"[^>]*value="([^"]+)"/.exec(made.text)?.[1] ?? '';
    const again = await open(made.location ?? '');
    const headers = { authorization: `SSWS ${value}` };
    const before = await fetch(`${rehearsal.url}/api/v1/users/me`, { headers });
    const list = await open('/console/security/api/tokens');
    const asked = await open((made.location ?? '').replace('/created', '/revoke'));
    const revoked = await post((made.location ?? '').replace('/created', '/revoke'));
    const after = await fetch(`${rehearsal.url}/api/v1/users/me`, { headers });

    expect(made.status).toBe(303);
    expect(value).toMatch(/^00[\w-]{40}$/);
    expect(again.text).not.toContain(value);
    expect(again.text).toContain('The value was shown already');
    expect(list.text).toContain('From &lt;the&gt; console');
    expect(list.text).toContain('Read-Only Administrator');
    expect(list.text).not.toContain(value);
    expect(asked.text).toContain('Revoke the token');
    expect(revoked.text).toContain('The token is revoked');
    expect([before.status, after.status]).toEqual([200, 401]);
  });

  it.each([
    [{ name: '', owner: 'super-admin' }, 'Name the token.'],
    [{ name: '   ', owner: 'super-admin' }, 'Name the token.'],
    [{ name: 'x'.repeat(101), owner: 'super-admin' }, 'Use at most 100 characters.'],
  ])('need a name: %j', async (values, message) => {
    const { status, text } = await post('/console/security/api/tokens', values);

    expect(status).toBe(400);
    expect(text).toContain(message);
    expect(text).toContain('aria-invalid="true"');
  });
});

describe('people', () => {
  it('are added, and say what is wrong beside the field', async () => {
    const login = 'console.person@rehearsal.example';
    const wrong = await post('/console/people', { login: 'abc', email: 'nobody', firstName: 'Kept' });
    const right = await post('/console/people', { login, email: login, firstName: 'Con', status: 'STAGED' });

    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('must be between 5 and 100 characters');
    expect(wrong.text).toContain('value="Kept"');
    expect(right.text).toContain('The person is created.');
    expect((await rehearsal.control.people.get(login)).status).toBe('STAGED');
  });

  it('are edited: a field left empty clears the attribute', async () => {
    const { id, path } = await someone();
    const before = await rehearsal.control.people.edit(id, { title: 'Old', department: 'Old' });
    const { login, email } = before.profile;

    const { text } = await post(path, {
      login: 'console.renamed@rehearsal.example',
      email,
      title: 'New',
      department: '',
    });
    const after = await rehearsal.control.people.get(id);

    expect(text).toContain('The profile is saved');
    expect(after.profile).toMatchObject({ login: 'console.renamed@rehearsal.example', title: 'New' });
    expect(after.profile).not.toHaveProperty('department');
    expect(after.lastUpdated > before.created).toBe(true);
    await rehearsal.control.people.edit(id, { login });
  });

  it('offer the steps of their status, and go through them', async () => {
    const { id, path } = await someone();
    const seen: [string, boolean, boolean][] = [];
    for (const step of ['suspend', 'unsuspend', 'deactivate']) {
      await post(`${path}/${step}`);
      const { text } = await open(path);
      const { status } = await rehearsal.control.people.get(id);
      seen.push([status, text.includes(`${path}/suspend`), text.includes(`${path}/delete`)]);
    }
    const asked = await open(`${path}/delete`);
    const erased = await post(`${path}/delete`);

    expect(seen).toEqual([
      ['SUSPENDED', false, false],
      ['ACTIVE', true, false],
      ['DEPROVISIONED', false, true],
    ]);
    expect(asked.text).toContain('for good?');
    expect(erased.text).toContain('The person is deleted for good');
    expect((await open(path)).status).toBe(404);
  });

  it('refuse a step that their status does not allow', async () => {
    const { path } = await someone();

    const { status, text } = await post(`${path}/unsuspend`);

    expect(status).toBe(403);
    expect(text).toContain('E0000038');
  });

  it('warn that an admin takes the tokens along', async () => {
    await rehearsal.control.tokens.create({ name: 'hers' });
    const { path } = await someone('susan.pereira');

    expect((await open(`${path}/deactivate`)).text).toMatch(
      /The person is an admin: \d+ API tokens? will stop/,
    );
  });

  it('are paged with the search kept', async () => {
    const { text } = await open('/console/people?query=rehearsal&offset=50');

    expect(text).toMatch(/51–100 of \d+/);
    expect(text).toContain('href="/console/people?query=rehearsal&amp;offset=0"');
    expect(text).toContain('href="/console/people?query=rehearsal&amp;offset=100"');
  });
});

describe('groups', () => {
  it('are added, renamed, filled, emptied and deleted', async () => {
    const { id, path } = await oktaGroup();
    const { items } = await rehearsal.control.people.list({ offset: 20, limit: 1 });
    const [person] = items;
    const said = [
      (await post(path, { name: 'Renamed in the console', description: 'x' })).text,
      (await post(`${path}/members/add`, { person: person?.profile.login ?? '' })).text,
      (await post(`${path}/members/add`, { person: person?.id ?? '' })).text,
    ];
    const members = await rehearsal.control.groups.members(id);
    said.push((await post(`${path}/members/remove`, { person: person?.id ?? '' })).text);
    said.push((await post(`${path}/delete`)).text);

    expect(said[0]).toContain('The group is saved');
    expect(said[0]).toContain('Renamed in the console');
    expect(said[1]).toContain('The person is in the group now');
    expect(said[2]).toContain('in the group already');
    expect(said[3]).toContain('out of the group');
    expect(said[4]).toContain('The group is deleted');
    expect(members).toEqual([person?.id]);
    expect((await open(path)).status).toBe(404);
  });

  it.each([
    ['an unknown person', 'members/add', { person: '<nobody>' }, 400, '&lt;nobody&gt;'],
    ['an empty name', '', { name: '' }, 400, 'must be between 1 and 255 characters'],
    ['a name that is taken', '', { name: 'Engineering' }, 400, 'already exists'],
  ])('say what is wrong with %s', async (_name, door, values, status, message) => {
    const { path } = await oktaGroup();

    const answer = await post(door ? `${path}/${door}` : path, values);

    expect(answer.status).toBe(status);
    expect(answer.text).toContain(message);
  });

  it.each(['APP_GROUP', 'BUILT_IN'])('of type %s are read-only, as in Okta', async (type) => {
    const group = (await rehearsal.control.groups.list({ limit: 100 })).items.find(
      (found) => found.type === type,
    );
    const path = `/console/groups/${group?.id}`;

    const { text } = await open(path);
    const answers = [await post(path, { name: 'x' }), await post(`${path}/delete`)];

    expect(text).not.toContain('/members/add');
    expect(text).not.toContain('Delete group');
    expect(answers.map((answer) => answer.status)).toEqual([403, 403]);
  });
});
