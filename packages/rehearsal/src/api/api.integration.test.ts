import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_KEYS } from '../org/admins.ts';
import { type Rehearsal, startRehearsal } from '../start-rehearsal.ts';

type Row = { id: string; status: string; profile: Record<string, unknown>; lastUpdated: string };
type GroupRow = {
  id: string;
  type: string;
  profile: { name: string };
  _embedded?: { stats: { usersCount: number } };
};

let rehearsal: Rehearsal;
let clock = Date.UTC(2026, 0, 2, 3, 4, 5);
const tokens: Record<string, string> = {};

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 1000, groups: 60, rateLimit: 'off', now: () => clock });
  for (const owner of ADMIN_KEYS) {
    tokens[owner] = (await rehearsal.control.tokens.create({ name: owner, owner })).value;
  }
});

afterAll(() => rehearsal.close());

function get(
  path: string,
  options: { owner?: string; headers?: Record<string, string>; method?: string } = {},
) {
  const token = tokens[options.owner ?? 'super-admin'];
  return fetch(path.startsWith('http') ? path : rehearsal.url + path, {
    method: options.method ?? 'GET',
    headers: { authorization: `SSWS ${token}`, ...options.headers },
  });
}

async function rows<T = Row>(path: string, owner?: string): Promise<T[]> {
  const found: T[] = [];
  let next: string | undefined = path;
  while (next) {
    const response: Response = await get(next, owner === undefined ? {} : { owner });
    expect(response.status).toBe(200);
    found.push(...((await response.json()) as T[]));
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return found;
}

async function refusal(
  response: Response,
): Promise<{ status: number; errorCode: string; errorSummary: string }> {
  const body = (await response.json()) as { errorCode: string; errorSummary: string };
  return { status: response.status, errorCode: body.errorCode, errorSummary: body.errorSummary };
}

describe('who Okta is', () => {
  it('tells its organization to anyone', async () => {
    const response = await fetch(`${rehearsal.url}/.well-known/okta-organization`);

    expect(await response.json()).toMatchObject({ id: expect.stringMatching(/^00o/), pipeline: 'idx' });
  });

  it.each(['/api/v1/org', '/api/v1/users/me'])('tells %s to a token', async (path) => {
    const response = await get(path);

    expect(response.status).toBe(200);
    expect(response.headers.get('date')).toBe('Fri, 02 Jan 2026 03:04:05 GMT');
    expect(response.headers.get('x-okta-request-id')).toMatch(/^[\w-]{24}$/);
  });

  it('answers users/me with the owner, also after a rename', async () => {
    const before = (await (await get('/api/v1/users/me', { owner: 'read-only-admin' })).json()) as Row;
    await rehearsal.control.people.edit(before.id, { login: 'rolf.renamed@rehearsal.example' });

    const after = (await (await get('/api/v1/users/me', { owner: 'read-only-admin' })).json()) as Row;

    expect(after).toMatchObject({ id: before.id, profile: { login: 'rolf.renamed@rehearsal.example' } });
  });
});

describe('listing users', () => {
  it('omits the DEPROVISIONED without an expression and includes them with one', async () => {
    const { usersByStatus } = await rehearsal.control.stats();

    const byDefault = await rows('/api/v1/users');
    const all = await rows('/api/v1/users?search=status%20pr');
    const deprovisioned = await rows(
      `/api/v1/users?filter=${encodeURIComponent('status eq "DEPROVISIONED"')}`,
    );

    expect(byDefault.some((user) => user.status === 'DEPROVISIONED')).toBe(false);
    expect(byDefault).toHaveLength(1000 - usersByStatus.DEPROVISIONED);
    expect(all).toHaveLength(1000);
    expect(new Set(all.map((user) => user.id)).size).toBe(1000);
    expect(deprovisioned).toHaveLength(usersByStatus.DEPROVISIONED);
  });

  it.each([
    ['', 200],
    ['?limit=5', 5],
    ['?limit=1000', 200],
    ['?q=an', 10],
  ])('serves %s in pages of %i', async (query, expected) => {
    const response = await get(`/api/v1/users${query}`);

    expect((await response.json()) as Row[]).toHaveLength(expected);
    expect(response.headers.get('link')).toContain('rel="self"');
    expect(response.headers.get('link')?.includes('rel="next"')).toBe(!query.includes('q='));
  });

  it('finds what changed since a time', async () => {
    const [someone] = await rows('/api/v1/users?limit=200');
    clock += 60_000;
    await rehearsal.control.people.edit(someone?.id ?? '', { title: `At ${clock}` });
    const since = encodeURIComponent(`lastUpdated gt "${new Date(clock - 1000).toISOString()}"`);

    const changed = await rows(`/api/v1/users?search=${since}`);

    expect(changed.map((user) => user.id)).toEqual([someone?.id]);
  });

  it('sorts and pages a sorted search', async () => {
    const sorted = await rows(
      '/api/v1/users?search=status%20pr&sortBy=profile.login&sortOrder=desc&limit=150',
    );
    const logins = sorted.map((user) => String(user.profile.login).toLowerCase());

    expect(logins).toEqual([...logins].sort().reverse());
    expect(logins).toHaveLength(1000);
  });

  it('goes on where it was when rows vanish between pages', async () => {
    const first = await get('/api/v1/users?limit=50');
    const firstIds = ((await first.json()) as Row[]).map((user) => user.id);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const before = await rows(next);
    await rehearsal.control.people.deactivate(firstIds.at(-1) ?? '');

    const after = await rows(next);

    expect(after.map((user) => user.id)).toEqual(before.map((user) => user.id));
  });

  it('leaves credentials out when asked to', async () => {
    const headers = {
      'content-type':
        'application/json; okta-response="omitCredentials,omitCredentialsLinks,omitTransitioningToStatus"',
    };

    const [user] = (await (await get('/api/v1/users?limit=1', { headers })).json()) as Row[];
    const [full] = (await (await get('/api/v1/users?limit=1')).json()) as Row[];

    expect(user).not.toHaveProperty('credentials');
    expect(user).not.toHaveProperty('transitioningToStatus');
    expect(full).toHaveProperty('credentials.provider.type');
    expect(full).toHaveProperty('transitioningToStatus');
  });
});

describe('one user', () => {
  it('is found by id and by login, and ids count their letter case', async () => {
    const people = await rows('/api/v1/users');
    const folded = Map.groupBy(people, (user) => user.id.toLowerCase());
    const twins = [...folded.values()].find((same) => same.length === 2) ?? [];

    const byId = await Promise.all(twins.map(async ({ id }) => (await get(`/api/v1/users/${id}`)).json()));
    const login = String(twins[1]?.profile.login);
    const byLogin = await get(`/api/v1/users/${encodeURIComponent(login.toUpperCase())}`);

    expect(twins).toHaveLength(2);
    expect(byId.map((user) => (user as Row).profile)).toEqual(twins.map((user) => user.profile));
    expect(((await byLogin.json()) as Row).id).toBe(twins[1]?.id);
  });

  it('lists the groups it is in', async () => {
    const listed = await rows<GroupRow>('/api/v1/groups?expand=stats');
    const group = listed.find(({ type, _embedded }) => type !== 'BUILT_IN' && _embedded?.stats.usersCount);
    const [member] = await rows(`/api/v1/groups/${group?.id}/users?limit=1`);

    const groups = await rows<GroupRow>(`/api/v1/users/${member?.id}/groups`);

    expect(groups.map((found) => found.id)).toContain(group?.id);
    expect(groups[0]?.type).toBe('BUILT_IN');
  });
});

describe('groups', () => {
  it('come with stats that agree with the members', async () => {
    const groups = await rows<GroupRow>('/api/v1/groups?expand=stats&limit=7');

    expect(groups).toHaveLength(60);
    for (const group of groups.slice(0, 12)) {
      expect(await rows(`/api/v1/groups/${group.id}/users`)).toHaveLength(
        group._embedded?.stats.usersCount ?? -1,
      );
    }
  });

  it('list members of every status', async () => {
    const groups = await rows<GroupRow>('/api/v1/groups');
    const statuses = new Set(
      (await rows(`/api/v1/groups/${groups[0]?.id}/users`)).map((user) => user.status),
    );

    expect([...statuses].sort()).toEqual(expect.arrayContaining(['ACTIVE', 'DEPROVISIONED', 'SUSPENDED']));
  });

  it('tell a change of members by lastMembershipUpdated', async () => {
    const [group] = await rows<GroupRow>(
      `/api/v1/groups?search=${encodeURIComponent('profile.name eq "engineering"')}`,
    );
    const members = await rows(`/api/v1/groups/${group?.id}/users`);
    clock += 60_000;
    await rehearsal.control.groups.changeMembers(group?.id ?? '', { remove: [members[0]?.id ?? ''] });
    const since = `"${new Date(clock - 1000).toISOString()}"`;
    const filter = `lastUpdated gt ${since} or lastMembershipUpdated gt ${since}`;

    const changed = await rows<GroupRow>(`/api/v1/groups?filter=${encodeURIComponent(filter)}`);

    expect(changed.map((found) => found.id)).toEqual([group?.id]);
    expect(await rows(`/api/v1/groups/${group?.id}/users`)).toHaveLength(members.length - 1);
  });

  it('answer one by id, with stats on demand', async () => {
    const [everyone] = await rows<GroupRow>('/api/v1/groups?limit=1');

    const plain = (await (await get(`/api/v1/groups/${everyone?.id}`)).json()) as GroupRow;
    const expanded = (await (await get(`/api/v1/groups/${everyone?.id}?expand=stats`)).json()) as GroupRow;

    expect(plain).not.toHaveProperty('_embedded');
    expect(expanded._embedded?.stats.usersCount).toBeGreaterThan(990);
  });
});

describe('a group admin', () => {
  it('sees seven groups, their members and never Everyone', async () => {
    const groups = await rows<GroupRow>('/api/v1/groups', 'group-admin');
    const users = await rows('/api/v1/users?search=status%20pr', 'group-admin');
    const lists = await Promise.all(groups.map((group) => rows(`/api/v1/groups/${group.id}/users`)));

    expect(groups).toHaveLength(7);
    expect(groups.some((group) => group.type === 'BUILT_IN')).toBe(false);
    expect(new Set(users.map((user) => user.id))).toEqual(new Set(lists.flat().map((user) => user.id)));
  });

  it.each([
    ['a person', async () => `/api/v1/users/${await stranger()}`],
    ['a group', async () => `/api/v1/groups/${(await rows<GroupRow>('/api/v1/groups?limit=1'))[0]?.id}`],
    ['the settings of the org', async () => '/api/v1/org'],
  ])('may not read %s out of sight', async (_name, path) => {
    expect(await refusal(await get(await path(), { owner: 'group-admin' }))).toMatchObject({
      status: 403,
      errorCode: 'E0000006',
    });
  });

  async function stranger(): Promise<string | undefined> {
    const seen = new Set(
      (await rows('/api/v1/users?search=status%20pr', 'group-admin')).map((user) => user.id),
    );
    return (await rows('/api/v1/users')).find((user) => !seen.has(user.id))?.id;
  }
});
