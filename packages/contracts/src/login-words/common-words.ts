import { type Facts, factText } from '../run-facts.ts';
import type { PersonWords } from './login-failure-entry.ts';

/** The login is over, and another try may work. */
export const startAgain: PersonWords = {
  title: 'This login has ended',
  text: 'It took too long, was opened twice, or began in another window or browser. Start again from {application}.',
};

/** Somebody has to change a setting; the person cannot. */
export const needsSupport: PersonWords = {
  title: 'This login cannot be finished',
  text: 'The connection between {idp} and this server needs a change. Your account and password are fine. Give the tracker id to your support team.',
};

/** Trying later may help. */
export const tryLater: PersonWords = {
  title: '{idp} does not answer as it should',
  text: 'Wait a minute, then start again from {application}. If it stays, give the tracker id to your support team.',
};

export const nobodyLoggedIn = 'Nobody was logged in and nothing was changed.';

/** ` (CERT_HAS_EXPIRED)`, or nothing. */
export function inBrackets(facts: Facts, name: string): string {
  const text = factText(facts, name);
  return text === '' ? '' : ` (${text})`;
}

/** `: Okta says “…”`, or nothing; Okta’s own words in quotes. */
export function oktaSays(facts: Facts): string {
  const text = factText(facts, 'description');
  return text === '' ? '' : `: Okta says “${text.replace(/\.$/, '')}”`;
}

/** `“x” instead of “y”`, or the otherwise. */
export function seenInstead(facts: Facts, otherwise: string): string {
  const seen = factText(facts, 'seen');
  const expected = factText(facts, 'expected');
  return seen === '' || expected === '' ? otherwise : `${seen} instead of ${expected}`;
}
