import type {
  Endpoint,
  EndpointAnswer,
  EndpointBody,
  EndpointParams,
  EndpointQuery,
} from '@gatehouse/contracts/endpoint';
import type { EndpointName, Endpoints } from '@gatehouse/contracts/endpoints';
import type { Request, Response } from 'express';
import type { Logger } from '../logging/logger.ts';
import { hashSessionToken, type StaffSession, type StaffSessionReader } from '../staff/staff-session.ts';
import { ApiError } from './errors.ts';
import { parseBody, parseParams, parseQuery } from './parse-request.ts';
import type { SessionCookie } from './session-cookie.ts';

/** What handlers may know of the request beside its parsed parts. */
export type RequestFacts = {
  /** Stands in the log and in the audit. */
  readonly id: string;
  readonly remoteAddress: string;
  readonly userAgent: string;
  /** As the browser sees it, as far as a trusted proxy tells. */
  readonly protocol: string;
  /** A proxy in front has added `X-Forwarded-For`. */
  readonly isForwarded: boolean;
  readonly log: Logger;
};

/** The session cookie of this request and its answer. */
export type CookieDoor = { read(): string | null; set(token: string): void; clear(): void };

type SessionPart<E extends Endpoint> = E['role'] extends 'public'
  ? { findSession: () => Promise<StaffSession | null> }
  : { session: StaffSession };

type RawPart<E extends Endpoint> = E['raw'] extends object
  ? { http: { request: Request; response: Response } }
  : unknown;

/** What a handler gets, by the endpoint's declaration. Raw endpoints also get Express's request and response. */
export type HandlerInput<E extends Endpoint> = {
  params: EndpointParams<E>;
  query: EndpointQuery<E>;
  body: EndpointBody<E>;
  request: RequestFacts;
  cookie: CookieDoor;
} & SessionPart<E> &
  RawPart<E>;

export type Handler<E extends Endpoint> = (input: HandlerInput<E>) => Promise<EndpointAnswer<E>>;

/** What every route needs from the frame. */
export type RouteFrame = { readonly sessions: StaffSessionReader; readonly sessionCookie: SessionCookie };

export type Route<E extends Endpoint = Endpoint> = {
  readonly endpoint: E;
  readonly serve: (exchange: { request: Request; response: Response; frame: RouteFrame }) => Promise<void>;
};

/** The routes of a group of endpoints, e.g. `RoutesFor<typeof accountEndpoints>`. */
export type RoutesFor<T extends Record<string, Endpoint>> = { readonly [Name in keyof T]: Route<T[Name]> };

/** Every endpoint of the contract; one that is missing does not compile. */
export type RouteTable = { readonly [Name in EndpointName]: Route<Endpoints[Name]> };

/**
 * Joins an endpoint to its handler: role enforced, input parsed, answer cut down to the response schema.
 * Handlers throw `ApiError` for everything that is not success.
 */
export function implement<E extends Endpoint>(endpoint: E, handler: Handler<E>): Route<E> {
  async function serve(exchange: Parameters<Route['serve']>[0]): Promise<void> {
    const { request, response, frame } = exchange;
    const session = await authorize(endpoint, request, frame);
    const input = {
      params: parseParams(endpoint, request),
      query: parseQuery(endpoint, request),
      body: parseBody(endpoint, request),
      request: readFacts(request),
      cookie: {
        read: () => frame.sessionCookie.read(request),
        set: (token: string) => frame.sessionCookie.set(response, token),
        clear: () => frame.sessionCookie.clear(response),
      },
      ...(session === null ? { findSession: () => findSession(request, frame) } : { session }),
      ...(endpoint.raw ? { http: { request, response } } : {}),
    };
    // The parts are built from the same declaration that types them.
    const answer = await handler(input as unknown as HandlerInput<E>);
    if (!endpoint.raw) sendAnswer(endpoint, response, answer);
  }
  return { endpoint, serve };
}

/** Null for public endpoints. */
async function authorize(
  endpoint: Endpoint,
  request: Request,
  frame: RouteFrame,
): Promise<StaffSession | null> {
  if (endpoint.role === 'public') return null;
  const session = await findSession(request, frame);
  if (session === null)
    throw new ApiError('not-signed-in', 'Sign in first: there is no session, or it is over.');
  if (endpoint.role === 'admin' && session.account.role !== 'admin') {
    throw new ApiError('not-allowed', 'This needs the role admin; your account has the role support.');
  }
  return session;
}

async function findSession(request: Request, frame: RouteFrame): Promise<StaffSession | null> {
  const token = frame.sessionCookie.read(request);
  return token === null ? null : frame.sessions.find(hashSessionToken(token));
}

function readFacts(request: Request): RequestFacts {
  return {
    id: String(request.id),
    remoteAddress: request.ip ?? '',
    userAgent: (request.get('user-agent') ?? '').slice(0, 300),
    protocol: request.protocol,
    isForwarded: request.get('x-forwarded-for') !== undefined,
    log: request.log,
  };
}

/** Keys that the response schema does not name are dropped here. */
function sendAnswer(endpoint: Endpoint, response: Response, answer: unknown): void {
  response.set('cache-control', 'no-store');
  if (!endpoint.response) {
    response.status(endpoint.status ?? 204).end();
    return;
  }
  response.status(endpoint.status ?? 200).json(endpoint.response.parse(answer));
}
