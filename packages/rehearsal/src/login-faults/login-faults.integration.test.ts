import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppView } from '../control/control-types.ts';
import { beginLogin, CALLBACK, type Login, logIn, type TokenAnswer } from '../oidc/testing.ts';
import { signInAs } from '../sign-in-client.ts';
import { type Rehearsal, startRehearsal } from '../start-rehearsal.ts';
import { readToken, type TokenParts } from './jwt.ts';
import type { LoginFaultInput } from './login-fault-input.ts';

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

describe('the token answer and the keys', () => {
  it('id-token-missing', async () => {
    await rehearsal.control.loginFaults.set({ kind: 'id-token-missing' });
    const { tokens } = await logIn(rehearsal, app, PERSON);

    expect([tokens.status, 'access_token' in tokens.json, 'id_token' in tokens.json]).toEqual([
      200,
      true,
      false,
    ]);
  });

  it('token-type-odd', async () => {
    expect((await struckLogin({ kind: 'token-type-odd' })).tokens.json.token_type).toBe('mac');
  });

  it('token-client-refused', async () => {
    await rehearsal.control.loginFaults.set({ kind: 'token-client-refused' });
    const { tokens } = await logIn(rehearsal, app, PERSON);

    expect([tokens.status, tokens.json.error]).toEqual([401, 'invalid_client']);
  });

  it('key-rotated: a new key signs, and the old one is withdrawn', async () => {
    const before = await keys();
    const { token, header } = await struckLogin({ kind: 'key-rotated' });
    const after = await keys();

    expect(after.keys.map((key) => key.kid)).toEqual([header.kid]);
    expect(before.keys.map((key) => key.kid)).not.toContain(header.kid);
    expect(await isSignatureGood(token)).toBe(true);
  });

  it('keys.rotate keeps the former key where it is told to', async () => {
    const before = await rehearsal.control.keys.list();
    const { kid } = await rehearsal.control.keys.rotate({ keepFormer: true });
    const both = await rehearsal.control.keys.list();
    await rehearsal.control.keys.rotate();

    expect(both.kids).toEqual([...before.kids, kid]);
    expect((await rehearsal.control.keys.list()).kids).toHaveLength(1);
  });

  it.each<[LoginFaultInput, number]>([
    [{ kind: 'jwks-lacks-key' }, 1],
    [{ kind: 'jwks-empty' }, 0],
  ])('%j', async (fault, count) => {
    const { token } = await struckLogin(fault);

    expect((await keys()).keys).toHaveLength(count);
    expect(await isSignatureGood(token)).toBe(false);
  });
});

describe('the answer that the browser carries', () => {
  it.each<[LoginFaultInput, (parameters: URLSearchParams, begun: Login) => unknown, unknown]>([
    [{ kind: 'response-iss-wrong' }, (found) => found.get('iss'), 'https://wrong-issuer.example'],
    [{ kind: 'response-iss-added' }, (found) => found.get('iss') === rehearsal.url, true],
    [
      { kind: 'response-state-wrong' },
      (found, begun) => [found.has('state'), found.get('state') === begun.state],
      [true, false],
    ],
    [{ kind: 'response-state-missing' }, (found) => found.has('state'), false],
    [{ kind: 'response-state-doubled' }, (found) => found.getAll('state').length, 2],
    [{ kind: 'response-code-doubled' }, (found) => found.getAll('code').length, 2],
    [{ kind: 'response-code-missing' }, (found) => [found.has('code'), found.has('error')], [false, false]],
    [
      { kind: 'response-access-denied', description: 'Policy <b>evaluation</b> failed' },
      (found) => [found.get('error'), found.get('error_description'), found.has('code')],
      ['access_denied', 'Policy <b>evaluation</b> failed', false],
    ],
    [{ kind: 'response-server-error' }, (found) => found.get('error'), 'server_error'],
  ])('%j', async (fault, read, expected) => {
    await rehearsal.control.loginFaults.set(fault);
    const begun = beginLogin(rehearsal, app);
    const found = new URL(await signInAs(begun.authorizeUrl, PERSON)).searchParams;
    const next = new URL(await signInAs(beginLogin(rehearsal, app).authorizeUrl, PERSON)).searchParams;

    expect(read(found, begun)).toEqual(expected);
    expect([...next.keys()].sort()).toEqual(['code', 'state']);
  });

  it('is left alone where it carries no code', async () => {
    await rehearsal.control.loginFaults.set({ kind: 'response-state-wrong' });
    await get(
      new URL(beginLogin(rehearsal, app, { prompt: 'none' }).authorizeUrl).href.slice(rehearsal.url.length),
    );

    expect((await rehearsal.control.loginFaults.list())[0]?.hits).toBe(0);
  });
});

