import type { IdpFieldName, LoginFailureCode } from '../login-codes.ts';
import type { Facts } from '../run-facts.ts';

/**
 * What the person at the browser reads. `{idp}` and `{application}` stand for names that `personWords` fills in. Nothing
 * here tells an attacker which check refused them.
 */
export type PersonWords = { readonly title: string; readonly text: string };

/** A failed login for people: staff read everything, the person who wanted to log in reads `person` only. */
export type LoginFailureWords = {
  /** A few words, for lists. */
  readonly label: string;
  /** Follows "The login stopped at step 6 of 12: ". */
  readonly clause: string;
  /** What it means. Facts are those of the failed event, with its `expected` and `seen` among them. */
  readonly saw: (facts: Facts) => string;
  /** Why we stop. */
  readonly matters: string;
  /** What to do. */
  readonly advice: string;
  /** Field of the IdP that the fix belongs to. */
  readonly field: IdpFieldName | null;
  /** The fix is made in Okta's console, or may be. */
  readonly inOkta: boolean;
  readonly person: PersonWords;
};

export type LoginFailureTable<Code extends LoginFailureCode> = Readonly<Record<Code, LoginFailureWords>>;
