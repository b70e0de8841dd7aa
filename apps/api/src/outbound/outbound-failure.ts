import { OutboundError, type OutboundErrorCode } from '@gatehouse/contracts/outbound';
import { BlockedAddressError } from './guarded-lookup.ts';

/** System, TLS and undici codes -> ours. What is missing here broke the connection in some other way. */
const codes: Record<string, OutboundErrorCode> = {
  ENOTFOUND: 'not-resolved',
  EAI_AGAIN: 'not-resolved',
  EAI_NODATA: 'not-resolved',
  EAI_NONAME: 'not-resolved',
  EAI_FAIL: 'not-resolved',
  ENODATA: 'not-resolved',
  ESERVFAIL: 'not-resolved',
  EREFUSED: 'not-resolved',
  ETIMEOUT: 'not-resolved',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'connection-refused',
  ENETUNREACH: 'connection-refused',
  EHOSTDOWN: 'connection-refused',
  ENETDOWN: 'connection-refused',
  EADDRNOTAVAIL: 'connection-refused',
  EACCES: 'connection-refused',
  EPERM: 'connection-refused',
  UND_ERR_PRX_CONN: 'connection-refused',
  // Our own aborts are told apart before; the only other one is a proxy that refuses the tunnel.
  UND_ERR_ABORTED: 'connection-refused',
  ETIMEDOUT: 'timed-out',
  UND_ERR_CONNECT_TIMEOUT: 'timed-out',
  UND_ERR_HEADERS_TIMEOUT: 'timed-out',
  UND_ERR_BODY_TIMEOUT: 'timed-out',
  UND_ERR_HEADERS_OVERFLOW: 'too-large',
  UND_ERR_INVALID_ARG: 'invalid-request',
  UND_ERR_PRX_TLS: 'tls-failed',
  EPROTO: 'tls-failed',
  // The verification errors of OpenSSL, as node:tls names them.
  CERT_CHAIN_TOO_LONG: 'tls-failed',
  CERT_HAS_EXPIRED: 'tls-failed',
  CERT_NOT_YET_VALID: 'tls-failed',
  CERT_REJECTED: 'tls-failed',
  CERT_REVOKED: 'tls-failed',
  CERT_SIGNATURE_FAILURE: 'tls-failed',
  CERT_UNTRUSTED: 'tls-failed',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-failed',
  HOSTNAME_MISMATCH: 'tls-failed',
  INVALID_CA: 'tls-failed',
  INVALID_PURPOSE: 'tls-failed',
  PATH_LENGTH_EXCEEDED: 'tls-failed',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-failed',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-failed',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-failed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-failed',
};

const messages: Record<OutboundErrorCode, (host: string) => string> = {
  'invalid-request': (host) => `The request to ${host} cannot be written.`,
  'blocked-scheme': (host) => `Blocked: ${host} may be called by https only.`,
  'blocked-address': (host) => `Blocked: ${host} is not a public address and is not in OUTBOUND_ALLOW.`,
  'blocked-redirect': (host) => `Blocked: ${host} answered with a redirect, which is not followed.`,
  'not-resolved': (host) => `The host name ${host} does not resolve.`,
  'timed-out': (host) => `${host} did not answer in time.`,
  'connection-refused': (host) => `No connection to ${host}.`,
  'tls-failed': (host) => `No trusted TLS connection to ${host}.`,
  'too-large': (host) => `The answer of ${host} is too large.`,
  aborted: (host) => `The call to ${host} was cancelled.`,
  'connection-lost': (host) => `The connection to ${host} broke before the answer was complete.`,
};

/** Makes the error that callers see. */
export function outboundFailure(
  code: OutboundErrorCode,
  host: string,
  extra: { cause?: unknown; status?: number; reason?: string } = {},
): OutboundError {
  const { cause, ...details } = extra;
  return new OutboundError(code, messages[code](host), {
    details: { host, ...details },
    ...(cause === undefined ? {} : { cause: withoutPayload(cause) }),
  });
}

/** Turns whatever undici, node:net, node:tls or node:zlib threw into an `OutboundError`. */
export function translateFailure(error: unknown, host: string): OutboundError {
  if (error instanceof OutboundError) return error;
  if (error instanceof BlockedAddressError) return outboundFailure('blocked-address', host, { cause: error });
  const reason = reasonOf(error);
  const code = codeFor(reason);
  return outboundFailure(code, host, { cause: error, ...(reason === undefined ? {} : { reason }) });
}

function codeFor(reason: string | undefined): OutboundErrorCode {
  if (reason === undefined) return 'connection-lost';
  if (reason.startsWith('ERR_TLS_') || reason.startsWith('ERR_SSL_')) return 'tls-failed';
  return codes[reason] ?? 'connection-lost';
}

/** Of several attempts (IPv6, IPv4) the first failure speaks for all. */
function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error.cause === undefined ? undefined : reasonOf(error.cause);
}

/** undici's parser errors carry the bytes that they choked on; what is kept must not quote an answer. */
function withoutPayload(cause: unknown): Error {
  if (!(cause instanceof Error)) return new Error(String(cause));
  const bare = new Error(cause.message);
  bare.name = cause.name;
  const reason = reasonOf(cause);
  if (cause.stack !== undefined) bare.stack = cause.stack;
  return reason === undefined ? bare : Object.assign(bare, { code: reason });
}
