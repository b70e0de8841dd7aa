import { factText } from '../run-facts.ts';
import { needsSupport, nobodyLoggedIn, oktaSays, startAgain, tryLater } from './common-words.ts';
import type { LoginFailureTable } from './login-failure-entry.ts';

type Code =
  | 'token-client-refused'
  | 'token-code-refused'
  | 'token-pkce-refused'
  | 'token-refused'
  | 'token-rate-limited'
  | 'token-server-failed'
  | 'token-unreadable'
  | 'token-type-unknown';

/** The code is exchanged for tokens, server to server. */
export const tokenWords: LoginFailureTable<Code> = {
  'token-client-refused': {
    label: 'Okta refuses the client secret',
    clause: 'Okta refuses the client id or its secret',
    saw: (facts) => `Okta does not accept this server as the app${oktaSays(facts)}.`,
    matters: 'Only the app itself may fetch tokens, and the secret is how Okta knows it.',
    advice:
      'In Okta open the app, tab General, Client Credentials: compare the Client ID, copy the secret again and replace it here. If there is no secret, the app is not a Web Application: create one that is.',
    field: 'clientSecret',
    inOkta: true,
    person: needsSupport,
  },
  'token-code-refused': {
    label: 'Okta refuses the code',
    clause: 'Okta does not take the code that it gave',
    saw: (facts) =>
      `Okta says that the code was used already, is too old, belongs to another app or to another redirect URI${oktaSays(facts)}.`,
    matters: `A code works once. ${nobodyLoggedIn}`,
    advice:
      'Log in again. If it stays, compare the sign-in redirect URI of the app in Okta with the callback URL of this IdP, character by character.',
    field: null,
    inOkta: true,
    person: startAgain,
  },
  'token-pkce-refused': {
    label: 'Okta: PKCE does not match',
    clause: 'Okta says that the PKCE verifier does not match',
    saw: (facts) => `The proof that this server began the login was not accepted${oktaSays(facts)}.`,
    matters: 'The code belongs to another login than the one of this browser.',
    advice:
      'Log in again in one window. If it stays, something on the way changes parameters: look at the proxy.',
    field: null,
    inOkta: false,
    person: startAgain,
  },
  'token-refused': {
    label: 'Okta refuses to give tokens',
    clause: 'Okta refuses to give tokens',
    saw: (facts) =>
      factText(facts, 'error') === ''
        ? `Okta answered ${factText(facts, 'status', 'with an error')} instead of tokens.`
        : `Okta answered “${factText(facts, 'error')}”${oktaSays(facts)}.`,
    matters: nobodyLoggedIn,
    advice:
      'In Okta open the app, tab General: the grant type “Authorization Code” must be ticked. The System Log (Reports → System Log) says more.',
    field: null,
    inOkta: true,
    person: needsSupport,
  },
  'token-rate-limited': {
    label: 'Okta’s rate limit',
    clause: 'Okta’s rate limit is used up',
    saw: () => 'Okta answered 429: too many requests in this minute.',
    matters: `Waiting is not failing: the settings are right. ${nobodyLoggedIn}`,
    advice:
      'Log in again in a minute. If it stays, look in Okta under Reports → Rate limits for what uses it up.',
    field: null,
    inOkta: true,
    person: tryLater,
  },
  'token-server-failed': {
    label: 'Okta failed',
    clause: 'Okta failed while exchanging the code',
    saw: (facts) => `Okta answered ${factText(facts, 'status', '5xx')} instead of tokens.`,
    matters: nobodyLoggedIn,
    advice:
      'Log in again; status.okta.com says more. If it stays, ask Okta’s support with the time of this step.',
    field: null,
    inOkta: false,
    person: tryLater,
  },
  'token-unreadable': {
    label: 'Okta’s answer is not readable',
    clause: 'the token endpoint did not answer as it should',
    saw: (facts) =>
      facts.html === true
        ? 'The token endpoint answered with a web page instead of tokens.'
        : 'The token endpoint answered something that is not an answer with tokens.',
    matters: nobodyLoggedIn,
    advice:
      'Run Import Metadata again. If it passes, a proxy or a sign-in page of your network answers in Okta’s place: look there first.',
    field: 'domain',
    inOkta: false,
    person: needsSupport,
  },
  'token-type-unknown': {
    label: 'Tokens of an unknown kind',
    clause: 'the tokens are of a kind that is not known',
    saw: (facts) =>
      `The token endpoint gave tokens of the kind ${factText(facts, 'seen', 'unknown')}, not Bearer.`,
    matters: `Tokens of another kind need a proof that a web login does not have. ${nobodyLoggedIn}`,
    advice:
      'In Okta open the app, tab General, and untick “Require Demonstrating Proof of Possession (DPoP)”.',
    field: null,
    inOkta: true,
    person: needsSupport,
  },
};
