import type { App } from '../apps/app.ts';
import { type Answer, oauthError } from '../oidc/answer.ts';
import type { KeyStore } from '../oidc/key-store.ts';
import type { DecoyKeys } from './decoy-keys.ts';
import { ID_TOKEN_FAULTS, type IdTokenDraft, type IdTokenFaultKind, replaced } from './id-token-faults.ts';
import { breakSignature, readToken, type TokenSigner, writeToken } from './jwt.ts';
import type { LoginFault } from './login-fault-board.ts';
import { CLAIMS_KINDS, PLAIN_ID_TOKEN_KINDS, TIMED_ID_TOKEN_KINDS } from './login-fault-input.ts';

/** What can be wrong with a successful answer of the token endpoint, besides its ID token. */
const ANSWER_KINDS = ['id-token-missing', 'token-type-odd'] as const;

/** Faults that strike a token answer. */
export const TOKEN_ANSWER_KINDS = [
  ...ANSWER_KINDS,
  ...CLAIMS_KINDS,
  ...PLAIN_ID_TOKEN_KINDS,
  ...TIMED_ID_TOKEN_KINDS,
] as const;

type TokenAnswerFault = LoginFault<(typeof TOKEN_ANSWER_KINDS)[number]>;

export type TokenFaultContext = {
  readonly app: App;
  readonly keys: KeyStore;
  readonly decoys: DecoyKeys;
  readonly foreignIssuer: string;
  /** Seconds by which the clock is wrong. */
  readonly skew: number;
};

export function clientRefused(): Answer {
  return oauthError(
    401,
    'invalid_client',
    'The client secret supplied for a confidential client is invalid.',
  );
}

/** A successful token answer with the faults applied; its ID token is signed anew where it changed. */
export async function faultyTokenAnswer(
  answer: Answer,
  faults: readonly TokenAnswerFault[],
  context: TokenFaultContext,
): Promise<Answer> {
  if (answer.status !== 200 || (faults.length === 0 && context.skew === 0)) return answer;
  const body = JSON.parse(answer.body) as Record<string, unknown>;
  const isMissing = faults.some((fault) => fault.kind === 'id-token-missing');
  const isOdd = faults.some((fault) => fault.kind === 'token-type-odd');
  const idToken = typeof body.id_token === 'string' ? body.id_token : undefined;
  const changed = replaced(body, {
    id_token: isMissing || idToken === undefined ? undefined : await faultyIdToken(idToken, faults, context),
    ...(isOdd ? { token_type: 'mac' } : {}),
  });
  return { ...answer, body: JSON.stringify(changed) };
}

async function faultyIdToken(
  idToken: string,
  faults: readonly TokenAnswerFault[],
  context: TokenFaultContext,
): Promise<string> {
  const { header, payload } = readToken(idToken);
  const now = Math.floor(Date.now() / 1000) + context.skew;
  let draft: IdTokenDraft = {
    header,
    payload: shiftTimes(payload, context.skew),
    signer: 'own',
    isBroken: false,
  };
  for (const fault of faults) {
    if (isIdTokenFault(fault)) {
      const seconds = 'seconds' in fault ? fault.seconds : undefined;
      draft = ID_TOKEN_FAULTS[fault.kind](draft, {
        clientId: context.app.id,
        foreignIssuer: context.foreignIssuer,
        now,
        seconds,
      });
    } else {
      draft = { ...draft, payload: faultyClaims(draft.payload, [fault]) };
    }
  }
  const signed = await signDraft(draft, context);
  return draft.isBroken ? breakSignature(signed) : signed;
}

/** Claims with those faults applied that change what is said about the person. */
export function faultyClaims(
  claims: Readonly<Record<string, unknown>>,
  faults: readonly LoginFault[],
): Readonly<Record<string, unknown>> {
  return faults.reduce<Readonly<Record<string, unknown>>>((changed, fault) => {
    if (fault.kind === 'email-verified') {
      return replaced(changed, { email_verified: fault.value === 'absent' ? undefined : fault.value });
    }
    if (fault.kind !== 'claims-replaced') return changed;
    const given = Object.entries(fault.claims).map(([name, value]) => [name, value ?? undefined] as const);
    return replaced(changed, Object.fromEntries(given));
  }, claims);
}

async function signDraft(draft: IdTokenDraft, context: TokenFaultContext): Promise<string> {
  const { decoys, keys, app } = context;
  switch (draft.signer) {
    case 'none':
      return writeToken(draft, { alg: 'none' });
    case 'secret':
      return writeToken(draft, { alg: 'HS256', secret: app.secret ?? '' });
    case 'ec': {
      const { kid, jwk } = await decoys.ec();
      return writeToken({ ...draft, header: { ...draft.header, kid } }, { alg: 'ES256', jwk });
    }
    case 'foreign':
    case 'own': {
      const { jwk } = draft.signer === 'own' ? await keys.current() : await decoys.rsa();
      const signer: TokenSigner = { alg: 'RS256', jwk };
      return writeToken(draft, signer);
    }
  }
}

function shiftTimes(payload: Readonly<Record<string, unknown>>, skew: number): Record<string, unknown> {
  const shifted = (name: string) => {
    const time = payload[name];
    return typeof time === 'number' ? time + skew : undefined;
  };
  return replaced(payload, { iat: shifted('iat'), exp: shifted('exp'), auth_time: shifted('auth_time') });
}

function isIdTokenFault(fault: TokenAnswerFault): fault is LoginFault<IdTokenFaultKind> {
  return Object.hasOwn(ID_TOKEN_FAULTS, fault.kind);
}
