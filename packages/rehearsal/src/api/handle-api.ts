import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Call } from '../calls/call-log.ts';
import type { Fault } from '../faults/fault.ts';
import type { FaultTarget } from '../faults/fault-board.ts';
import type { FaultKind } from '../faults/fault-input.ts';
import { OktaError } from '../okta-error.ts';
import type { Token } from '../tokens/token-store.ts';
import type { World } from '../world.ts';
import { organizationMetadata } from './answers.ts';
import { authenticate, invalidToken } from './authenticate.ts';
import { bucketOf } from './buckets.ts';
import { Catalogue } from './catalogue.ts';
import { errorBody, send, setCommonHeaders, setRateLimitHeaders } from './respond.ts';
import { faultTarget, findRoute } from './route.ts';
import { type Exchange, runRoute } from './run-route.ts';
import { UserSerializer } from './serialize-user.ts';

export const WELL_KNOWN_PATH = '/.well-known/okta-organization';

/** Answers one request to the Management API or to Okta's public metadata. */
export type ApiHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Makes the handler for everything below `/api/v1`, and for Okta's organization metadata. */
export function createApiHandler(world: World): ApiHandler {
  const serializer = new UserSerializer(world.origin);
  let catalogue = new Catalogue(world.organisation);
  let catalogueOf = world.organisation;

  function currentCatalogue(): Catalogue {
    if (catalogueOf !== world.organisation) {
      catalogueOf = world.organisation;
      catalogue = new Catalogue(catalogueOf);
    }
    return catalogue;
  }

  return async function handleApi(request, response) {
    const path = request.url ?? '/';
    const url = new URL(path, world.origin);
    const call = world.calls.begin({
      method: request.method ?? 'GET',
      path,
      bucket: bucketOf(url.pathname),
      now: world.now(),
    });
    setCommonHeaders(response, world.now());
    noteTheEnd(call, response);
    const leave = world.limiter.enter();
    response.once('close', () => leave?.());
    try {
      if (!leave) {
        setRateLimitHeaders(response, world.limiter.concurrencyState(world.now()));
        throw tooManyRequests();
      }
      await answer({ world, call, request, response, url, serializer, catalogue: currentCatalogue });
    } catch (error) {
      if (response.headersSent || response.destroyed) return;
      const refusal = error instanceof OktaError ? error : internalError();
      if (refusal !== error) process.stderr.write(`rehearsal: ${String(error)}\n`);
      send(response, refusal.status, errorBody(refusal));
    }
  };
}

async function answer(at: {
  world: World;
  call: Call;
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  serializer: UserSerializer;
  catalogue: () => Catalogue;
}): Promise<void> {
  const { world, call, request, response, url } = at;
  const route = findRoute(url.pathname);
  const target = faultTarget(route, 0, 0);
  const strike = striker(world, call);

  const slow = strike('slow', target);
  if (slow) await delay(slow.milliseconds);
  if (response.destroyed) return;
  if (strike('html', target)) {
    sendHtml(response);
    return;
  }

  const { token, refusal } = identify(world, request);
  call.tokenName = token?.name ?? null;
  admit(at, token, strike('rate-limit-storm', target));
  if (url.pathname === WELL_KNOWN_PATH) {
    assertGet(request);
    const metadata = organizationMetadata(world.origin, world.organisation.recipe);
    send(response, 200, Buffer.from(JSON.stringify(metadata)));
    return;
  }
  if (strike('expired-token', target)) throw invalidToken();
  if (!token) throw refusal;
  assertGet(request);

  const narrowed = strike('narrowed-owner', target);
  const catalogue = at.catalogue();
  const exchange: Exchange = {
    world,
    response,
    strike,
    token,
    context: {
      organisation: world.organisation,
      catalogue,
      serializer: at.serializer,
      origin: world.origin,
      url,
      contentType: request.headers['content-type'],
      sight: catalogue.sight(token.owner, narrowed?.share ?? null),
    },
  };
  runRoute(exchange, route);
}

/** Strikes faults for one call and notes them in its log entry. */
function striker(world: World, call: Call): (kind: FaultKind, target: FaultTarget) => Fault | undefined {
  return (kind, target) => {
    const fault = world.faults.strike(kind, target, world.now());
    if (fault) call.faults.push(kind);
    return fault;
  };
}

function identify(
  world: World,
  request: IncomingMessage,
): { token: Token; refusal: null } | { token: null; refusal: unknown } {
  try {
    return { token: authenticate(world, request.headers.authorization), refusal: null };
  } catch (refusal) {
    return { token: null, refusal };
  }
}

/** Counts the request and sets the headers; throws OktaError E0000047 when there were too many. */
function admit(
  at: { world: World; url: URL; response: ServerResponse },
  token: Token | null,
  storm: Fault | undefined,
): void {
  const { world, url, response } = at;
  const bucket = bucketOf(url.pathname);
  const admission = world.limiter.admit(bucket, token?.id ?? 'anonymous', world.now());
  if (storm) {
    const end = storm.until ?? world.now() + storm.resetSeconds * 1000;
    setRateLimitHeaders(response, { limit: admission.limit, remaining: 0, reset: Math.ceil(end / 1000) });
    throw tooManyRequests();
  }
  setRateLimitHeaders(response, admission);
  if (!admission.isAllowed) throw tooManyRequests();
}

function assertGet(request: IncomingMessage): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  throw new OktaError(405, 'E0000022', 'The endpoint does not support the provided HTTP method');
}

function tooManyRequests(): OktaError {
  return new OktaError(429, 'E0000047', 'API call exceeded rate limit due to too many requests.');
}

function internalError(): OktaError {
  return new OktaError(500, 'E0000009', 'Internal Server Error');
}

function sendHtml(response: ServerResponse): void {
  response.setHeader('Content-Type', 'text/html;charset=utf-8');
  send(
    response,
    200,
    Buffer.from('<!DOCTYPE html><html lang="en"><title>Sign in</title><h1>Sign in to continue</h1></html>'),
  );
}

function noteTheEnd(call: Call, response: ServerResponse): void {
  const startedAt = performance.now();
  response.once('close', () => {
    call.status = response.headersSent ? response.statusCode : 0;
    call.milliseconds = Math.round(performance.now() - startedAt);
  });
}
