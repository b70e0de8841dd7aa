import { describe, expect, it } from 'vitest';
import { sign } from './fixtures/hostile-upstream.ts';
import type { LoginWorld } from './fixtures/login-world.ts';
import { basic, fapi, now, useSuiteWorld } from './fixtures/suite-world.ts';
import { anotherClient, withClaim, without, withoutKeyId } from './fixtures/token-faults.ts';

const suite = useSuiteWorld();

type Accepted = readonly [module: string, arrange: (world: LoginWorld) => void];

const accepted: readonly Accepted[] = [
  [basic, () => {}],
  [`${basic}-idtoken-sig-rs256`, () => {}],
  [`${basic}-kid-absent-single-jwks`, () => Object.assign(suite().upstream.faults, withoutKeyId())],
  [`${basic}-missing-athash`, () => Object.assign(suite().upstream.faults, without('at_hash'))],
  [`${basic}-client-secret-basic`, () => {}],
  [
    `${fapi}-valid-aud-as-array`,
    () =>
      Object.assign(suite().upstream.faults, {
        claims: (claims: Record<string, unknown>) => ({ ...claims, aud: [claims.aud] }),
      }),
  ],
  [
    `${fapi}-token-type-case-insensitivity`,
    () =>
      Object.assign(suite().upstream.faults, {
        tokens: (body: object) => ({ ...body, token_type: 'bEaReR' }),
      }),
  ],
  [
    `${fapi}-token-endpoint-response-without-expires_in`,
    () =>
      Object.assign(suite().upstream.faults, {
        tokens: ({ expires_in: _, ...body }: Record<string, unknown>) => body,
      }),
  ],
  ['exp 20 seconds past', () => Object.assign(suite().upstream.faults, withClaim('exp', now - 20))],
  ['iat nine minutes old', () => Object.assign(suite().upstream.faults, withClaim('iat', now - 540))],
  [
    'iat 100 seconds in the future',
    () => Object.assign(suite().upstream.faults, withClaim('iat', now + 100)),
  ],
  [
    'iat fifty minutes old, where an hour is accepted',
    (world) => {
      world.settings = { ...world.settings, maximumTokenAgeSeconds: 3600 };
      Object.assign(suite().upstream.faults, withClaim('iat', now - 3000));
    },
  ],
  [
    'several audiences with our azp',
    () =>
      Object.assign(suite().upstream.faults, {
        claims: (claims: Record<string, unknown>) => ({
          ...claims,
          aud: [claims.aud, anotherClient],
          azp: claims.aud,
        }),
      }),
  ],
  [
    'azp that is ours beside a single audience',
    () =>
      Object.assign(suite().upstream.faults, {
        claims: (claims: Record<string, unknown>) => ({ ...claims, azp: claims.aud }),
      }),
  ],
  [
    'sub of 255 characters',
    () =>
      Object.assign(suite().upstream.faults, {
        claims: (claims: Record<string, unknown>) => ({ ...claims, sub: 'a'.repeat(255) }),
        userinfo: (claims: Record<string, unknown>) => ({ ...claims, sub: 'a'.repeat(255) }),
      }),
  ],
  [
    'keys with unusable ones among them',
    () =>
      Object.assign(suite().upstream.faults, { keys: (keys: unknown[]) => [{ kty: 'unknown' }, ...keys] }),
  ],
  [
    'another algorithm that was chosen',
    (world) => {
      suite().upstream.keys = [suite().elliptic];
      world.settings = { ...world.settings, signingAlgorithm: 'ES256' };
    },
  ],
  [
    'no userinfo endpoint',
    (world) => {
      world.rest = { metadata: { ...world.idp.metadata, userinfoEndpoint: null } };
    },
  ],
];

describe('what is right is let in', () => {
  it.each(accepted)('%s', async (_module, arrange) => {
    const world = suite().withAda({ matchBy: 'none' });
    arrange(world);

    const { result, tracer } = await world.logIn();

    expect(tracer.failed()).toBeUndefined();
    expect(result).toMatchObject({ ok: true, issuer: suite().upstream.issuer, label: 'ada@acme.example' });
    expect(tracer.ends).toEqual([{ outcome: 'passed' }]);
    expect(suite().upstream.calls('/userinfo')).toBe(world.idp.metadata.userinfoEndpoint === null ? 0 : 1);
  });

  it(`${basic}-scope-userinfo-claims: uses what only userinfo says, and the header for the token`, async () => {
    const world = suite().withAda({ matchBy: 'none' });
    Object.assign(suite().upstream.faults, {
      claims: ({ iss, sub, aud, iat, exp, nonce }: Record<string, unknown>) => ({
        iss,
        sub,
        aud,
        iat,
        exp,
        nonce,
      }),
    });

    const { result } = await world.logIn();

    const asked = suite().upstream.seen.find(({ path }) => path === '/userinfo');
    expect(result).toMatchObject({ person: { username: 'ada@acme.example', lastName: 'Lovelace' } });
    expect(asked?.headers.authorization).toMatch(/^Bearer canary-access/);
    expect(asked?.url).toBe('/userinfo');
  });

  it(`${basic}-discovery-jwks-uri-keys: fetches the keys of the metadata once, and keeps them`, async () => {
    const world = suite().withAda({ matchBy: 'none' });

    await world.logIn();
    await world.logIn();

    expect(suite().upstream.calls('/keys')).toBe(1);
    expect(world.keys.saves).toBe(1);
  });
});

