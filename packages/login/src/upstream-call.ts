import { OutboundError, type OutboundFetch } from '@gatehouse/contracts/outbound';
import type { CustomFetch } from 'openid-client';
import type { Clock } from './ports.ts';

/** What a request to the upstream was for. */
export type CallPurpose = 'token' | 'keys' | 'userinfo';

/** One request as it went; bodies are kept for reading what a refusal says, never for showing. */
export type UpstreamCall = {
  readonly purpose: CallPurpose;
  readonly host: string;
  readonly durationMs: number;
  /** Null: no complete answer. */
  readonly answer: { readonly status: number; readonly isHtml: boolean; readonly body: string } | null;
  readonly error: OutboundError | null;
};

/** Lets openid-client call through the guarded fetch, and remembers what came back. */
export class UpstreamCalls {
  readonly #fetch: OutboundFetch;
  readonly #now: Clock;
  readonly #calls: UpstreamCall[] = [];

  constructor(fetch: OutboundFetch, now: Clock) {
    this.#fetch = fetch;
    this.#now = now;
  }

  /** The newest call for this purpose. */
  last(purpose: CallPurpose): UpstreamCall | null {
    return this.#calls.findLast((call) => call.purpose === purpose) ?? null;
  }

  /** The newest call of all. */
  get newest(): UpstreamCall | null {
    return this.#calls.at(-1) ?? null;
  }

  /** A fetch in the form that openid-client takes. Redirects are refused by the guarded fetch. */
  readonly customFetch: CustomFetch = async (url, options) => {
    const purpose = purposeOf(options);
    const { host } = new URL(url);
    const startedAt = this.#now();
    const note = (rest: Pick<UpstreamCall, 'answer' | 'error'>) =>
      this.#calls.push({ purpose, host, durationMs: this.#now() - startedAt, ...rest });
    try {
      const { status, headers, body } = await this.#fetch({
        url,
        method: options.method,
        headers: options.headers,
        ...(options.body == null ? {} : { body: String(options.body) }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
      note({ answer: { status, isHtml: looksLikeHtml(headers, body), body }, error: null });
      return asResponse(status, headers, body);
    } catch (error) {
      note({ answer: null, error: error instanceof OutboundError ? error : null });
      throw error;
    }
  };
}

/** By the form of the request: the two GETs differ by the access token, which only userinfo gets. */
function purposeOf(options: Parameters<CustomFetch>[1]): CallPurpose {
  if (options.method === 'POST') return 'token';
  return 'authorization' in options.headers ? 'userinfo' : 'keys';
}

function looksLikeHtml(headers: Headers, body: string): boolean {
  return /^text\/html\b/i.test(headers.get('content-type') ?? '') || /^\s*<(?:!doctype|html)\b/i.test(body);
}

/** Status codes of answers without a body, which a Response refuses to have (Fetch standard 2.2.3). */
const nullBodyStatus = new Set([204, 205, 304]);

function asResponse(status: number, headers: Headers, body: string): Response {
  const copy = new Headers(headers);
  // The body is decoded already.
  copy.delete('content-encoding');
  copy.delete('content-length');
  return new Response(nullBodyStatus.has(status) ? null : body, { status, headers: copy });
}
