import type { LoginFailureCode } from '@gatehouse/contracts/login-codes';

/** First that fits. What is left is an answer that does not belong to a login under way, or one that came too late. */
const rules: readonly [pattern: RegExp, status: number][] = [
  [/^server-error$/, 500],
  [/^idp-(?:disabled|incomplete)$/, 503],
  [/^(?:idp-removed|link-)/, 410],
  [
    /^(?:upstream-server-error|host-|connection-|answer-|token-|id-token-|keys-|userinfo-|response-iss-)/,
    502,
  ],
  [/^(?:upstream-|person-|match-|username-|email-|claims-|refresh-)/, 403],
];

/** HTTP status of the page that tells a person about a failure. */
export function failureStatus(code: LoginFailureCode): number {
  return rules.find(([pattern]) => pattern.test(code))?.[1] ?? 400;
}
