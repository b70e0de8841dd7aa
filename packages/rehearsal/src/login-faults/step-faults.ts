import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../oidc/answer.ts';
import { OktaError } from '../okta-error.ts';
import type { LoginFault } from './login-fault-board.ts';
import { STEP_KINDS } from './login-fault-input.ts';

/** Faults that strike a request before anything else happens. */
export const BEFORE_STEP_KINDS = ['step-slow', ...STEP_KINDS] as const;

const MEGABYTE = 1_048_576;

/**
 * Waits, or answers in the place of the endpoint; undefined lets the request through. Throws OktaError
 * for 429 and 500.
 */
export async function strikeStep(
  faults: readonly LoginFault<(typeof BEFORE_STEP_KINDS)[number]>[],
): Promise<Answer | undefined> {
  for (const fault of faults) {
    switch (fault.kind) {
      case 'step-slow':
        await delay(fault.milliseconds);
        break;
      case 'step-too-many-requests':
        throw new OktaError(429, 'E0000047', 'API call exceeded rate limit due to too many requests.');
      case 'step-server-error':
        throw new OktaError(500, 'E0000009', 'Internal Server Error');
      case 'step-html':
        return {
          status: 200,
          headers: { 'content-type': 'text/html;charset=utf-8' },
          body: '<!DOCTYPE html><html lang="en"><title>Sign in</title><h1>Sign in to continue</h1></html>',
        };
    }
  }
  return undefined;
}

/** The answer made so long that a careful client stops reading: JSON stays valid. */
export function oversized(answer: Answer, faults: readonly LoginFault<'step-oversized'>[]): Answer {
  const [fault] = faults;
  if (!fault) return answer;
  const padding = ' '.repeat(fault.megabytes * MEGABYTE);
  return { ...answer, body: answer.body + padding };
}

/** Headers of a 429, as Okta sends them: no Retry-After. */
export function rateLimitHeaders(now: number): Record<string, string> {
  return {
    'x-rate-limit-limit': '1200',
    'x-rate-limit-remaining': '0',
    'x-rate-limit-reset': String(Math.ceil(now / 1000) + 1),
  };
}
