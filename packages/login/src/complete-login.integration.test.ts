import type { LoginFailureCode, LoginStepCode } from '@gatehouse/contracts/login-codes';
import { describe, expect, it } from 'vitest';
import { json } from './fixtures/hostile-upstream.ts';
import { codeOf, type LoginWorld, loopbackFetch, queryOf } from './fixtures/login-world.ts';
import { linkedWorld, useSuiteWorld } from './fixtures/suite-world.ts';

const suite = useSuiteWorld();

describe('a callback is taken once', () => {
  it('lets one of twenty at once in', async () => {
    const world = await linkedWorld(suite());
    const { url } = await world.begin();
    const query = queryOf(suite().upstream.signIn(url));

    const results = await Promise.all(Array.from({ length: 20 }, () => world.complete(query)));

    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.map(codeOf).filter((code) => code === 'transaction-missing')).toHaveLength(19);
    expect(suite().upstream.calls('/token')).toBe(1);
    expect(suite().upstream.calls('/userinfo')).toBe(1);
  });

  it('is not replayed, and the replay has a tracker of its own', async () => {
    const world = await linkedWorld(suite());
    const { url, tracer } = await world.begin();
    const query = queryOf(suite().upstream.signIn(url));
    await world.complete(query);

    const replayed = await world.complete(query);

    expect(replayed).toMatchObject({
      ok: false,
      purpose: null,
      failure: { code: 'transaction-missing', step: 'state-matches' },
    });
    expect(replayed.tracker).not.toBe(tracer.publicId);
    expect(world.tracers.all.at(-1)).toMatchObject({ publicId: replayed.tracker, kind: 'login' });
    expect(world.tracers.all.at(-1)?.steps()).toEqual(['returned', 'state-matches']);
    expect(tracer.ends).toEqual([{ outcome: 'passed' }]);
  });

  it('is used up by the first failure', async () => {
    const world = await linkedWorld(suite());
    const { url } = await world.begin();
    const answer = suite().upstream.signIn(url);
    suite().upstream.faults.token = () => json({}, 500);
    await world.complete(queryOf(answer));
    suite().upstream.reset();

    expect(codeOf(await world.complete(queryOf(answer)))).toBe('transaction-missing');
    expect(suite().upstream.seen).toEqual([]);
  });
});

