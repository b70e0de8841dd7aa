/**
 * The port through which connectors and login reach a configured host. The process hands in
 * its guarded fetch; a test hands in a function. Nothing here opens a connection.
 */

/** Why a call to a configured host did not end in a usable answer. */
export const outboundErrorCodes = [
  /** The request cannot be written: not an absolute address, one with credentials, or a header with forbidden characters. */
  'invalid-request',
  /** A scheme other than https, or http to a host that is not allow-listed for it. */
  'blocked-scheme',
  /** The name or literal leads to a private, loopback, link-local or otherwise special address. */
  'blocked-address',
  /** The host answered 3xx; redirects are never followed. */
  'blocked-redirect',
  /** The host name does not resolve. */
  'not-resolved',
  /** No complete answer within the time limit. */
  'timed-out',
  /** The host is not reachable: refused, no route, or the proxy turned the tunnel down. */
  'connection-refused',
  /** The TLS handshake failed: certificate not trusted, expired, for another name, or no common protocol. */
  'tls-failed',
  /** The answer, after decompression, is larger than the cap. */
  'too-large',
  /** The caller's signal fired, or the guarded fetch was closed. */
  'aborted',
  /** The connection broke, or what came back is not HTTP, before the answer was complete. */
  'connection-lost',
] as const;

export type OutboundErrorCode = (typeof outboundErrorCodes)[number];

/** One request to a configured host. */
export type OutboundRequest = {
  /** Absolute address. */
  url: string;
  /** Default GET. */
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** Time for the whole exchange, in milliseconds. Default 10,000. */
  timeoutMs?: number;
  /** Cap of the answer's body after decompression, in bytes. Default 1 MiB, at most 5 MiB. */
  maxBytes?: number;
  signal?: AbortSignal;
  /** `report` answers a 3xx as it came, its target unvisited; redirects are never followed. Default `refuse`. */
  redirects?: 'refuse' | 'report';
};

/** A complete answer; a 3xx only where the request asked for a report. */
export type OutboundResponse = {
  status: number;
  headers: Headers;
  /** Decoded as UTF-8. */
  body: string;
};

/** @throws OutboundError for everything that is not a complete answer. An HTTP error status is an answer. */
export type OutboundFetch = (request: OutboundRequest) => Promise<OutboundResponse>;

/** What an error says beyond its code; never a part of an answer's body. */
export type OutboundErrorDetails = {
  /** Host name as asked for, for the message to people. */
  host?: string;
  /** Status that came with a refused redirect. */
  status?: number;
  /** Code of the system or TLS library, such as `DEPTH_ZERO_SELF_SIGNED_CERT`. */
  reason?: string;
};

/** The only error that an `OutboundFetch` rejects with. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  readonly code: OutboundErrorCode;
  readonly details: OutboundErrorDetails;

  constructor(
    code: OutboundErrorCode,
    message: string,
    options: { cause?: unknown; details?: OutboundErrorDetails } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }
}
