/**
 * A login, told once.
 *
 * ```
 *  begun      a transaction (state, nonce, PKCE verifier) is stored under the browser's secret, and the browser is sent
 *    |        to the upstream. Nothing else is known or changed.                                       begin-login.ts
 *    v
 *  taken      the browser came back. Its transaction is out of the store before anything else happens, so nobody can
 *    |        come back twice. It belongs to this IdP, is not too old, and the IdP is as it was.     take-login.ts
 *    v
 *  exchanged  the upstream gave tokens for the code. They prove nothing yet.                       exchange-code.ts
 *    v
 *  proven     every check of the ID token holds: the library's, then ours. Userinfo may add claims about the same
 *    |        subject.                                                              prove-identity.ts, checks.ts
 *    v
 *  decided    claims, settings and the directory's people say who logs in and what is written; perhaps after one
 *    |        refresh of the person from their source.                              identify.ts, decide.ts (pure)
 *    v
 *  ended      the person is linked, the update is written, the tracker is finished, the tokens are forgotten.
 *             complete-login.ts
 *
 *  From each state a failure leads to `ended` and nowhere else. Success is traced like failure.
 * ```
 *
 * THE INVARIANT: nobody is looked up, asked for, changed or linked before the identity is proven. A `ProvenIdentity` is
 * made in one place, after all checks, and userinfo, people and refreshers are reached with one in hand only.
 *
 * Two lesser rules. A code, token, secret, state, nonce or verifier never becomes a fact, an error or a result. Failures
 * are told apart by codes and by our own list of checks, never by the text of a message; Okta's `error_description` is
 * the one exception (upstream-refusal.ts).
 */
import type { LoginPurpose } from './login-result.ts';
import type { LoginTracer, TakenTransaction, Upstream } from './ports.ts';

/** Claims as they came: any of them may be missing, hostile or of another type. */
export type Claims = Readonly<Record<string, unknown>>;

export type TakenLogin = {
  readonly transaction: TakenTransaction;
  readonly upstream: Upstream;
  readonly tracer: LoginTracer;
  readonly purpose: LoginPurpose;
};

/** Only ever held in memory, and dropped when the identity is proven or refused. */
export type ExchangedTokens = {
  readonly idToken: string;
  readonly accessToken: string;
};

declare const proven: unique symbol;

/** Who logged in upstream. The brand keeps other code from making one up. */
export type ProvenIdentity = {
  readonly [proven]: true;
  readonly issuer: string;
  /** 1 to 255 ASCII characters. */
  readonly subject: string;
  /** Of the ID token, with those of userinfo that it does not have. */
  readonly claims: Claims;
  /** As the IdP names the person, for people to read. */
  readonly label: string;
};

/** Call after the last check and nowhere else. */
export function asProven(identity: Omit<ProvenIdentity, typeof proven>): ProvenIdentity {
  return identity as ProvenIdentity;
}
