import { getCACertificates } from 'node:tls';
import type { OutboundFetch, OutboundRequest, OutboundResponse } from '@gatehouse/contracts/outbound';
import { Agent, type Dispatcher, ProxyAgent, request as send } from 'undici';
import {
  addressProblem,
  bareHostname,
  hostnameProblem,
  isLoopbackAddress,
  isLoopbackHost,
} from './address-rules.ts';
import { createGuardedLookup, type Resolve, systemResolve } from './guarded-lookup.ts';
import { outboundFailure, translateFailure } from './outbound-failure.ts';
import { acceptedEncodings, BodyTooLargeError, readBody } from './read-body.ts';

const defaultTimeoutMs = 10_000;
const defaultMaxBytes = 1024 * 1024;
/** The most that a caller may ask for: a page of users. */
const largestMaxBytes = 5 * 1024 * 1024;
const connectTimeoutMs = 10_000;
const connectionsPerOrigin = 8;

export type OutboundFetchOptions = {
  /** Origins that may be private, and for loopback hosts http (`OUTBOUND_ALLOW`). */
  allow: readonly string[];
  /** `http://[user:password@]host[:port]`. Names and literals are checked here, the proxy resolves. */
  proxy?: string;
  /** Certificates in PEM that are trusted besides the built-in ones. */
  ca?: string;
  /** Product and version, for the `user-agent` header. */
  userAgent: string;
  /** Default: the system's resolver. */
  resolve?: Resolve;
};

/** The one door to configured hosts. */
export type GuardedFetch = {
  fetch: OutboundFetch;
  /** Cancels what is under way and closes all connections; later calls are refused as `aborted`. */
  close: () => Promise<void>;
};

type Dispatchers = { guarded: Dispatcher; allowed: Dispatcher; loopback: Dispatcher };

/**
 * Makes the guarded fetch: https only, public addresses only, no redirects, bounded in time and size.
 * Allow-listed origins are exempt from the address rule; a loopback name among them must still resolve to
 * loopback. Loopback hosts are never called through the proxy.
 */
export function createOutboundFetch(options: OutboundFetchOptions): GuardedFetch {
  const allow = new Set(options.allow);
  const dispatchers = createDispatchers(options);
  const closing = new AbortController();

  async function guardedFetch(request: OutboundRequest): Promise<OutboundResponse> {
    const url = URL.parse(request.url);
    if (url === null) throw outboundFailure('invalid-request', 'the address');
    const dispatcher = dispatchers[chooseRoute(url, allow)];
    const headers = { ...lowerCased(request.headers ?? {}), 'user-agent': options.userAgent };
    return exchange({ request: { ...request, headers }, url, dispatcher, closing: closing.signal });
  }

  async function close(): Promise<void> {
    closing.abort();
    await Promise.all([...new Set(Object.values(dispatchers))].map((dispatcher) => dispatcher.destroy()));
  }

  return { fetch: guardedFetch, close };
}

/** @throws OutboundError before anything is sent or resolved */
function chooseRoute(url: URL, allow: ReadonlySet<string>): keyof Dispatchers {
  const host = bareHostname(url.hostname);
  const isAllowed = allow.has(url.origin);
  const isLoopback = isLoopbackHost(host);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isAllowed && isLoopback)) {
    throw outboundFailure('blocked-scheme', host === '' ? 'the address' : host);
  }
  if (url.username !== '' || url.password !== '') throw outboundFailure('invalid-request', host);
  if (isAllowed) return isLoopback ? 'loopback' : 'allowed';
  const problem = hostnameProblem(host);
  if (problem !== null) throw outboundFailure('blocked-address', host, { reason: problem });
  return 'guarded';
}

