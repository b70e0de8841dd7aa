import type { IncomingMessage } from 'node:http';
import type { Call } from '../calls/call-log.ts';
import type { DecoyKeys } from '../login-faults/decoy-keys.ts';
import type { LoginFault, LoginTarget } from '../login-faults/login-fault-board.ts';
import type { LoginFaultKind } from '../login-faults/login-fault-input.ts';
import type { World } from '../world.ts';
import type { AuthorizationServer, Step } from './authorization-server.ts';
import type { AuthorizeContext } from './authorize.ts';
import { basicCredentials } from './client-authentication.ts';
import type { Engine } from './engine.ts';
import { readForm } from './read-form.ts';

/** Strikes the login faults of these kinds for one request, and notes them in its log entry. */
export type StrikeLogin = <Kind extends LoginFaultKind>(...kinds: readonly Kind[]) => LoginFault<Kind>[];

/** One request to an authorization server, read as far as every step needs it. */
export type Exchange = {
  readonly world: World;
  readonly engine: Engine;
  readonly authorizeContext: AuthorizeContext;
  readonly decoys: DecoyKeys;
  /** The org's other authorization server. */
  readonly foreign: AuthorizationServer;
  readonly request: IncomingMessage;
  /** The query, or the form of a POST. */
  readonly parameters: URLSearchParams;
  readonly call: Call;
  readonly strike: StrikeLogin;
  /** Seconds by which the clock is wrong. */
  readonly skew: number;
};

/** The query of a GET, the form of a POST. Throws OktaError when the body is no form. */
export async function readParameters(
  request: IncomingMessage,
  step: Step,
  url: URL,
): Promise<URLSearchParams> {
  const takesForm = step !== 'discovery' && step !== 'keys' && step !== 'userinfo';
  return request.method === 'POST' && takesForm ? readForm(request) : url.searchParams;
}

/** The app that a request says it comes from; null when it says nothing. */
export function claimedClient(
  request: IncomingMessage,
  parameters: URLSearchParams,
  at: { step: Step; engine: Engine },
): string | null {
  const { authorization } = request.headers;
  if (at.step === 'discovery' || at.step === 'keys') return null;
  if (at.step === 'userinfo')
    return at.engine.clientOfToken(/^bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '');
  return basicCredentials(authorization)?.id ?? parameters.get('client_id');
}

export function strikerOf(world: World, call: Call, target: LoginTarget): StrikeLogin {
  return (...kinds) => {
    const struck = world.loginFaults.strike(kinds, target);
    call.faults.push(...struck.map((fault) => fault.kind));
    return struck;
  };
}
