import { createHash, randomBytes } from 'node:crypto';
import type { AppView } from '../control/control-types.ts';
import { type CookieJar, signInAs } from '../sign-in-client.ts';
import type { Rehearsal } from '../start-rehearsal.ts';

export const CALLBACK = 'http://127.0.0.1:9/callback';

export type Login = {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly authorizeUrl: string;
};

/** A login that an app begins, with state, nonce and PKCE; `changes` replaces parameters, null removes one. */
export function beginLogin(
  rehearsal: Rehearsal,
  app: AppView,
  changes: Readonly<Record<string, string | null>> = {},
  base = '/oauth2/v1',
): Login {
  const [state, nonce, verifier] = [random(), random(), random()];
  const parameters: Record<string, string | null> = {
    client_id: app.clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid profile email',
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  };
  const kept = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== null);
  const authorizeUrl = `${rehearsal.url}${base}/authorize?${new URLSearchParams(kept)}`;
  return { state, nonce, verifier, authorizeUrl };
}

export type TokenAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Readonly<Record<string, string>>;
};

/** Redeems a code with client_secret_basic and the right verifier; `changes` replaces fields, null removes one. */
export async function redeem(
  rehearsal: Rehearsal,
  app: AppView,
  login: Login,
  callback: string,
  changes: Readonly<Record<string, string | null>> = {},
  base = '/oauth2/v1',
): Promise<TokenAnswer> {
  const fields: Record<string, string | null> = {
    grant_type: 'authorization_code',
    code: new URL(callback).searchParams.get('code'),
    redirect_uri: CALLBACK,
    code_verifier: login.verifier,
    ...changes,
  };
  const kept = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== null);
  const isPublic = app.clientSecret === null;
  const response = await fetch(`${rehearsal.url}${base}/token`, {
    method: 'POST',
    headers: isPublic ? {} : { authorization: basic(app.clientId, app.clientSecret) },
    body: new URLSearchParams(isPublic ? [...kept, ['client_id', app.clientId]] : kept),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

/** The whole login: begin, sign in, redeem. */
export async function logIn(
  rehearsal: Rehearsal,
  app: AppView,
  login: string,
  options: { jar?: CookieJar; scope?: string; base?: string } = {},
): Promise<{ begun: Login; callback: string; tokens: TokenAnswer }> {
  const changes: Record<string, string> = options.scope === undefined ? {} : { scope: options.scope };
  const begun = beginLogin(rehearsal, app, changes, options.base);
  const callback = await signInAs(begun.authorizeUrl, login, options);
  const tokens = await redeem(rehearsal, app, begun, callback, {}, options.base);
  return { begun, callback, tokens };
}

export function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

export function random(): string {
  return randomBytes(32).toString('base64url');
}

function parse(text: string): Record<string, string> {
  try {
    return JSON.parse(text) as Record<string, string>;
  } catch {
    return {};
  }
}