describe('rotated keys', () => {
  it(`${basic}-signing-key-rotation: the second login after a rotation works at once`, async () => {
    const world = suite().withAda({ matchBy: 'none' });
    await world.logIn();
    suite().upstream.keys = [suite().second, suite().first];

    const { result } = await world.logIn();

    expect(result.ok).toBe(true);
    expect(suite().upstream.calls('/keys')).toBe(2);
  });

  it(`${basic}-signing-key-rotation-just-before-signing: the old key is gone from the list`, async () => {
    const world = suite().withAda({ matchBy: 'none' });
    await world.logIn();
    suite().upstream.keys = [suite().second];

    const { result } = await world.logIn();

    expect(result.ok).toBe(true);
  });

  it('without a key id: keys that did not fit are forgotten, so the login after it works', async () => {
    const world = suite().withAda({ matchBy: 'none' });
    await world.logIn();
    suite().upstream.keys = [suite().second];
    Object.assign(suite().upstream.faults, withoutKeyId());

    const refused = await world.logIn();
    const { result } = await world.logIn();

    expect(refused.result).toMatchObject({ ok: false, failure: { code: 'id-token-signature' } });
    expect(result.ok).toBe(true);
    expect(suite().upstream.calls('/keys')).toBe(2);
  });

  it('refuses a withdrawn key once the new ones were seen', async () => {
    const world = suite().withAda({ matchBy: 'none' });
    await world.logIn();
    suite().upstream.keys = [suite().second];
    await world.logIn();
    suite().upstream.signer = suite().first;

    const { result } = await world.logIn();

    expect(result).toMatchObject({ ok: false, failure: { code: 'id-token-key-unknown' } });
  });

  it('refuses a withdrawn key after five minutes, seen or not', async () => {
    const world = suite().withAda({ matchBy: 'none' });
    await world.logIn();
    suite().upstream.keys = [suite().second];
    suite().upstream.signer = suite().first;
    world.now += 300_000;

    const { result } = await world.logIn();

    expect(result).toMatchObject({ ok: false, failure: { code: 'id-token-key-unknown' } });
  });

  it.each([
    ['of another version', { keys: [] }],
    ['without a time', { jwks: { keys: [] } }],
    ['from the future', { jwks: { keys: [] }, fetchedAt: (now + 86_400) * 1000 }],
    ['no object', 'keys'],
  ])('does not mind stored keys that are %s', async (_what, stored) => {
    const world = suite().withAda({ matchBy: 'none' });
    world.keys.stored = stored;

    const { result } = await world.logIn();

    expect(result.ok).toBe(true);
    expect(suite().upstream.calls('/keys')).toBe(1);
  });

  it('signs in also where keys can be neither read nor kept', async () => {
    const world = suite().withAda({ matchBy: 'none' });
    world.keys.read = () => Promise.reject(new Error('disk'));
    world.keys.save = () => Promise.reject(new Error('disk'));

    expect((await world.logIn()).result.ok).toBe(true);
  });
});

describe('client authentication', () => {
  it.each([
    ['by metadata, basic before post', null, ['client_secret_post', 'client_secret_basic'], 'basic'],
    ['by metadata, post where basic is not offered', null, ['client_secret_post', 'none'], 'post'],
    ['basic where metadata names none', null, [], 'basic'],
    ['by setting', 'client_secret_post', ['client_secret_basic'], 'post'],
    ['by setting', 'client_secret_basic', ['client_secret_post'], 'basic'],
  ] as const)('%s: %s of %j', async (_how, clientAuthentication, tokenEndpointAuthMethods, method) => {
    const world = suite().withAda({ matchBy: 'none', clientAuthentication });
    world.rest = {
      metadata: { ...world.idp.metadata, tokenEndpointAuthMethods: [...tokenEndpointAuthMethods] },
    };

    const { result } = await world.logIn();

    const { headers, form } = suite().upstream.seen.find(({ path }) => path === '/token') ?? {};
    expect(result.ok).toBe(true);
    expect(headers?.authorization !== undefined).toBe(method === 'basic');
    expect(form?.has('client_secret')).toBe(method === 'post');
    expect(form?.get('redirect_uri')).toBe('https://sso.acme.example/sso/callback/idp-1');
    expect(form?.get('code_verifier')).toMatch(/^[\w-]{43}$/);
  });
});

describe('the signer of the fixture', () => {
  it('puts a header on that no sane signer would', async () => {
    const token = await sign(suite().first, { alg: 'none', kid: 'k1' }, { sub: 'x' });

    expect(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())).toEqual({
      alg: 'none',
      kid: 'k1',
    });
  });
});
