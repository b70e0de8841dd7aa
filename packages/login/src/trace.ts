import type { LoginStepCode } from '@gatehouse/contracts/login-codes';
import { loginFailureWords } from '@gatehouse/contracts/login-words';
import type { Check } from './checks.ts';
import type { Claims } from './flow.ts';
import { LoginError } from './login-result.ts';
import type { LoginTracer, TraceEntry } from './ports.ts';
import { cutText, seenText } from './seen-text.ts';

type Passed = { readonly step: LoginStepCode; readonly fact: string } & Partial<
  Pick<TraceEntry, 'expected' | 'seen' | 'durationMs' | 'facts'>
>;

/** One step that went well. */
export function tracePassed(tracer: LoginTracer, passed: Passed): void {
  tracer.record({
    state: 'passed',
    code: null,
    expected: null,
    seen: null,
    durationMs: null,
    facts: {},
    ...passed,
  });
}

/** A step that did not go well, and did not end the login. */
export function traceWarning(
  tracer: LoginTracer,
  warning: Pick<TraceEntry, 'step' | 'code' | 'fact'> & Partial<Pick<TraceEntry, 'facts' | 'durationMs'>>,
): void {
  tracer.record({ state: 'warning', expected: null, seen: null, durationMs: null, facts: {}, ...warning });
}

/** The step that ended the login. */
export function traceFailed(tracer: LoginTracer, { failure, expected, seen }: LoginError): void {
  const { code, step, facts } = failure;
  const fact = loginFailureWords[code].clause;
  tracer.record({ step, state: 'failed', code, fact, expected, seen, durationMs: null, facts });
}

/** A test is followed live; a real login is written once, when it ends. */
export async function showLive(tracer: LoginTracer): Promise<void> {
  if (tracer.kind === 'test') await tracer.flush();
}

/**
 * One event for each step of the checks, in their order, up to the first that does not hold.
 *
 * @throws LoginError for that one; its event is the caller's.
 */
export function traceChecks(
  tracer: LoginTracer,
  checks: readonly Check[],
  facts: Partial<Record<LoginStepCode, string>>,
): void {
  const steps = [...new Set(checks.map(({ step }) => step))];
  for (const step of steps) {
    const own = checks.filter((check) => check.step === step);
    const failed = own.find(({ ok }) => !ok);
    if (failed !== undefined) throw failedCheck(failed);
    // The one that says most stands last before optional ones; all of them are in the raw view.
    const main = own.find(({ name }) => name === mainChecks[step]) ?? own[0];
    if (main === undefined) continue;
    tracePassed(tracer, {
      step,
      fact: facts[step] ?? main.seen,
      expected: main.expected,
      seen: main.seen,
      facts: Object.fromEntries(
        own.map(({ name, expected, seen }) => [name, `${seen} (expected: ${expected})`]),
      ),
    });
  }
}

const mainChecks: Partial<Record<LoginStepCode, string>> = {
  'id-token-signature': 'algorithm',
  'id-token-issuer': 'iss',
  'id-token-audience': 'aud',
  'id-token-nonce': 'nonce',
  'id-token-times': 'exp',
  'id-token-subject': 'sub',
};

function failedCheck({ code, step, expected, seen, name, claim }: Check): LoginError {
  const facts = claim === undefined ? { check: name } : { check: name, claim };
  return new LoginError({ code, step, facts }, { expected, seen });
}

/** Values that bind a login to its browser or tokens: known to have been there, never shown. */
const hidden = new Set(['nonce', 'at_hash', 'c_hash', 's_hash', 'sid']);
const claimLimit = 100;
const valueLimit = 500;

/** Claims as they may be kept: at most a hundred, each at most 500 characters. */
export function traceableClaims(claims: Claims): Claims {
  const names = Object.keys(claims);
  const kept = names
    .slice(0, claimLimit)
    .map((name) => [cutText(name, 100), traceableValue(name, claims[name])]);
  if (names.length > claimLimit) kept.push(['…', `${names.length - claimLimit} more claims`]);
  return Object.fromEntries(kept);
}

function traceableValue(name: string, value: unknown): unknown {
  if (hidden.has(name)) return '(not shown)';
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'string') return cutText(value, valueLimit);
  const text = seenText(value, valueLimit);
  return text.length < valueLimit && Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? value
    : text;
}

/** What went wrong that nobody foresaw: the tracker says that it was us, the log says what. */
export function asLoginError(error: unknown, step: LoginStepCode): LoginError {
  return error instanceof LoginError
    ? error
    : new LoginError({ code: 'server-error', step, facts: {} }, { cause: error });
}
