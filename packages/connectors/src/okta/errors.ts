import { OutboundError, type OutboundErrorCode } from '@gatehouse/contracts/outbound';
import type { SourceErrorCode } from '@gatehouse/contracts/run-codes';
import { SourceError } from '@gatehouse/sync/source';

/** `soft`: the next scheduled run may well succeed. `hard`: a person has to do something first. */
const severities: Readonly<Record<SourceErrorCode, 'soft' | 'hard'>> = {
  'host-not-resolved': 'soft',
  'host-blocked': 'hard',
  'host-timed-out': 'soft',
  'host-refused': 'soft',
  'host-tls': 'hard',
  'host-redirects': 'hard',
  'not-the-source': 'hard',
  'answer-too-large': 'hard',
  'answer-unreadable': 'soft',
  'answer-truncated': 'soft',
  'token-invalid': 'hard',
  'token-missing': 'hard',
  'token-forbidden': 'hard',
  'rate-limited': 'soft',
  'server-failed': 'soft',
  'cursor-repeated': 'soft',
  'list-endless': 'soft',
  'cursor-foreign': 'soft',
  cancelled: 'soft',
};

/** What a failed call means, and whether sending it again can help. */
type OutboundReading = {
  readonly code: SourceErrorCode;
  /** `smaller`: again, and with a smaller page. */
  readonly retry: 'never' | 'same' | 'smaller';
};

const outboundReadings: Readonly<Record<OutboundErrorCode, OutboundReading>> = {
  'invalid-request': { code: 'host-blocked', retry: 'never' },
  'blocked-scheme': { code: 'host-blocked', retry: 'never' },
  'blocked-address': { code: 'host-blocked', retry: 'never' },
  'blocked-redirect': { code: 'host-redirects', retry: 'never' },
  'not-resolved': { code: 'host-not-resolved', retry: 'same' },
  'timed-out': { code: 'host-timed-out', retry: 'smaller' },
  'connection-refused': { code: 'host-refused', retry: 'same' },
  'tls-failed': { code: 'host-tls', retry: 'never' },
  'too-large': { code: 'answer-too-large', retry: 'smaller' },
  aborted: { code: 'cancelled', retry: 'never' },
  'connection-lost': { code: 'answer-truncated', retry: 'smaller' },
};

/**
 * Okta's codes that say more than the HTTP status they come with
 * (https://developer.okta.com/docs/reference/error-codes/).
 */
const oktaReadings: Readonly<Record<string, SourceErrorCode>> = {
  E0000004: 'token-invalid',
  E0000005: 'token-invalid',
  E0000011: 'token-invalid',
  E0000006: 'token-forbidden',
  E0000015: 'token-forbidden',
};

/** What is kept of an error of Okta's: codes and ids for its support, never a text of the answer. */
export type OktaFacts = {
  readonly oktaCode: string | null;
  readonly oktaErrorId: string | null;
  readonly oktaRequestId: string | null;
};

export type Failure = { readonly error: SourceError; readonly retry: 'never' | 'same' | 'smaller' };

/** Makes a SourceError with the severity of its code. */
export function sourceError(
  code: SourceErrorCode,
  facts: Readonly<Record<string, unknown>> = {},
  options: { cause?: unknown; severity?: 'soft' | 'hard' } = {},
): SourceError {
  const severity = options.severity ?? severities[code];
  return new SourceError(code, severity, { facts, cause: options.cause });
}

/** The same error with more facts. */
export function withFacts(error: SourceError, facts: Readonly<Record<string, unknown>>): SourceError {
  return new SourceError(error.code, error.severity, {
    facts: { ...error.facts, ...facts },
    cause: error.cause,
  });
}

/** Reads what an OutboundFetch threw; rethrows what is not an OutboundError. */
export function readOutboundError(error: unknown, facts: Readonly<Record<string, unknown>>): Failure {
  if (!(error instanceof OutboundError)) throw error;
  const { code, retry } = outboundReadings[error.code];
  const { status, reason } = error.details;
  const details = {
    ...facts,
    outbound: error.code,
    ...(status === undefined ? {} : { status }),
    ...(reason === undefined ? {} : { reason }),
  };
  return { error: sourceError(code, details, { cause: error }), retry };
}

/** Okta's error body, or nulls when the body is none. */
export function readOktaFacts(body: string, headers: Headers): OktaFacts {
  const requestId = plainId(headers.get('x-okta-request-id'));
  const none = { oktaCode: null, oktaErrorId: null, oktaRequestId: requestId };
  if (body.length > 20_000 || !body.trimStart().startsWith('{')) return none;
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null) return none;
    const code = 'errorCode' in parsed ? parsed.errorCode : null;
    const id = 'errorId' in parsed ? parsed.errorId : null;
    return {
      oktaCode: typeof code === 'string' && /^E\d{7}$/.test(code) ? code : null,
      oktaErrorId: plainId(id),
      oktaRequestId: requestId,
    };
  } catch {
    return none;
  }
}

/** What an answer that is not 2xx, not 429 and not an expected 404 means. */
export function readErrorStatus(
  status: number,
  okta: OktaFacts,
  at: { readonly isHtml: boolean; readonly facts: Readonly<Record<string, unknown>> },
): Failure {
  const facts = { ...at.facts, status, ...okta };
  if (status >= 500) return { error: sourceError('server-failed', facts), retry: 'smaller' };
  const known = okta.oktaCode === null ? undefined : oktaReadings[okta.oktaCode];
  if (known !== undefined) return { error: sourceError(known, facts), retry: 'never' };
  if (okta.oktaCode === null && at.isHtml) {
    return { error: sourceError('not-the-source', { ...facts, html: true }), retry: 'never' };
  }
  if (status === 401) return { error: sourceError('token-invalid', facts), retry: 'never' };
  if (status === 403) return { error: sourceError('token-forbidden', facts), retry: 'never' };
  if (okta.oktaCode === null) return { error: sourceError('not-the-source', facts), retry: 'never' };
  return { error: sourceError('server-failed', facts, { severity: 'hard' }), retry: 'never' };
}

/** An id to quote to Okta's support; anything that does not look like one is dropped. */
function plainId(value: unknown): string | null {
  return typeof value === 'string' && /^[\w-]{1,80}$/.test(value) ? value : null;
}
