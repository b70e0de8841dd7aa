import { describe, expect, it } from 'vitest';
import { type Answer, json } from './fixtures/hostile-upstream.ts';
import { codeOf, type LoginWorld, queryOf } from './fixtures/login-world.ts';
import { linkedWorld, useSuiteWorld } from './fixtures/suite-world.ts';

const suite = useSuiteWorld();

describe('what nobody foresaw', () => {
  it.each([
    [
      'the transactions',
      (world: LoginWorld) => {
        world.transactions.take = () => Promise.reject(new Error('disk'));
      },
    ],
    [
      'the people',
      (world: LoginWorld) => {
        world.people.findLinked = () => Promise.reject(new Error('disk'));
      },
    ],
    [
      'the outbound fetch',
      (world: LoginWorld) => {
        world.fetch = () => Promise.reject(new Error('disk'));
      },
    ],
  ])('%s break: the page says that it was us, the log says what', async (_what, arrange) => {
    const world = await linkedWorld(suite());
    const { url } = await world.begin();
    arrange(world);

    const result = await world.complete(queryOf(suite().upstream.signIn(url)));

    expect(codeOf(result)).toBe('server-error');
    expect(JSON.stringify(result)).not.toContain('disk');
    expect(world.reported).toHaveLength(1);
  });
});

describe('hostile claims', () => {
  const bidi = '\u202eevil\u2066<script>alert(1)</script>';
  const person = {
    preferred_username: 'ada@acme.example',
    name: bidi,
    given_name: '<img src=x onerror=alert(1)>',
    family_name: "'; drop table users; --",
    email: '=cmd()@acme.example',
    locale: 'x'.repeat(100_000),
    groups: Array.from({ length: 5000 }, (_, index) => `group ${index}`),
    address: { formatted: { deep: 'y'.repeat(10_000) } },
    ['__proto__']: { admin: true },
    constructor: 'x',
    picture: 'http://127.0.0.1:9/never-fetched.png',
    profile: 'http://127.0.0.1:9/never-fetched',
    _claim_sources: { src1: { endpoint: 'http://127.0.0.1:9/never' } },
  };

  async function attacked(claims: object) {
    const world = suite().withAda({ matchBy: 'none' });
    const { person: before } = suite().upstream;
    suite().upstream.person = { ...before, ...claims };
    const done = await world.logIn();
    suite().upstream.person = before;
    return { ...done, world };
  }

  it('are stored as they are, cut in the trace, and never followed', async () => {
    const { result, tracer } = await attacked(person);

    expect(result).toMatchObject({
      ok: true,
      person: { displayName: bidi, firstName: person.given_name, lastName: person.family_name },
    });
    const kept = tracer.claimSets[0] ?? {};
    expect(JSON.stringify(kept).length).toBeLessThan(10_000);
    expect(kept.locale).toBe(`${'x'.repeat(500)}…`);
    expect(Object.getPrototypeOf({}).admin).toBeUndefined();
    expect(suite().upstream.seen.map(({ path }) => path)).toEqual(['/token', '/keys', '/userinfo']);
  });

  it('are at most a hundred in the trace', async () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`claim_${index}`, index]));

    const { tracer } = await attacked(many);

    expect(Object.keys(tracer.claimSets[0] ?? {})).toHaveLength(101);
    expect(JSON.stringify(tracer.entries).length).toBeLessThan(20_000);
  });

  it.each([
    ['a control character in the user name', { preferred_username: 'ada\u0000' }],
    ['a line break in the name', { name: 'Ada\nadmin' }],
    ['a name of 300 characters', { name: 'x'.repeat(300) }],
    ['half a character', { name: '\ud83d' }],
    ['a list as user name', { preferred_username: ['ada', 'admin'] }],
    ['no user name', { preferred_username: '' }],
  ])('make nobody: %s', async (_what, claims) => {
    const { result, tracer, world } = await attacked(claims);

    expect(codeOf(result)).toBe('claims-unusable');
    expect(tracer.failed()).toMatchObject({ step: 'update' });
    expect(world.people.all()).toHaveLength(1);
    expect(world.people.identities()).toEqual([]);
  });

  it('are read also where they nest too deeply to be written down', async () => {
    const world = suite().withAda({ matchBy: 'none' });
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    suite().upstream.faults.userinfoAnswer = (answer) => ({
      ...answer,
      body: answer.body.replace('{', `{"deep":${deep},`),
    });

    const { result, tracer } = await world.logIn();

    expect(result.ok).toBe(true);
    expect(tracer.claimSets[0]?.deep).toMatch(/nested too deeply|…$/);
  });
});

describe('nothing secret leaves the engine', () => {
  const canary = /canary-|verifier/;

  it.each([
    ['a login that passes', {}],
    ['a refused token', { claims: (claims: object) => ({ ...claims, iss: 'https://evil.example' }) }],
    ['a refused signature', { idToken: (token: string) => `${token.slice(0, -8)}AAAAAAAA` }],
    ['a refused secret', { token: () => json({ error: 'invalid_client' }, 401) }],
    ['an answer that is garbage', { token: (answer: Answer) => ({ ...answer, body: `x${answer.body}` }) }],
    ['userinfo of another', { userinfo: (claims: object) => ({ ...claims, sub: 'x' }) }],
  ])('%s', async (_what, faults) => {
    const world = await linkedWorld(suite());
    Object.assign(suite().upstream.faults, faults);
    const { url, tracer } = await world.begin();
    const answer = suite().upstream.signIn(url);

    const result = await world.complete(queryOf(answer));

    const sent = new URL(url).searchParams;
    const { form } = suite().upstream.seen[0] ?? {};
    const secrets = [
      answer.code,
      answer.state,
      sent.get('nonce') ?? 'no nonce',
      sent.get('code_challenge') ?? 'no challenge',
      form?.get('code_verifier') ?? 'no verifier',
      suite().upstream.clientSecret,
    ];
    const told = JSON.stringify([
      result,
      tracer.entries,
      tracer.claimSets,
      tracer.updates,
      tracer.people,
      tracer.ends,
    ]);
    for (const secret of secrets) expect(told).not.toContain(secret);
    expect(told).not.toMatch(canary);
    expect(told).not.toMatch(/eyJ[\w-]+\.eyJ/);
  });
});
