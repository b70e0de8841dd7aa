import type { ServerResponse } from 'node:http';
import { OktaError } from '../okta-error.ts';

/** An HTTP answer that is still a value, so that it can be changed before it is sent. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export function jsonAnswer(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-cache, no-store', ...headers },
    body: JSON.stringify(value),
  };
}

export function redirectAnswer(location: string, status: 302 | 303 = 302): Answer {
  return { status, headers: { location, 'cache-control': 'no-cache, no-store' }, body: '' };
}

/** An error in the form of RFC 6749, as Okta's OAuth endpoints answer. */
export function oauthError(status: number, error: string, description: string): Answer {
  return jsonAnswer(status, { error, error_description: description });
}

/** 405 in Okta's words. */
export function wrongMethod(): OktaError {
  return new OktaError(405, 'E0000022', 'The endpoint does not support the provided HTTP method');
}

export function sendAnswer(response: ServerResponse, answer: Answer): void {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  response.setHeader('content-length', Buffer.byteLength(answer.body));
  response.end(answer.body);
}
