import type { PersonLookup } from '@gatehouse/sync/source';
import { describe, expect, it } from 'vitest';
import { createOktaSource } from './connector.ts';
import { RatePacer } from './pacing.ts';
import { type FakeAnswer, fakeFetch, frozenClock } from './test-support.ts';

const ada = {
  id: '00uA',
  status: 'ACTIVE',
  lastUpdated: '2026-11-02T08:00:00.000Z',
  profile: { login: 'Ada@acme.example', email: 'ada@acme.example' },
};
const everyone = { id: '00gE', type: 'BUILT_IN', profile: { name: 'Everyone', description: null } };
const team = { id: '00g1', type: 'OKTA_GROUP', profile: { name: 'Team', description: 'Us' } };
const notFound = { status: 404, body: { errorCode: 'E0000007' } } satisfies FakeAnswer;

type Answers = { user?: FakeAnswer; groups?: readonly FakeAnswer[] };

function setUp({ user = { body: ada }, groups = [{ body: [everyone, team] }] }: Answers = {}) {
  const clock = frozenClock();
  let page = 0;
  const server = fakeFetch((path) => {
    if (!path.includes('/groups')) return user;
    page += 1;
    return groups[page - 1] ?? groups.at(-1) ?? { body: [] };
  });
  const pacer = new RatePacer();
  const source = createOktaSource({
    origin: 'https://acme.okta.com',
    token: '00secret',
    fetch: server.fetch,
    now: clock.now,
    random: () => 0.5,
    sleep: clock.sleep,
    pacer,
  });
  const read = (lookup: PersonLookup = { by: 'id', value: '00uA' }, signal = new AbortController().signal) =>
    source.readPerson(lookup, signal);
  return { read, pacer, clock, ...server };
}

const rowOfTeam = { externalId: '00g1', name: 'Team', description: 'Us', selected: true };

describe('a person', () => {
  it('comes with all their groups, page after page, whatever host the next link names', async () => {
    const next = '<https://evil.example/api/v1/users/00uA/groups?after=x&limit=200>; rel="next"';
    const { read, paths } = setUp({
      groups: [{ body: [everyone], headers: { link: next } }, { body: [team] }],
    });

    const person = await read();

    expect(person).toMatchObject({
      outcome: 'found',
      user: { externalId: '00uA', presence: 'active', status: 'ACTIVE' },
      groups: [{ externalId: '00gE', selected: false }, rowOfTeam],
      groupsComplete: true,
    });
    expect(paths().sort()).toEqual([
      '/api/v1/users/00uA',
      '/api/v1/users/00uA/groups?after=x&limit=200',
      '/api/v1/users/00uA/groups?limit=200',
    ]);
  });

  it.each<[string, PersonLookup, Answers, string]>([
    ['is found by their login', { by: 'login', value: 'ADA@acme.example' }, {}, 'found'],
    ['is not somebody of whose login a part was asked for', { by: 'login', value: 'ada' }, {}, 'missing'],
    [
      'is missing: Okta says so',
      { by: 'id', value: '00uA' },
      { user: notFound, groups: [notFound] },
      'missing',
    ],
    ['is missing: went away meanwhile', { by: 'id', value: '00uA' }, { groups: [notFound] }, 'missing'],
    ['is missing: the id is somebody else’s login', { by: 'id', value: '00uB' }, {}, 'missing'],
  ])('%s', async (_name, lookup, answers, outcome) => {
    expect((await setUp(answers).read(lookup)).outcome).toBe(outcome);
  });

  it.each<PersonLookup>([
    { by: 'id', value: '../groups' },
    { by: 'id', value: 'auth0|1' },
    { by: 'id', value: 'me' },
    { by: 'login', value: '..' },
    { by: 'login', value: 'me' },
    { by: 'login', value: ' ' },
  ])('is not asked for as $by “$value”', async (lookup) => {
    const { read, requests } = setUp();

    expect(await read(lookup)).toEqual({ outcome: 'missing' });
    expect(requests).toEqual([]);
  });

  it('keeps a login that holds a slash inside its segment', async () => {
    const { read, paths } = setUp();

    await read({ by: 'login', value: 'a/../b?c' });

    expect(paths()).toEqual(['/api/v1/users/a%2F..%2Fb%3Fc']);
  });

  it('whose record lacks a status is unreadable, not gone', async () => {
    const { status: _status, ...rest } = ada;

    expect(await setUp({ user: { body: rest } }).read()).toMatchObject({
      outcome: 'found',
      user: { externalId: '00uA', failure: { code: 'record-unreadable', facts: { field: 'status' } } },
    });
  });

  it.each<[string, readonly unknown[], number]>([
    ['a group without an id', [everyone, { profile: { name: 'x' } }], 1],
    ['no group that everybody is in', [team], 1],
  ])('has groups that may not be all: %s', async (_name, body, count) => {
    const read = await setUp({ groups: [{ body }] }).read();

    expect(read).toMatchObject({ groupsComplete: false });
    expect(read.outcome === 'found' && read.groups).toHaveLength(count);
  });
});