describe('discovery', () => {
  async function discover(): Promise<{
    status: number;
    location: string | null;
    document: Record<string, unknown>;
  }> {
    const response = await get('/.well-known/openid-configuration');
    const text = await response.text();
    const document = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, location: response.headers.get('location'), document };
  }

  it.each<[LoginFaultInput, (found: Awaited<ReturnType<typeof discover>>) => unknown, unknown]>([
    [{ kind: 'discovery-issuer-other' }, ({ document }) => document.issuer, 'https://other-issuer.example'],
    [
      { kind: 'discovery-issuer-other', issuer: 'https://x.example' },
      ({ document }) => document.issuer,
      'https://x.example',
    ],
    [
      { kind: 'discovery-token-endpoint-foreign' },
      ({ document }) => document.token_endpoint,
      'https://foreign-tokens.example/oauth2/v1/token',
    ],
    [
      { kind: 'discovery-without-s256' },
      ({ document }) => 'code_challenge_methods_supported' in document,
      false,
    ],
    [
      { kind: 'discovery-without-code-flow' },
      ({ document }) => document.response_types_supported,
      ['id_token'],
    ],
    [{ kind: 'discovery-without-jwks-uri' }, ({ document }) => 'jwks_uri' in document, false],
    [
      { kind: 'discovery-not-found' },
      ({ status, document }) => [status, document.errorCode],
      [404, 'E0000007'],
    ],
    [
      { kind: 'discovery-redirect' },
      ({ status, location }) => [status, location?.startsWith('https://redirected.')],
      [302, true],
    ],
  ])('%j', async (fault, read, expected) => {
    await rehearsal.control.loginFaults.set(fault);
    const struck = await discover();
    await rehearsal.control.loginFaults.clearAll();

    expect(read(struck)).toEqual(expected);
    expect(read(await discover())).not.toEqual(expected);
  });
});

describe('any step', () => {
  const STEPS_ASKED = ['discovery', 'keys', 'authorize', 'token', 'userinfo'] as const;

  async function ask(step: (typeof STEPS_ASKED)[number]): Promise<Response> {
    if (step === 'discovery') return get('/.well-known/openid-configuration');
    if (step === 'keys') return get('/oauth2/v1/keys');
    if (step === 'authorize') return fetch(beginLogin(rehearsal, app).authorizeUrl, { redirect: 'manual' });
    if (step === 'userinfo') return get('/oauth2/v1/userinfo');
    return fetch(`${rehearsal.url}/oauth2/v1/token`, {
      method: 'POST',
      body: new URLSearchParams({ a: 'b' }),
    });
  }

  it.each(STEPS_ASKED)('%s: html, 429, 500, oversized, slow', async (step) => {
    const faults = ['step-html', 'step-too-many-requests', 'step-server-error'] as const;
    for (const kind of faults) await rehearsal.control.loginFaults.set({ kind, step });
    const html = await ask(step);
    await rehearsal.control.loginFaults.clearAll();
    await rehearsal.control.loginFaults.set({ kind: 'step-too-many-requests', step });
    const busy = await ask(step);
    await rehearsal.control.loginFaults.set({ kind: 'step-server-error', step });
    const broken = await ask(step);
    await rehearsal.control.loginFaults.set({ kind: 'step-oversized', step, megabytes: 2 });
    const big = (await (await ask(step)).text()).length;
    const before = (await (await ask(step)).text()).length;
    await rehearsal.control.loginFaults.set({ kind: 'step-slow', step, milliseconds: 120 });
    const startedAt = performance.now();
    await ask(step);

    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html;charset=utf-8']);
    expect([busy.status, busy.headers.get('x-rate-limit-remaining')]).toEqual([429, '0']);
    expect([broken.status, ((await broken.json()) as { errorCode: string }).errorCode]).toEqual([
      500,
      'E0000009',
    ]);
    expect(big - before).toBeGreaterThan(2_000_000);
    expect(performance.now() - startedAt).toBeGreaterThan(115);
  });

  it('leaves the other steps alone', async () => {
    await rehearsal.control.loginFaults.set({ kind: 'step-server-error', step: 'token', times: null });

    expect([(await ask('keys')).status, (await ask('token')).status]).toEqual([200, 500]);
  });

  it('clock-skew: the Date header and every time in the token', async () => {
    const { payload, tokens, token } = await struckLogin({ kind: 'clock-skew', seconds: -7200 });
    const date = Date.parse(tokens.headers.get('date') ?? '') / 1000;

    expect(roundedHours(payload.iat)).toBe(-2);
    expect(roundedHours(payload.exp)).toBe(-1);
    expect(roundedHours(date)).toBe(-2);
    expect(await isSignatureGood(token)).toBe(true);
  });
});

