import { createHash, createHmac } from 'node:crypto';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppView } from '../control/control-types.ts';
import { CALLBACK, type Login, logIn, type TokenAnswer } from '../oidc/testing.ts';
import { type Rehearsal, startRehearsal } from '../start-rehearsal.ts';
import { readToken, type TokenParts } from './jwt.ts';
import type { LoginFaultInput, LoginFaultKind } from './login-fault-input.ts';

let rehearsal: Rehearsal;
let app: AppView;
const PERSON = 'susan.pereira@rehearsal.example';
const NOW = () => Math.floor(Date.now() / 1000);

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 50, groups: 10 });
  app = await rehearsal.control.apps.create({ name: 'Struck', redirectUris: [CALLBACK] });
});

afterAll(() => rehearsal.close());

beforeEach(() => rehearsal.control.loginFaults.clearAll());

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(rehearsal.url + path, { headers, redirect: 'manual' });
}

async function keys(): Promise<JSONWebKeySet> {
  return (await (await get('/oauth2/v1/keys')).json()) as JSONWebKeySet;
}

type Struck = TokenParts & { begun: Login; tokens: TokenAnswer; token: string };

async function struckLogin(fault: LoginFaultInput): Promise<Struck> {
  await rehearsal.control.loginFaults.set(fault);
  const { begun, tokens } = await logIn(rehearsal, app, PERSON);
  const token = tokens.json.id_token ?? '';
  return { begun, tokens, token, ...readToken(token) };
}

/** Whether the JWKS as it stands verifies the token, whatever its claims say. */
async function isSignatureGood(token: string): Promise<boolean> {
  try {
    await jwtVerify(token, createLocalJWKSet(await keys()), {
      algorithms: ['RS256'],
      currentDate: new Date(0),
    });
    return true;
  } catch (error) {
    const { code, claim } = error as { code: string; claim?: string };
    if (claim !== undefined || code === 'ERR_JWT_CLAIM_VALIDATION_FAILED') return true;
    return false;
  }
}

describe('claims of the ID token, rightly signed', () => {
  it.each<[LoginFaultKind, (struck: Struck) => unknown, unknown]>([
    ['id-token-iss-wrong', ({ payload }) => payload.iss, 'https://wrong-issuer.example'],
    ['id-token-iss-missing', ({ payload }) => 'iss' in payload, false],
    ['id-token-iss-foreign', ({ payload }) => payload.iss, 'FOREIGN'],
    ['id-token-aud-wrong', ({ payload }) => payload.aud, '0oaSomebodyElse00000'],
    ['id-token-aud-missing', ({ payload }) => 'aud' in payload, false],
    ['id-token-aud-array', ({ payload }) => (payload.aud as string[]).join() === app.clientId, true],
    ['id-token-aud-extra', ({ payload }) => [(payload.aud as string[]).length, 'azp' in payload], [2, false]],
    ['id-token-azp-other', ({ payload }) => payload.azp, '0oaSomebodyElse00000'],
    ['id-token-nonce-wrong', ({ payload, begun }) => payload.nonce === begun.nonce, false],
    ['id-token-nonce-missing', ({ payload }) => 'nonce' in payload, false],
    ['id-token-exp-missing', ({ payload }) => 'exp' in payload, false],
    ['id-token-exp-past', ({ payload }) => roundedHours(payload.exp), -1],
    ['id-token-iat-missing', ({ payload }) => 'iat' in payload, false],
    ['id-token-iat-old', ({ payload }) => roundedHours(payload.iat), -168],
    ['id-token-iat-ahead', ({ payload }) => roundedHours(payload.iat), 24],
    ['id-token-nbf-future', ({ payload }) => roundedHours(payload.nbf), 1],
    ['id-token-sub-missing', ({ payload }) => 'sub' in payload, false],
    ['id-token-sub-empty', ({ payload }) => payload.sub, ''],
    ['id-token-sub-long', ({ payload }) => (payload.sub as string).length, 300],
    ['id-token-sub-non-ascii', ({ payload }) => /^[\x20-\x7e]+$/.test(payload.sub as string), false],
    ['id-token-at-hash-wrong', ({ payload, tokens }) => payload.at_hash === atHash(tokens), false],
    ['id-token-at-hash-missing', ({ payload }) => 'at_hash' in payload, false],
  ])('%s', async (kind, read, expected) => {
    const struck = await struckLogin({ kind } as LoginFaultInput);
    const after = await logIn(rehearsal, app, PERSON);

    const value = expected === 'FOREIGN' ? `${rehearsal.url}/oauth2/default` : expected;
    expect(read(struck)).toEqual(value);
    expect(await isSignatureGood(struck.token)).toBe(true);
    expect(readToken(after.tokens.json.id_token ?? '').payload).toMatchObject({
      iss: rehearsal.url,
      aud: app.clientId,
      nonce: after.begun.nonce,
      at_hash: atHash(after.tokens),
    });
  });

  it('a timed fault goes as far as it is told', async () => {
    const { payload } = await struckLogin({ kind: 'id-token-exp-past', seconds: 20 });

    expect(NOW() - Number(payload.exp)).toBeGreaterThanOrEqual(20);
    expect(NOW() - Number(payload.exp)).toBeLessThan(25);
  });
});