describe('a callback belongs to what was begun', () => {
  type Row = readonly [
    what: string,
    act: (world: LoginWorld) => Promise<Awaited<ReturnType<LoginWorld['complete']>>>,
    code: LoginFailureCode,
    step: LoginStepCode,
  ];
  const finish = async (world: LoginWorld, browserSecret: string | null, change = () => {}) => {
    const { url } = await world.begin();
    const query = queryOf(suite().upstream.signIn(url));
    change();
    return world.complete(query, browserSecret);
  };
  const rows: readonly Row[] = [
    ['another browser', (world) => finish(world, 'other'), 'transaction-missing', 'state-matches'],
    ['a browser without cookie', (world) => finish(world, null), 'transaction-missing', 'state-matches'],
    [
      'after the hour',
      (world) =>
        finish(world, 'browser', () => {
          world.now += 3_600_000;
        }),
      'transaction-expired',
      'state-matches',
    ],
    [
      'settings changed in between',
      (world) =>
        finish(world, 'browser', () => {
          world.rest = { loginVersion: 4 };
        }),
      'idp-changed',
      'returned',
    ],
    ...(['idp-disabled', 'idp-removed', 'idp-incomplete'] as const).map(
      (unavailable): Row => [
        unavailable,
        (world) =>
          finish(world, 'browser', () => {
            world.unavailable = { unavailable };
          }),
        unavailable,
        'returned',
      ],
    ),
    [
      'a browser that begins two logins and mixes their answers up',
      async (world) => {
        const one = suite().upstream.signIn((await world.begin()).url);
        const other = suite().upstream.signIn((await world.begin({ browserSecret: 'other' })).url);
        return world.complete(queryOf({ code: one.code, state: other.state }));
      },
      'state-differs',
      'state-matches',
    ],
    [
      'a transaction that a store took from another IdP',
      async (world) => {
        const { url } = await world.begin();
        const take = world.transactions.take.bind(world.transactions);
        world.transactions.take = async (...input) => {
          const taken = await take(...input);
          return taken === null ? null : { ...taken, idpId: 2 };
        };
        return world.complete(queryOf(suite().upstream.signIn(url)));
      },
      'transaction-of-other-idp',
      'state-matches',
    ],
  ];

  it.each<[string, LoginFailureCode, (world: LoginWorld) => void]>([
    ['is disabled', 'idp-disabled', (world) => (world.unavailable = { unavailable: 'idp-disabled' })],
    ['is removed', 'idp-removed', (world) => (world.unavailable = { unavailable: 'idp-removed' })],
    ['is changed', 'idp-changed', (world) => (world.rest = { loginVersion: 4 })],
  ])('writes and lets in nobody when the IdP %s while Okta is asked', async (_what, code, change) => {
    const world = suite().withAda();
    world.fetch = async (request) => {
      const answer = await loopbackFetch(request);
      if (request.url.endsWith('/userinfo')) change(world);
      return answer;
    };

    const { result, tracer } = await world.logIn();

    expect(result).toMatchObject({ ok: false, failure: { code, step: 'update' } });
    expect(tracer.ends).toMatchObject([{ outcome: 'failed', code }]);
    expect(world.people.calls).not.toContain('link');
    expect(world.people.calls).not.toContain('write');
  });

  it.each(rows)('%s', async (_what, act, code, step) => {
    const world = await linkedWorld(suite());

    const result = await act(world);

    expect(result).toMatchObject({ ok: false, failure: { code, step } });
    expect(result.tracker).not.toBeNull();
    expect(suite().upstream.seen).toEqual([]);
    expect(world.people.calls).toEqual([]);
    const tracer = world.tracers.all.find(({ publicId }) => publicId === result.tracker);
    expect(tracer?.ends).toEqual([{ outcome: 'failed', code, step }]);
    expect(tracer?.failed()).toMatchObject({ code, step });
  });

  it('says what it was for, so that the way back can be offered', async () => {
    const world = await linkedWorld(suite());

    const { purpose } = await finish(world, 'browser', () => {
      world.rest = { loginVersion: 4 };
    });

    expect(purpose).toEqual({
      kind: 'login',
      applicationId: 5,
      returnUrl: 'https://jira.acme.example/browse/A-1',
    });
  });

  it('has no tracker where neither login nor IdP is there', async () => {
    const world = await linkedWorld(suite());
    world.unavailable = { unavailable: 'idp-removed' };

    expect(await world.complete('?code=a&state=b')).toMatchObject({
      ok: false,
      tracker: null,
      purpose: null,
    });
    world.unavailable = { unavailable: 'idp-disabled', settingsVersion: 7 };
    expect((await world.complete('?code=a&state=b')).tracker).not.toBeNull();
  });

  it('does not go on under a new tracker when its own is over: a test would become a login', async () => {
    const world = await linkedWorld(suite());
    const { url, tracer } = await world.begin({ kind: 'test' });
    await tracer.finish({ outcome: 'failed', code: 'link-expired', step: 'link-opened' });

    const result = await world.complete(queryOf(suite().upstream.signIn(url)));

    expect(codeOf(result)).toBe('transaction-expired');
    expect(suite().upstream.seen).toEqual([]);
  });

  it('refuses another IdP’s code: each upstream gets its own codes only', async () => {
    const world = await linkedWorld(suite());
    const { url } = await world.begin();
    const { state } = suite().upstream.signIn(url);

    const result = await world.complete(queryOf({ code: 'code-of-another-idp', state }));

    expect(result).toMatchObject({
      ok: false,
      failure: { code: 'token-code-refused', step: 'code-exchanged' },
    });
    expect(world.people.calls).toEqual([]);
  });

  it('builds the redirect URI from the stored callback URL, whatever the query is', async () => {
    const world = await linkedWorld(suite());
    const { url } = await world.begin();
    const { code, state } = suite().upstream.signIn(url);

    const result = await world.complete(
      `code=${code}&state=${state}&x=//evil.example/cb%23%3F#@evil.example`,
    );

    expect(result.ok).toBe(true);
    const form = suite().upstream.seen[0]?.form;
    expect(form?.get('redirect_uri')).toBe('https://sso.acme.example/sso/callback/idp-1');
  });
});