describe('how often and whom', () => {
  it('skips, strikes so often, and is spent', async () => {
    await rehearsal.control.loginFaults.set({ kind: 'token-type-odd', skip: 1, times: 2 });
    const types: (string | undefined)[] = [];
    for (let index = 0; index < 4; index += 1) {
      types.push((await logIn(rehearsal, app, PERSON)).tokens.json.token_type);
    }

    expect(types).toEqual(['Bearer', 'mac', 'mac', 'Bearer']);
    expect((await rehearsal.control.loginFaults.list())[0]).toMatchObject({ hits: 2, timesLeft: 0 });
  });

  it('strikes one app only, when told so, and is noted in the log', async () => {
    const other = await rehearsal.control.apps.create({ name: 'Spared', redirectUris: [CALLBACK] });
    await rehearsal.control.calls.reset();
    await rehearsal.control.loginFaults.set({
      kind: 'token-type-odd',
      clientId: other.clientId,
      times: null,
    });
    const types = [app, other].map(
      async (which) => (await logIn(rehearsal, which, PERSON)).tokens.json.token_type,
    );

    expect(await Promise.all(types)).toEqual(['Bearer', 'mac']);
    const { items } = await rehearsal.control.calls.list();
    expect(items.filter((call) => call.faults.length > 0).map((call) => [call.path, call.faults])).toEqual([
      ['/oauth2/v1/token', ['token-type-odd']],
    ]);
  });

  it('several strike together', async () => {
    await rehearsal.control.loginFaults.set({ kind: 'id-token-nonce-missing' });
    const { payload } = await struckLogin({ kind: 'id-token-aud-wrong' });

    expect(['nonce' in payload, payload.aud]).toEqual([false, '0oaSomebodyElse00000']);
  });

  it.each([
    [{ kind: 'nothing' }],
    [{ kind: 'step-slow' }],
    [{ kind: 'step-html', step: 'lunch' }],
    [{ kind: 'email-verified', value: 'perhaps' }],
    [{ kind: 'token-type-odd', times: 0 }],
    [{ kind: 'token-type-odd', surprise: true }],
  ])('what makes no sense is refused: %j', async (input) => {
    await expect(rehearsal.control.loginFaults.set(input as never)).rejects.toMatchObject({ status: 400 });
  });

  it('are cleared one by one and all', async () => {
    const first = await rehearsal.control.loginFaults.set({ kind: 'jwks-empty' });
    await rehearsal.control.loginFaults.set({ kind: 'clock-skew' });

    expect(await rehearsal.control.loginFaults.clear(first.id)).toEqual({ cleared: 1 });
    expect((await rehearsal.control.loginFaults.list()).map((fault) => fault.kind)).toEqual(['clock-skew']);
    expect(await rehearsal.control.loginFaults.clearAll()).toEqual({ cleared: 1 });
    await expect(rehearsal.control.loginFaults.clear(first.id)).rejects.toMatchObject({ status: 404 });
  });
});

function roundedHours(time: unknown): number {
  return Math.round((Number(time) - NOW()) / 3600);
}
