import type { LoginFailureCode, LoginStepCode } from '@gatehouse/contracts/login-codes';
import type { LoginUpdate } from '@gatehouse/contracts/tracker';
import type { LoginPerson } from './ports.ts';

/** Why a login ended, at which step, with what its sentence names; never a secret, code or token. */
export type LoginFailure = {
  readonly code: LoginFailureCode;
  readonly step: LoginStepCode;
  readonly facts: Readonly<Record<string, unknown>>;
};

/** What a login was for: taken from its transaction, never from the browser. */
export type LoginPurpose = {
  readonly kind: 'test' | 'login';
  readonly applicationId: number | null;
  readonly returnUrl: string | null;
};

/**
 * The end of a callback. `purpose` and `tracker` are null when the browser had no login under way: then nobody knows
 * what it was for.
 */
export type LoginResult =
  | {
      readonly ok: true;
      readonly purpose: LoginPurpose;
      /** As people read it out. */
      readonly tracker: string;
      /** Who was logged in; in a test null where the person would have been created. */
      readonly person: LoginPerson | null;
      /** As the IdP names them. */
      readonly label: string;
      readonly subject: string;
      readonly issuer: string;
      readonly update: LoginUpdate | null;
    }
  | {
      readonly ok: false;
      readonly purpose: LoginPurpose | null;
      readonly tracker: string | null;
      readonly failure: LoginFailure;
    };

/** A failure of a login as an exception inside the engine; never leaves it. */
export class LoginError extends Error {
  override readonly name = 'LoginError';
  readonly failure: LoginFailure;
  /** For the tracker: what a check wanted and what it got. */
  readonly expected: string | null;
  readonly seen: string | null;

  constructor(failure: LoginFailure, options: { expected?: string; seen?: string; cause?: unknown } = {}) {
    super(failure.code, options.cause === undefined ? undefined : { cause: options.cause });
    this.failure = failure;
    this.expected = options.expected ?? null;
    this.seen = options.seen ?? null;
  }
}
