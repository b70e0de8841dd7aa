import type { LoginFailureCode, LoginStepCode } from '@gatehouse/contracts/login-codes';
import type { Claims, TakenLogin } from './flow.ts';
import { LoginError } from './login-result.ts';
import type { TakenTransaction, Upstream } from './ports.ts';
import { cutText } from './seen-text.ts';

/** An IdP that cannot log anybody in. */
export type UnavailableUpstream = {
  readonly unavailable: 'idp-disabled' | 'idp-removed' | 'idp-incomplete';
  /** Version in force, for the tracker of a login that has none yet; absent when the IdP is gone. */
  readonly settingsVersion?: number;
};

/** Parameters of the way back, read once. */
export type CallbackAnswer = {
  /** Null: missing, or more than once. */
  readonly state: string | null;
  /** First parameter that occurs more than once. */
  readonly doubled: string | null;
  readonly parameters: URLSearchParams;
};

export function readCallback(rawQuery: string): CallbackAnswer {
  const parameters = new URLSearchParams(rawQuery);
  const names = [...parameters.keys()];
  const doubled = names.find((name, index) => names.indexOf(name) !== index) ?? null;
  const states = parameters.getAll('state');
  const state = states.length === 1 && states[0] !== '' ? (states[0] ?? null) : null;
  return { state, doubled, parameters };
}

/** Names without values, for the trace. */
export function parameterNames({ parameters }: CallbackAnswer): readonly string[] {
  return [...new Set(parameters.keys())].slice(0, 20).map((name) => cutText(name, 40));
}

function refuse(
  code: LoginFailureCode,
  step: LoginStepCode,
  rest: { facts?: Claims; expected?: string; seen?: string } = {},
): never {
  const { facts = {}, ...values } = rest;
  throw new LoginError({ code, step, facts }, values);
}

/**
 * Is this transaction one of this IdP, in time, and is the IdP as it was? Before anything of the answer is looked at.
 *
 * @throws LoginError
 */
export function checkTransaction(
  transaction: TakenTransaction | null,
  upstream: Upstream | UnavailableUpstream,
  { idpId, now }: { readonly idpId: number; readonly now: number },
): asserts transaction is TakenTransaction {
  if (transaction === null)
    refuse('transaction-missing', 'state-matches', { expected: 'a login under way', seen: 'none' });
  if (transaction.idpId !== idpId) refuse('transaction-of-other-idp', 'state-matches');
  if (transaction.expiresAt <= now) {
    const expected = `until ${new Date(transaction.expiresAt).toISOString()}`;
    refuse('transaction-expired', 'state-matches', { expected, seen: new Date(now).toISOString() });
  }
  checkInForce(transaction, upstream, 'returned');
}

/**
 * Is the IdP there, on, and as it was when the login began?
 *
 * @throws LoginError
 */
export function checkInForce(
  { loginVersion }: Pick<TakenTransaction, 'loginVersion'>,
  upstream: Upstream | UnavailableUpstream,
  step: LoginStepCode,
): void {
  if ('unavailable' in upstream) refuse(upstream.unavailable, step);
  if (upstream.loginVersion !== loginVersion) refuse('idp-changed', step);
}

/**
 * Does the answer belong to the transaction, and is there anything in it? The library compares state and issuer again.
 *
 * @throws LoginError
 */
export function checkAnswer({ state, doubled, parameters }: CallbackAnswer, login: TakenLogin): void {
  const { transaction, upstream } = login;
  if (doubled !== null) {
    refuse('parameter-doubled', 'returned', {
      facts: { parameter: cutText(doubled, 40) },
      expected: 'each parameter once',
      seen: `${cutText(doubled, 40)} more than once`,
    });
  }
  if (state === null)
    refuse('state-missing', 'state-matches', { expected: 'the one that was sent', seen: 'missing' });
  if (!transaction.stateMatches || state !== transaction.state) {
    refuse('state-differs', 'state-matches', { expected: 'the one that was sent', seen: 'differs' });
  }
  const { issuer, sendsIss } = upstream.metadata;
  const iss = parameters.get('iss') ?? '';
  if (iss !== '' && iss !== issuer) {
    refuse('response-iss-differs', 'returned', { expected: issuer, seen: cutText(iss, 300) });
  }
  if (iss === '' && sendsIss)
    refuse('response-iss-missing', 'returned', { expected: issuer, seen: 'missing' });
  if (parameters.get('error')) return;
  const foreign = ['response', 'id_token', 'token', 'access_token'].find((name) => parameters.has(name));
  if (foreign !== undefined)
    refuse('upstream-error', 'returned', {
      facts: { parameter: foreign },
      expected: 'a code',
      seen: foreign,
    });
  if (!parameters.get('code')) refuse('code-missing', 'returned', { expected: 'a code', seen: 'none' });
}