function createDispatchers(options: OutboundFetchOptions): Dispatchers {
  const resolve = options.resolve ?? systemResolve;
  const ca = options.ca === undefined ? {} : { ca: [...getCACertificates('default'), options.ca] };
  const limits = { connections: connectionsPerOrigin, allowH2: false, keepAliveTimeout: 10_000 };
  function direct(problemOf: (address: string) => string | null): Dispatcher {
    const connect = { ...ca, timeout: connectTimeoutMs, lookup: createGuardedLookup(resolve, problemOf) };
    return new Agent({ ...limits, connect });
  }
  const loopback = direct((address) => (isLoopbackAddress(address) ? null : 'not loopback'));
  if (options.proxy !== undefined) {
    const proxied = new ProxyAgent({
      ...limits,
      uri: options.proxy,
      connectTimeout: connectTimeoutMs,
      requestTls: ca,
      proxyTls: ca,
    });
    return { guarded: proxied, allowed: proxied, loopback };
  }
  return { guarded: direct(addressProblem), allowed: direct(() => null), loopback };
}

type Exchange = {
  request: OutboundRequest;
  url: URL;
  dispatcher: Dispatcher;
  closing: AbortSignal;
};

/** One request and its whole answer within one time limit. */
async function exchange({ request, url, dispatcher, closing }: Exchange): Promise<OutboundResponse> {
  const host = bareHostname(url.hostname);
  const stop = new AbortController();
  // undici hears an abort only once it is connected, so the wait for an answer is given up here as well.
  const stopped = Promise.withResolvers<never>();
  let isLate = false;
  function abort(): void {
    stop.abort();
    stopped.reject(outboundFailure(isLate ? 'timed-out' : 'aborted', host));
  }
  const timer = setTimeout(() => {
    isLate = true;
    abort();
  }, request.timeoutMs ?? defaultTimeoutMs);
  // Listeners by hand: AbortSignal.any() would keep one entry a call on signals that live long.
  const signals = request.signal === undefined ? [closing] : [closing, request.signal];
  for (const signal of signals) signal.addEventListener('abort', abort, { once: true });
  try {
    if (signals.some((signal) => signal.aborted)) throw outboundFailure('aborted', host);
    const answer = sendAndRead({ request, url, dispatcher, host, signal: stop.signal });
    answer.catch(() => undefined);
    return await Promise.race([stopped.promise, answer]);
  } catch (error) {
    throw translateFailure(error, host);
  } finally {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener('abort', abort);
  }
}

async function sendAndRead(call: {
  request: OutboundRequest;
  url: URL;
  dispatcher: Dispatcher;
  host: string;
  signal: AbortSignal;
}): Promise<OutboundResponse> {
  const { request, url, host } = call;
  const method = (request.method ?? 'GET').toUpperCase();
  const maxBytes = Math.min(request.maxBytes ?? defaultMaxBytes, largestMaxBytes);
  const answer = await send(url, {
    dispatcher: call.dispatcher,
    method,
    headers: { ...request.headers, 'accept-encoding': acceptedEncodings },
    body: request.body ?? null,
    signal: call.signal,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const { statusCode: status, body } = answer;
  const headers = toHeaders(answer.headers);
  const isRedirect = status >= 300 && status < 400 && request.redirects !== 'report';
  const isTooLong = method !== 'HEAD' && Number(headers.get('content-length') ?? 0) > maxBytes;
  if (isRedirect || isTooLong) {
    body.on('error', () => undefined).destroy();
    throw isRedirect
      ? outboundFailure('blocked-redirect', host, { status })
      : outboundFailure('too-large', host, { status });
  }
  const encoding = method === 'HEAD' || status === 204 ? undefined : headers.get('content-encoding');
  try {
    return { status, headers, body: await readBody(body, encoding ?? undefined, maxBytes) };
  } catch (error) {
    body.on('error', () => undefined).destroy();
    if (error instanceof BodyTooLargeError)
      throw outboundFailure('too-large', host, { status, cause: error });
    throw error;
  }
}

function toHeaders(raw: Record<string, string | string[] | undefined>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) headers.append(name, one);
  }
  return headers;
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
