import type { OutboundResponse } from '@gatehouse/contracts/outbound';
import { type Failure, readErrorStatus, readOktaFacts, sourceError } from './errors.ts';

export type Answer =
  | { readonly kind: 'json'; readonly body: unknown; readonly headers: Headers }
  /** Okta says that there is no such thing (404 E0000007). */
  | { readonly kind: 'missing'; readonly headers: Headers }
  /** 429; what to wait for is in the headers. */
  | { readonly kind: 'refused'; readonly oktaFacts: Readonly<Record<string, unknown>> }
  | ({ readonly kind: 'failed' } & Failure);

/** Reads a complete HTTP answer of what should be Okta. Nothing of its body leaves this function but JSON of a 2xx. */
export function readAnswer(
  response: OutboundResponse,
  facts: Readonly<Record<string, unknown>>,
  parse: (text: string) => unknown = JSON.parse,
): Answer {
  const { status, headers, body } = response;
  if (status >= 200 && status < 300) return readBody(response, facts, parse);
  const okta = readOktaFacts(body, headers);
  if (status === 429) return { kind: 'refused', oktaFacts: { ...facts, status, ...okta } };
  if (status === 404 && okta.oktaCode === 'E0000007') return { kind: 'missing', headers };
  return { kind: 'failed', ...readErrorStatus(status, okta, { isHtml: isHtml(response), facts }) };
}

function readBody(
  response: OutboundResponse,
  facts: Readonly<Record<string, unknown>>,
  parse: (text: string) => unknown,
): Answer {
  const { status, headers, body } = response;
  try {
    return { kind: 'json', body: parse(body), headers };
  } catch (cause) {
    if (isHtml(response)) {
      const error = sourceError('not-the-source', { ...facts, status, html: true });
      return { kind: 'failed', error, retry: 'never' };
    }
    const code = isCutOff(body) ? 'answer-truncated' : 'answer-unreadable';
    // The parser quotes what it choked on: the name of its error is all that is kept.
    const reason = cause instanceof Error ? cause.name : 'unknown';
    return { kind: 'failed', error: sourceError(code, { ...facts, status, reason }), retry: 'smaller' };
  }
}

function isHtml({ headers, body }: OutboundResponse): boolean {
  const type = headers.get('content-type')?.toLowerCase() ?? '';
  return type.includes('html') || body.trimStart().startsWith('<');
}

/** JSON that starts as an object or a list and does not end as one. */
function isCutOff(body: string): boolean {
  const text = body.trim();
  if (text === '') return true;
  const end = { '[': ']', '{': '}' }[text.charAt(0)];
  return end !== undefined && !text.endsWith(end);
}