describe('signature and header of the ID token', () => {
  it.each<[LoginFaultKind, boolean, (struck: Struck) => unknown, unknown]>([
    ['id-token-signature-broken', false, ({ header }) => header.alg, 'RS256'],
    ['id-token-kid-unknown', false, ({ header }) => typeof header.kid, 'string'],
    ['id-token-kid-missing', true, ({ header }) => 'kid' in header, false],
    ['id-token-kid-missing-many-keys', false, ({ header }) => 'kid' in header, false],
    ['id-token-alg-none', false, ({ header, token }) => [header.alg, token.endsWith('.')], ['none', true]],
    ['id-token-alg-hs256', false, ({ header, token }) => [header.alg, isHmac(token)], ['HS256', true]],
    ['id-token-alg-es256', false, ({ header }) => header.alg, 'ES256'],
    ['id-token-crit-header', false, ({ header }) => header.crit, ['urn:example:must']],
  ])('%s', async (kind, isGood, read, expected) => {
    const struck = await struckLogin({ kind } as LoginFaultInput);

    expect(read(struck)).toEqual(expected);
    expect(await isSignatureGood(struck.token)).toBe(isGood);
  });

  it('es256 and many keys put a second key into the JWKS, as long as they are set', async () => {
    const counts: number[] = [];
    for (const kind of ['id-token-alg-es256', 'id-token-kid-missing-many-keys'] as const) {
      const { token } = await struckLogin({ kind });
      const jwks = await keys();
      counts.push(jwks.keys.length);
      if (kind === 'id-token-alg-es256') {
        await expect(jwtVerify(token, createLocalJWKSet(jwks))).resolves.toBeDefined();
      }
      await rehearsal.control.loginFaults.clearAll();
      counts.push((await keys()).keys.length);
    }

    expect(counts).toEqual([2, 1, 2, 1]);
  });

  it.each([
    ['id-token-alg-none', 'none'],
    ['id-token-alg-hs256', 'HS256'],
    ['id-token-alg-es256', 'ES256'],
  ] as const)(
    '%s is admitted by the metadata, so that only a pinned algorithm refuses it',
    async (kind, alg) => {
      await rehearsal.control.loginFaults.set({ kind });
      const metadata = (await (await get('/.well-known/openid-configuration')).json()) as Record<
        string,
        unknown
      >;

      expect(metadata.id_token_signing_alg_values_supported).toEqual(['RS256', alg]);
    },
  );
});

describe('userinfo and the claims', () => {
  async function userinfo(tokens: TokenAnswer): Promise<Record<string, unknown>> {
    const response = await get('/oauth2/v1/userinfo', {
      authorization: `Bearer ${tokens.json.access_token}`,
    });
    return (await response.json()) as Record<string, unknown>;
  }

  it('userinfo-sub-other, userinfo-sub-missing', async () => {
    const { tokens, payload } = await struckLogin({ kind: 'userinfo-sub-other' });
    const other = await userinfo(tokens);
    await rehearsal.control.loginFaults.set({ kind: 'userinfo-sub-missing' });
    const missing = await userinfo(tokens);

    expect(other.sub).toMatch(/^00u/);
    expect(other.sub).not.toBe(payload.sub);
    expect(missing).not.toHaveProperty('sub');
    expect((await userinfo(tokens)).sub).toBe(payload.sub);
  });

  it.each<[unknown, unknown]>([
    [true, true],
    [false, false],
    ['true', 'true'],
    ['false', 'false'],
    [1, 1],
    ['absent', undefined],
  ])('email-verified %j, in the ID token and in userinfo', async (value, expected) => {
    const { tokens, payload } = await struckLogin({ kind: 'email-verified', value } as LoginFaultInput);

    expect(payload.email_verified).toBe(expected);
    expect((await userinfo(tokens)).email_verified).toBe(expected);
  });

  it('claims-replaced: anything at all, in both, rightly signed', async () => {
    const claims = {
      name: '<img src=x onerror=alert(1)>\u202e\u0000',
      email: 'x'.repeat(100_000),
      groups: Array.from({ length: 300 }, (_, index) => `g${index}`),
      given_name: null,
    };
    const { tokens, payload, token } = await struckLogin({ kind: 'claims-replaced', claims });
    const { given_name: _gone, ...expected } = claims;

    expect(payload).toMatchObject(expected);
    expect(payload).not.toHaveProperty('given_name');
    expect(await userinfo(tokens)).toMatchObject(expected);
    expect(await isSignatureGood(token)).toBe(true);
  });
});

function roundedHours(time: unknown): number {
  return Math.round((Number(time) - NOW()) / 3600);
}

function atHash(tokens: TokenAnswer): string {
  const hash = createHash('sha256')
    .update(tokens.json.access_token ?? '')
    .digest();
  return hash.subarray(0, 16).toString('base64url');
}

function isHmac(token: string): boolean {
  const [header, payload, signature] = token.split('.');
  const expected = createHmac('sha256', app.clientSecret ?? '')
    .update(`${header}.${payload}`)
    .digest('base64url');
  return expected === signature;
}
