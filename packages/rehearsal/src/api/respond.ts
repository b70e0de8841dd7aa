import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { OktaError } from '../okta-error.ts';
import type { RateLimitState } from './rate-limiter.ts';

/** Headers on every answer of the Management API. */
export function setCommonHeaders(response: ServerResponse, now: number): void {
  response.setHeader('Date', new Date(now).toUTCString());
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('x-okta-request-id', randomBytes(18).toString('base64url'));
  response.setHeader('Cache-Control', 'no-cache, no-store');
  response.setHeader('Expires', '0');
}

export function setRateLimitHeaders(response: ServerResponse, state: RateLimitState): void {
  response.setHeader('x-rate-limit-limit', String(state.limit));
  response.setHeader('x-rate-limit-remaining', String(state.remaining));
  response.setHeader('x-rate-limit-reset', String(state.reset));
}

/** An error as Okta words it. */
export function errorBody(error: OktaError): Buffer {
  return Buffer.from(
    JSON.stringify({
      errorCode: error.errorCode,
      errorSummary: error.message,
      errorLink: error.errorCode,
      errorId: `oae${randomBytes(16).toString('base64url').slice(0, 20)}`,
      errorCauses: error.causes.map((errorSummary) => ({ errorSummary })),
    }),
  );
}

export function send(response: ServerResponse, status: number, body: Buffer): void {
  response.statusCode = status;
  response.setHeader('Content-Length', body.length);
  response.end(body);
}
