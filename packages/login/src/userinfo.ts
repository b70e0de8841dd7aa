import type { LoginFailureCode } from '@gatehouse/contracts/login-codes';
import { ClientError, fetchUserInfo } from 'openid-client';
import type { Exchange } from './exchange-code.ts';
import type { Claims, TakenLogin } from './flow.ts';
import { LoginError } from './login-result.ts';
import { outboundFailure } from './outbound-failure.ts';
import { seenText } from './seen-text.ts';
import { tracePassed } from './trace.ts';
import type { UpstreamCalls } from './upstream-call.ts';

/**
 * Asks for more claims about the same subject. Call only after the last check of the ID token.
 *
 * @throws LoginError
 */
export async function readUserinfo(
  { tracer, upstream }: TakenLogin,
  { configuration, tokens, calls }: Exchange,
  subject: string,
): Promise<Claims> {
  if (upstream.metadata.userinfoEndpoint === null) return {};
  let claims: Claims;
  try {
    claims = await fetchUserInfo(configuration, tokens.accessToken, subject);
  } catch (cause) {
    throw userinfoFailure(cause, calls, subject);
  }
  const { durationMs, host } = calls.last('userinfo') ?? { durationMs: 0, host: '' };
  tracePassed(tracer, {
    step: 'userinfo',
    fact: `same subject, ${host} answered 200 in ${durationMs} ms`,
    expected: subject,
    seen: seenText(claims.sub),
    durationMs,
    facts: { host, claims: Object.keys(claims).slice(0, 100) },
  });
  return claims;
}

function userinfoFailure(cause: unknown, calls: UpstreamCalls, subject: string): LoginError {
  const fail = (code: LoginFailureCode, seen: string, facts: Claims) =>
    new LoginError({ code, step: 'userinfo', facts }, { cause, expected: 'a profile in JSON', seen });
  const call = calls.last('userinfo');
  if (call === null) return fail('host-blocked', 'http', {});
  const unanswered = outboundFailure(call, cause);
  if (unanswered !== null) return unanswered;
  const { status, isHtml, body } = call.answer ?? { status: 0, isHtml: false, body: '' };
  if (status !== 200) return fail('userinfo-failed', `status ${status}`, { status });
  const isOther = cause instanceof ClientError && cause.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED';
  const seen = subjectOf(body);
  const unreadable = () =>
    fail('userinfo-unreadable', isHtml ? 'a web page' : 'another answer', { status, html: isHtml });
  if (!isOther && seen !== undefined) return unreadable();
  return seen === null
    ? unreadable()
    : new LoginError(
        { code: 'userinfo-subject', step: 'userinfo', facts: {} },
        { expected: subject, seen: seenText(seen), cause },
      );
}

/** Null: no JSON object at all; undefined: one without `sub`. */
function subjectOf(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Claims).sub
      : null;
  } catch {
    return null;
  }
}