describe('a read of one person fails', () => {
  it.each<[string, Answers, string]>([
    ['on a record without id', { user: { body: { status: 'ACTIVE' } } }, 'answer-unreadable'],
    ['on a list where a person should be', { user: { body: [] } }, 'answer-unreadable'],
    ['on HTML', { user: { headers: { 'content-type': 'text/html' }, body: '<html>' } }, 'not-the-source'],
    ['on a 404 that is not Okta’s', { user: { status: 404, body: '{}' } }, 'not-the-source'],
    ['on a refused token', { user: { status: 401, body: { errorCode: 'E0000011' } } }, 'token-invalid'],
    [
      'on a group list of somebody else',
      { groups: [{ body: [], headers: { link: '</x>; rel="next"' } }] },
      'cursor-foreign',
    ],
    ['when Okta fails twice', { user: { status: 500, body: {} } }, 'server-failed'],
    ['when nobody answers', { user: 'timed-out' }, 'host-timed-out'],
  ])('%s', async (_name, answers, code) => {
    await expect(setUp(answers).read()).rejects.toMatchObject({ name: 'SourceError', code });
  });

  it('after two tries, not four', async () => {
    const { read, requests } = setUp({ user: { status: 500, body: {} } });

    await expect(read({ by: 'login', value: 'ada' })).rejects.toMatchObject({ code: 'server-failed' });
    expect(requests).toHaveLength(2);
  });

  it('when it was cancelled before', async () => {
    const { read, requests } = setUp();

    await expect(read({ by: 'id', value: '00uA' }, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(requests).toEqual([]);
  });
});

describe('the rate limit', () => {
  const window = (remaining: number, left: number, now: number) =>
    ({ kind: 'window', limit: 300, remaining, reset: 1, freeAt: now + left * 1000 }) as const;

  it('is used to its last call: a full read leaves a tenth', async () => {
    const { read, pacer, clock } = setUp();
    pacer.learn('/api/v1/users', window(2, 40, clock.now()), clock.now());

    expect((await read()).outcome).toBe('found');
    expect(clock.slept).toEqual([]);
  });

  it('is waited for when it is free soon', async () => {
    const { read, pacer, clock } = setUp();
    pacer.learn('/api/v1/users', window(0, 2, clock.now()), clock.now());

    expect((await read()).outcome).toBe('found');
    expect(clock.slept).toEqual([2_000]);
  });

  it('is not waited for longer than anybody waits at a login', async () => {
    const { read, pacer, clock } = setUp();
    pacer.learn('/api/v1/users', window(0, 40, clock.now()), clock.now());

    await expect(read()).rejects.toMatchObject({
      code: 'rate-limited',
      severity: 'soft',
      facts: { bucket: 'Users', freeAt: '2026-11-21T02:16:21.000Z' },
    });
  });
});
