import { describe, expect, it } from 'vitest';
import { waitingChecks } from './check-list.ts';
import { testOktaConnection } from './test-connection.ts';
import { type FakeAnswer, fakeFetch } from './test-support.ts';

const organization = { id: '00o1n8sbwArJ7OQRw406', _links: { organization: {} }, pipeline: 'v1' };

async function test(answer: (path: string) => FakeAnswer) {
  const server = fakeFetch(answer);
  const result = await testOktaConnection(
    {
      origin: 'https://acme.okta.com',
      token: '00secret',
      fetch: server.fetch,
      now: () => 0,
      signal: new AbortController().signal,
      lastGood: null,
    },
    () => undefined,
  );
  const failed = result.checks.find((check) => check.state === 'failed');
  return { ...result, failed, paths: server.paths() };
}

function asOkta(path: string, others: (path: string) => FakeAnswer): FakeAnswer {
  return path.startsWith('/.well-known/') ? { body: organization } : others(path);
}

describe('a domain that is no Okta', () => {
  const canary = 'internal text of the answer';
  const cases: [string, FakeAnswer, string, string][] = [
    ['is something else', { body: { hello: canary } }, 'answers-as-okta', 'not-the-source'],
    ['answers HTML', { body: `<html>${canary}</html>` }, 'answers-as-okta', 'not-the-source'],
    ['does not resolve', 'not-resolved', 'reaches-host', 'host-not-resolved'],
    ['does not answer in time', 'timed-out', 'reaches-host', 'host-timed-out'],
    ['is a private address', 'blocked-address', 'reaches-host', 'host-blocked'],
    ['has a certificate that is not trusted', 'tls-failed', 'reaches-host', 'host-tls'],
    ['refuses connections', 'connection-refused', 'reaches-host', 'host-refused'],
    ['sends elsewhere', 'blocked-redirect', 'answers-as-okta', 'host-redirects'],
  ];

  it.each(cases)('and %s', async (_name, answer, check, code) => {
    const { failed, checks, outcome, visible } = await test(() => answer);

    expect(failed).toMatchObject({ code: check, problem: { code, field: 'domain', oktaCode: null } });
    expect({ outcome, visible }).toEqual({ outcome: 'failed', visible: null });
    expect(JSON.stringify(checks)).not.toContain(canary);
    expect(checks.filter(({ state }) => state === 'skipped')).toHaveLength(check === 'reaches-host' ? 7 : 6);
  });

  it('gets a message of its own in each case', async () => {
    const tests = await Promise.all(cases.map(([, answer]) => test(() => answer)));

    expect(new Set(tests.map(({ failed }) => failed?.problem?.saw)).size).toBe(cases.length);
  });

  it('never sees the token', async () => {
    const server = fakeFetch(() => ({ body: '<html></html>' }));
    await testOktaConnection(
      {
        origin: 'https://acme.okta.com',
        token: '00secret',
        fetch: server.fetch,
        now: () => 0,
        signal: new AbortController().signal,
        lastGood: null,
      },
      () => undefined,
    );

    expect(JSON.stringify(server.requests)).not.toContain('00secret');
  });
});

describe('a token', () => {
  it.each([
    ['too narrow for users', '/api/v1/users?', 'may-list-users', 'users'],
    ['too narrow for groups', '/api/v1/groups?', 'may-list-groups', 'groups'],
  ])('%s is named with Okta’s words', async (_name, refused, check, collection) => {
    const { failed } = await test((path) =>
      asOkta(path, (other) => {
        if (other.startsWith(refused)) return { status: 403, body: { errorCode: 'E0000006' } };
        return { body: other.endsWith('/me') ? { id: '00u1', profile: { login: 'a' } } : [] };
      }),
    );

    expect(failed).toMatchObject({
      code: check,
      problem: {
        code: 'token-forbidden',
        saw: `Okta accepts the token, but not for ${collection}: it answered 403 E0000006 “You do not have permission to perform the requested action”.`,
        field: 'apiToken',
      },
    });
  });

  it.each([403, 404])('whose owner Okta keeps to itself (%i) is accepted', async (status) => {
    const errorCode = status === 403 ? 'E0000006' : 'E0000007';
    const { checks } = await test((path) =>
      asOkta(path, (other) => (other.endsWith('/me') ? { status, body: { errorCode } } : { body: [] })),
    );

    expect(checks.find(({ code }) => code === 'token-accepted')).toMatchObject({
      state: 'passed',
      fact: 'Okta does not say who made it',
    });
  });
});

describe('counting', () => {
  function bigOrg(everyone: object | null) {
    return (path: string) =>
      asOkta(path, (other): FakeAnswer => {
        if (other.endsWith('/me')) return { body: { id: '00u1', profile: { login: 'a' } } };
        if (other.startsWith('/api/v1/org')) return { status: 403, body: { errorCode: 'E0000006' } };
        if (other.startsWith('/api/v1/groups?')) {
          return {
            body:
              everyone === null ? [{ id: '00g1', type: 'OKTA_GROUP', profile: { name: 'a' } }] : [everyone],
          };
        }
        const after = Number(new URLSearchParams(other.split('?')[1]).get('after') ?? 0);
        const link = `<https://acme.okta.com/api/v1/users?after=${after + 1}&limit=200>; rel="next"`;
        return { body: Array.from({ length: 200 }, () => ({})), headers: { link } };
      });
  }
  const everyone = {
    id: '00g0',
    type: 'BUILT_IN',
    profile: { name: 'Everyone' },
    _embedded: { stats: { usersCount: 97_639 } },
  };

  it('takes the number of a large org from Everyone', async () => {
    const { visible, paths } = await test(bigOrg(everyone));

    expect(visible).toMatchObject({ users: 97_639, usersAtLeast: false, organization: null });
    expect(paths.filter((path) => path.startsWith('/api/v1/users?'))).toHaveLength(1);
  });

  it('else stops after five pages, and says "at least"', async () => {
    const { visible, paths } = await test(bigOrg(null));

    expect(visible).toMatchObject({ users: 1000, usersAtLeast: true });
    expect(
      paths.filter((path) => path.startsWith('/api/v1/users?limit=200') || path.includes('after=')),
    ).toHaveLength(5);
  });
});

describe('the rate limit', () => {
  it.each([
    [29, 'warning'],
    [30, 'passed'],
  ])('with %i of 300 left: %s', async (remaining, state) => {
    const { checks } = await test((path) => {
      const answer = asOkta(path, (other) => ({
        body: other.endsWith('/me') ? { id: '00u1', profile: { login: 'a' } } : [],
      }));
      const headers = {
        'x-rate-limit-limit': '300',
        'x-rate-limit-remaining': String(remaining),
        'x-rate-limit-reset': '60',
      };
      return typeof answer === 'string' ? answer : { ...answer, headers };
    });

    expect(checks.find(({ code }) => code === 'rate-limit-left')).toMatchObject({ state, durationMs: null });
  });
});

describe('waitingChecks', () => {
  it('is the whole checklist with nothing found yet', () => {
    const checks = waitingChecks();

    expect(checks).toHaveLength(8);
    expect(
      checks.every((check) => check.state === 'waiting' && check.label !== '' && check.fact === null),
    ).toBe(true);
  });
});
