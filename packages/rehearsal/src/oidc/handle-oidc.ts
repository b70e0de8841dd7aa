import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorBody } from '../api/respond.ts';
import type { Call } from '../calls/call-log.ts';
import { DecoyKeys } from '../login-faults/decoy-keys.ts';
import { ERROR_RESPONSE_KINDS, PLAIN_RESPONSE_KINDS } from '../login-faults/login-fault-input.ts';
import { applyResponseFaults } from '../login-faults/response-faults.ts';
import { BEFORE_STEP_KINDS, oversized, rateLimitHeaders, strikeStep } from '../login-faults/step-faults.ts';
import { notFound, OktaError } from '../okta-error.ts';
import type { World } from '../world.ts';
import { type Answer, sendAnswer } from './answer.ts';
import {
  type AuthorizationServer,
  authorizationServers,
  routeOf,
  type Step,
} from './authorization-server.ts';
import type { AuthorizeContext } from './authorize.ts';
import { Engine } from './engine.ts';
import { claimedClient, readParameters, strikerOf } from './exchange.ts';
import { STEP_ANSWERS } from './steps.ts';

/** The authorization servers of the rehearsal, as the HTTP side and the sign-in page use them. */
export type OpenIdConnect = {
  /** Answers a request below `/oauth2` or `/.well-known`; false when the path is none of ours. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** What brings somebody who signed in back to the app. */
  readonly contextOf: (server: 'org' | 'default') => AuthorizeContext;
};

export function createOpenIdConnect(world: World): OpenIdConnect {
  const servers = authorizationServers(world.origin);
  const engines = { org: new Engine(world, servers.org), default: new Engine(world, servers.default) };
  const decoys = new DecoyKeys();

  function contextOf(id: 'org' | 'default', call?: Call): AuthorizeContext {
    return {
      world,
      engine: engines[id],
      editResponse(parameters, app) {
        if (!parameters.some(([name]) => name === 'code')) return parameters;
        const kinds = [...PLAIN_RESPONSE_KINDS, ...ERROR_RESPONSE_KINDS];
        const faults = world.loginFaults.strike(kinds, { step: 'authorize', clientId: app.id });
        call?.faults.push(...faults.map((fault) => fault.kind));
        return applyResponseFaults(parameters, faults, servers[id].issuer);
      },
    };
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    at: { server: AuthorizationServer; step: Step; url: URL; call: Call },
  ): Promise<Answer> {
    const { server, step, url, call } = at;
    const engine = engines[server.id];
    const parameters = await readParameters(request, step, url);
    call.clientId = claimedClient(request, parameters, { step, engine });
    const strike = strikerOf(world, call, { step, clientId: call.clientId });
    const skew = strike('clock-skew').reduce((sum, fault) => sum + fault.seconds, 0);
    response.setHeader('Date', new Date(world.now() + skew * 1000).toUTCString());
    const instead = await strikeStep(strike(...BEFORE_STEP_KINDS));
    if (instead) return instead;
    const made = await STEP_ANSWERS[step]({
      world,
      engine,
      authorizeContext: contextOf(server.id, call),
      decoys,
      foreign: server.id === 'org' ? servers.default : servers.org,
      request,
      parameters,
      call,
      strike,
      skew,
    });
    return oversized(made, strike('step-oversized'));
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const url = new URL(request.url ?? '/', world.origin);
    const route = routeOf(servers, url.pathname);
    if (route === null) return false;
    const { method = 'GET' } = request;
    const call = world.calls.begin({ method, path: url.pathname, bucket: '/oauth2', now: world.now() });
    noteTheEnd(call, response);
    try {
      if ('unknownServer' in route) throw notFound(route.unknownServer, 'AuthorizationServer');
      if ('unknownPath' in route) throw notFound(route.unknownPath, 'Endpoint');
      const made = await answer(request, response, { ...route, url, call });
      if (!response.destroyed) sendAnswer(response, made);
    } catch (error) {
      if (!response.destroyed) sendAnswer(response, refusalAnswer(error, world.now()));
    }
    return true;
  }

  return { handle, contextOf: (server) => contextOf(server) };
}

function refusalAnswer(error: unknown, now: number): Answer {
  const isKnown = error instanceof OktaError;
  if (!isKnown) process.stderr.write(`rehearsal: ${error instanceof Error ? error.stack : String(error)}\n`);
  const refusal = isKnown ? error : new OktaError(500, 'E0000009', 'Internal Server Error');
  return {
    status: refusal.status,
    headers: {
      'content-type': 'application/json',
      ...(refusal.status === 429 ? rateLimitHeaders(now) : {}),
    },
    body: errorBody(refusal).toString(),
  };
}

function noteTheEnd(call: Call, response: ServerResponse): void {
  const startedAt = performance.now();
  response.once('close', () => {
    call.status = response.headersSent ? response.statusCode : 0;
    call.milliseconds = Math.round(performance.now() - startedAt);
  });
}
