import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorBody } from '../api/respond.ts';
import type { Call } from '../calls/call-log.ts';
import { notFound, OktaError } from '../okta-error.ts';
import type { World } from '../world.ts';
import { type Answer, jsonAnswer, sendAnswer, wrongMethod } from './answer.ts';
import { authorizationServers, routeOf, type Step } from './authorization-server.ts';
import { type AuthorizeContext, authorize } from './authorize.ts';
import { Engine } from './engine.ts';
import { publicJwk } from './key-store.ts';
import { logOut } from './logout.ts';
import { metadataOf } from './metadata.ts';
import { readForm } from './read-form.ts';
import { askForApp } from './token.ts';

/** The authorization servers of the rehearsal, as the HTTP side and the sign-in page use them. */
export type OpenIdConnect = {
  /** Answers a request below `/oauth2` or `/.well-known`; false when the path is none of ours. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  readonly contextOf: (server: 'org' | 'default') => AuthorizeContext;
};

export function createOpenIdConnect(world: World): OpenIdConnect {
  const servers = authorizationServers(world.origin);
  const engines = { org: new Engine(world, servers.org), default: new Engine(world, servers.default) };
  const contextOf = (server: 'org' | 'default'): AuthorizeContext => ({
    world,
    engine: engines[server],
    editResponse: (parameters) => parameters,
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const url = new URL(request.url ?? '/', world.origin);
    const route = routeOf(servers, url.pathname);
    if (route === null) return false;
    const call = world.calls.begin({
      method: request.method ?? 'GET',
      path: url.pathname,
      bucket: '/oauth2',
      now: world.now(),
    });
    noteTheEnd(call, response);
    response.setHeader('Date', new Date(world.now()).toUTCString());
    try {
      if ('unknownServer' in route) throw notFound(route.unknownServer, 'AuthorizationServer');
      if ('unknownPath' in route) throw notFound(route.unknownPath, 'Endpoint');
      const context = contextOf(route.server.id);
      sendAnswer(response, await STEPS[route.step]({ context, request, url, call }));
    } catch (error) {
      sendAnswer(response, refusalAnswer(error));
    }
    return true;
  }

  return { handle, contextOf };
}

type Exchange = {
  readonly context: AuthorizeContext;
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly call: Call;
};

const STEPS: Readonly<Record<Step, (exchange: Exchange) => Promise<Answer>>> = {
  async discovery({ context, request }) {
    assertMethod(request, 'GET');
    return jsonAnswer(200, metadataOf(context.engine.server, context.world.origin));
  },
  async keys({ context, request }) {
    assertMethod(request, 'GET');
    const keys = (await context.world.keys.all()).filter((key) => key.isPublished).map(publicJwk);
    return jsonAnswer(200, { keys });
  },
  async authorize({ context, request, url, call }) {
    assertMethod(request, 'GET', 'POST');
    const parameters = request.method === 'POST' ? await readForm(request) : url.searchParams;
    call.clientId = parameters.get('client_id');
    return authorize(context, parameters, request.headers.cookie);
  },
  token: (exchange) => postForApp(exchange, 'token'),
  introspect: (exchange) => postForApp(exchange, 'introspect'),
  revoke: (exchange) => postForApp(exchange, 'revoke'),
  async userinfo({ context, request }) {
    assertMethod(request, 'GET', 'POST');
    const { authorization } = request.headers;
    return context.engine.ask({
      method: 'GET',
      path: `${context.engine.server.base}/userinfo`,
      headers: { accept: 'application/json', ...(authorization === undefined ? {} : { authorization }) },
    });
  },
  async logout({ context, request, url }) {
    assertMethod(request, 'GET', 'POST');
    const parameters = request.method === 'POST' ? await readForm(request) : url.searchParams;
    return logOut(context.world, context.engine.server, parameters, request.headers.cookie);
  },
};

async function postForApp(exchange: Exchange, step: 'token' | 'introspect' | 'revoke'): Promise<Answer> {
  const { context, request, call } = exchange;
  assertMethod(request, 'POST');
  const form = await readForm(request);
  const { answer, app } = await askForApp(context, step, {
    authorization: request.headers.authorization,
    form,
  });
  call.clientId = app?.id ?? null;
  return answer;
}

function assertMethod(request: IncomingMessage, ...allowed: ('GET' | 'POST')[]): void {
  if (!allowed.some((method) => method === request.method)) throw wrongMethod();
}

function refusalAnswer(error: unknown): Answer {
  const isKnown = error instanceof OktaError;
  if (!isKnown) process.stderr.write(`rehearsal: ${error instanceof Error ? error.stack : String(error)}\n`);
  const refusal = isKnown ? error : new OktaError(500, 'E0000009', 'Internal Server Error');
  return {
    status: refusal.status,
    headers: { 'content-type': 'application/json' },
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
