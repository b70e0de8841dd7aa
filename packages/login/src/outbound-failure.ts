import type { LoginFailureCode, LoginStepCode } from '@gatehouse/contracts/login-codes';
import type { OutboundErrorCode } from '@gatehouse/contracts/outbound';
import { LoginError } from './login-result.ts';
import type { CallPurpose, UpstreamCall } from './upstream-call.ts';

const codes: Readonly<Record<OutboundErrorCode, LoginFailureCode>> = {
  'invalid-request': 'server-error',
  'blocked-scheme': 'host-blocked',
  'blocked-address': 'host-blocked',
  'blocked-redirect': 'answer-redirected',
  'not-resolved': 'host-not-resolved',
  'timed-out': 'host-timed-out',
  'connection-refused': 'host-refused',
  'tls-failed': 'host-tls',
  'too-large': 'answer-too-large',
  // Only the library's own time limit aborts our calls.
  aborted: 'host-timed-out',
  'connection-lost': 'connection-lost',
};

/** The step that a call belongs to, and what it asked for in words. */
export const callSteps: Readonly<Record<CallPurpose, { step: LoginStepCode; what: string }>> = {
  token: { step: 'code-exchanged', what: 'the tokens' },
  keys: { step: 'id-token-signature', what: 'the keys' },
  userinfo: { step: 'userinfo', what: 'the profile' },
};

/** A call that brought no complete answer, as a failure; null where it did. */
export function outboundFailure(call: UpstreamCall, cause: unknown): LoginError | null {
  if (call.answer !== null) return null;
  const { step, what } = callSteps[call.purpose];
  if (call.error === null) return new LoginError({ code: 'server-error', step, facts: {} }, { cause });
  const code = codes[call.error.code];
  const { host = call.host, reason, status } = call.error.details;
  const facts = {
    host,
    during: what,
    ...(reason === undefined ? {} : { reason }),
    ...(status === undefined ? {} : { status }),
    ...(code === 'host-timed-out' ? { timeoutMs: call.durationMs } : {}),
  };
  return new LoginError(
    { code, step, facts },
    { cause, expected: `an answer of ${host}`, seen: call.error.code },
  );
}
