import type { LoginFailureCode, LoginStepCode } from '@gatehouse/contracts/login-codes';
import { describe, expect, it } from 'vitest';
import type { Faults } from './fixtures/hostile-upstream.ts';
import { queryOf } from './fixtures/login-world.ts';
import { basic, fapi, useSuiteWorld } from './fixtures/suite-world.ts';

const suite = useSuiteWorld();

describe('userinfo', () => {
  type Row = readonly [
    module: string,
    faults: Partial<Faults>,
    code: LoginFailureCode,
    expected: string,
    seen: string,
  ];
  const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html>' };
  const rows: readonly Row[] = [
    [
      `${basic}-userinfo-invalid-sub`,
      { userinfo: (claims) => ({ ...claims, sub: '00u1Eve' }) },
      'userinfo-subject',
      '00u1Ada',
      '00u1Eve',
    ],
    [
      'userinfo without sub',
      { userinfo: ({ sub: _, ...claims }) => claims },
      'userinfo-subject',
      '00u1Ada',
      'missing',
    ],
    [
      'userinfo answers a web page',
      { userinfoAnswer: () => page },
      'userinfo-unreadable',
      'a profile in JSON',
      'a web page',
    ],
    [
      'userinfo answers a list',
      { userinfoAnswer: (answer) => ({ ...answer, body: '[]' }) },
      'userinfo-unreadable',
      'a profile in JSON',
      'another answer',
    ],
    [
      'userinfo answers 401',
      { userinfoAnswer: (answer) => ({ ...answer, status: 401 }) },
      'userinfo-failed',
      'a profile in JSON',
      'status 401',
    ],
    [
      'userinfo answers 429',
      { userinfoAnswer: (answer) => ({ ...answer, status: 429 }) },
      'userinfo-failed',
      'a profile in JSON',
      'status 429',
    ],
    [
      'userinfo answers 500',
      { userinfoAnswer: (answer) => ({ ...answer, status: 500 }) },
      'userinfo-failed',
      'a profile in JSON',
      'status 500',
    ],
    [
      'userinfo answers a redirect',
      { userinfoAnswer: () => ({ status: 307, headers: { location: 'http://127.0.0.1:9/' }, body: '' }) },
      'answer-redirected',
      'an answer of 127.0.0.1',
      'blocked-redirect',
    ],
    [
      `${basic}-userinfo-signed (not asked for)`,
      {
        userinfoAnswer: () => ({
          status: 200,
          headers: { 'content-type': 'application/jwt' },
          body: 'a.b.c',
        }),
      },
      'userinfo-unreadable',
      'a profile in JSON',
      'another answer',
    ],
  ];

  it.each(rows)('%s', async (_module, faults, code, expected, seen) => {
    const world = suite().withAda();
    const before = world.people.all();
    Object.assign(suite().upstream.faults, faults);

    const { result, tracer } = await world.logIn();

    expect(result).toMatchObject({ ok: false, failure: { code, step: 'userinfo' } });
    expect(tracer.failed()).toMatchObject({ code, expected, seen });
    expect(tracer.at('id-token-subject')?.state).toBe('passed');
    expect(world.people.calls).toEqual([]);
    expect(world.people.all()).toEqual(before);
  });
});

describe('the answer of the authorization endpoint', () => {
  type Row = readonly [
    module: string,
    change: (answer: Record<string, string>) => string,
    code: LoginFailureCode,
    step: LoginStepCode,
  ];
  const rows: readonly Row[] = [
    [
      `${fapi}-invalid-authorization-response-iss`,
      (answer) => queryOf({ ...answer, iss: 'https://evil.example' }),
      'response-iss-differs',
      'returned',
    ],
    [
      'iss with a slash at its end',
      (answer) => queryOf({ ...answer, iss: `${suite().upstream.issuer}/` }),
      'response-iss-differs',
      'returned',
    ],
    [`${fapi}-remove-authorization-response-iss`, queryOf, 'response-iss-missing', 'returned'],
    [
      'iss that is empty though promised',
      (answer) => queryOf({ ...answer, iss: '' }),
      'response-iss-missing',
      'returned',
    ],
    [
      `${fapi}-ensure-authorization-response-with-invalid-state-fails`,
      (answer) => queryOf({ ...answer, state: 'forged' }),
      'state-differs',
      'state-matches',
    ],
    [
      `${fapi}-ensure-authorization-response-with-invalid-missing-state-fails`,
      ({ code = '' }) => queryOf({ code }),
      'state-missing',
      'state-matches',
    ],
    [
      'state that is empty',
      ({ code = '' }) => queryOf({ code, state: '' }),
      'state-missing',
      'state-matches',
    ],
    ['state twice', (answer) => `${queryOf(answer)}&state=${answer.state}`, 'parameter-doubled', 'returned'],
    ['code twice', (answer) => `${queryOf(answer)}&code=${answer.code}`, 'parameter-doubled', 'returned'],
    ['any parameter twice', (answer) => `${queryOf(answer)}&x=1&x=1`, 'parameter-doubled', 'returned'],
    [
      'iss twice',
      (answer) => `${queryOf({ ...answer, iss: suite().upstream.issuer })}&iss=https://evil.example`,
      'parameter-doubled',
      'returned',
    ],
    ['no code', ({ state = '' }) => queryOf({ state }), 'code-missing', 'returned'],
    ['code that is empty', ({ state = '' }) => queryOf({ state, code: '' }), 'code-missing', 'returned'],
    [
      'tokens in the query (implicit flow)',
      (answer) => queryOf({ ...answer, id_token: 'a.b.c' }),
      'upstream-error',
      'returned',
    ],
    ['a JARM response', (answer) => queryOf({ ...answer, response: 'a.b.c' }), 'upstream-error', 'returned'],
    [
      'error beside a wrong state',
      ({ code = '' }) => queryOf({ code, state: 'forged', error: 'access_denied' }),
      'state-differs',
      'state-matches',
    ],
    ['nothing at all', () => '', 'state-missing', 'state-matches'],
  ];

  it.each(rows)('%s', async (_module, change, code, step) => {
    const world = suite().withAda();
    const sendsIss = code === 'response-iss-missing';
    world.rest = { metadata: { ...world.idp.metadata, sendsIss } };
    const { url, tracer } = await world.begin();
    const answer = { ...suite().upstream.signIn(url) };

    const result = await world.complete(change(answer));

    expect(result).toMatchObject({ ok: false, failure: { code, step }, tracker: tracer.publicId });
    expect(tracer.failed()).toMatchObject({ code, step });
    expect(tracer.failed()?.expected).not.toBeNull();
    expect(tracer.failed()?.seen).not.toBeNull();
    expect(suite().upstream.seen).toEqual([]);
    expect(world.people.calls).toEqual([]);
    const again = await world.complete(queryOf(answer));
    expect(again).toMatchObject({ ok: false, failure: { code: 'transaction-missing' } });
  });

  it('takes iss that is right, promised or not', async () => {
    const world = suite().withAda({ matchBy: 'none' });
    for (const sendsIss of [true, false]) {
      world.rest = { metadata: { ...world.idp.metadata, sendsIss } };
      const { url } = await world.begin();

      const result = await world.complete(
        queryOf({ ...suite().upstream.signIn(url), iss: suite().upstream.issuer }),
      );

      expect(result.ok).toBe(true);
    }
  });
});
