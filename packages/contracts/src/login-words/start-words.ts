import { needsSupport, nobodyLoggedIn, startAgain } from './common-words.ts';
import type { LoginFailureTable } from './login-failure-entry.ts';

type Code = 'idp-disabled' | 'idp-removed' | 'idp-incomplete' | 'idp-changed' | 'link-used' | 'link-expired';

/** Before anything was asked of Okta, or because the IdP changed while the person was there. */
export const startWords: LoginFailureTable<Code> = {
  'idp-disabled': {
    label: 'IdP is switched off',
    clause: 'the IdP is switched off',
    saw: () => 'The IdP was switched off before the login was finished.',
    matters: 'An IdP that is switched off logs nobody in, also not those who were under way already.',
    advice: 'Switch the IdP on, under SSO, if people shall log in with it. Then log in again.',
    field: null,
    inOkta: false,
    person: {
      title: 'This login is switched off',
      text: 'Logging in with {idp} is switched off at the moment. Use the application’s own login page, or ask your support team.',
    },
  },
  'idp-removed': {
    label: 'IdP was removed',
    clause: 'the IdP does not exist any more',
    saw: () => 'The IdP of this login was removed.',
    matters: 'Without its settings nothing that comes back from Okta can be checked.',
    advice:
      'If it was removed by mistake, add the IdP again: its callback URL is a new one, register that in Okta. Else remove the sign-in redirect URI from the app in Okta.',
    field: null,
    inOkta: true,
    person: {
      title: 'This login does not exist any more',
      text: 'Start again from {application}. If it leads here again, give the address of this page to your support team.',
    },
  },
  'idp-incomplete': {
    label: 'IdP is not complete',
    clause: 'the IdP is not set up completely',
    saw: () => 'The IdP lacks a client id, a client secret or imported metadata.',
    matters: 'Without them nobody can be sent to Okta, and nothing that comes back can be checked.',
    advice: 'Open the IdP, enter what is missing and run Import Metadata.',
    field: 'clientSecret',
    inOkta: false,
    person: needsSupport,
  },
  'idp-changed': {
    label: 'IdP changed meanwhile',
    clause: 'the settings of the IdP changed while the person was at Okta',
    saw: () =>
      'Between leaving for Okta and coming back the settings that a login rests on were changed: domain, client, keys or metadata.',
    matters: 'What was asked under the old settings must not be judged by the new ones.',
    advice: 'Log in again. Nothing needs to be changed.',
    field: null,
    inOkta: false,
    person: {
      title: 'The settings changed meanwhile',
      text: 'Somebody changed this login while you were at {idp}. Start again from {application}.',
    },
  },
  'link-used': {
    label: 'Test URL was used already',
    clause: 'the test URL was used already',
    saw: () => 'The test URL was opened and continued a second time.',
    matters: 'A test URL works once, so that nobody can finish a test that somebody else began.',
    advice: 'Start a new tracker and use its URL.',
    field: null,
    inOkta: false,
    person: {
      title: 'This test link was used already',
      text: 'A test link works once. Ask the person who sent it for a new one.',
    },
  },
  'link-expired': {
    label: 'Test URL expired',
    clause: 'the test URL is older than an hour',
    saw: () => 'The test URL was opened more than an hour after it was made.',
    matters: `A test URL works for an hour. ${nobodyLoggedIn}`,
    advice: 'Start a new tracker and use its URL.',
    field: null,
    inOkta: false,
    person: {
      title: 'This test link has expired',
      text: 'A test link works for an hour. Ask the person who sent it for a new one.',
    },
  },
};

type ReturnCode =
  | 'transaction-missing'
  | 'transaction-expired'
  | 'transaction-of-other-idp'
  | 'state-missing'
  | 'state-differs'
  | 'parameter-doubled'
  | 'code-missing'
  | 'response-iss-differs'
  | 'response-iss-missing';

const notOurs =
  'An answer that does not belong to a login of this browser may be somebody else’s: accepting it would log this person in as another.';

/** The way back: is it an answer to what this browser asked? */
export const returnWords: LoginFailureTable<ReturnCode> = {
  'transaction-missing': {
    label: 'No login under way in this browser',
    clause: 'this browser has no login under way',
    saw: () =>
      'The callback was called by a browser that has no login under way with this IdP: the page was reloaded, opened twice, opened in another browser, or cookies are blocked.',
    matters: notOurs,
    advice:
      'Log in again in one window, without going back or reloading. If it stays, look whether the browser keeps cookies of this server, and whether people reach it by the one address in PUBLIC_URL.',
    field: null,
    inOkta: false,
    person: startAgain,
  },
  'transaction-expired': {
    label: 'Came back after an hour',
    clause: 'the person came back from Okta too late',
    saw: () => 'More than an hour went by between leaving for Okta and coming back.',
    matters: `A login that is left open does not stay usable. ${nobodyLoggedIn}`,
    advice: 'Log in again. Nothing needs to be changed.',
    field: null,
    inOkta: false,
    person: startAgain,
  },
  'transaction-of-other-idp': {
    label: 'Answer of another IdP',
    clause: 'the answer came to the callback of another IdP than the one asked',
    saw: () => 'The login began with one IdP, and the answer came to the callback URL of another.',
    matters: 'Mixing up two IdPs would let one of them log people in as people of the other.',
    advice:
      'Compare the sign-in redirect URI of the app in Okta with the callback URL of this IdP: each IdP has its own. Then log in again.',
    field: null,
    inOkta: true,
    person: startAgain,
  },
  'state-missing': {
    label: 'Answer without state',
    clause: 'the answer has no state',
    saw: () => 'The browser came back without the value “state” that it was sent with.',
    matters: notOurs,
    advice:
      'Log in again from the beginning, not from a bookmark of the callback URL. If it stays, something on the way removes parameters: look at the proxy.',
    field: null,
    inOkta: false,
    person: startAgain,
  },
  'state-differs': {
    label: 'Answer with another state',
    clause: 'the answer has another state than the one sent',
    saw: () =>
      'The browser came back with another value of “state” than it was sent with: an old page was used again, or the answer belongs to another login.',
    matters: notOurs,
    advice: 'Log in again in one window. If somebody sent the link, do not use it: start at the application.',
    field: null,
    inOkta: false,
    person: startAgain,
  },
  'parameter-doubled': {
    label: 'Answer with a doubled parameter',
    clause: 'the answer has a parameter twice',
    saw: (facts) =>
      typeof facts.parameter === 'string'
        ? `The answer carries “${facts.parameter}” more than once.`
        : 'The answer carries a parameter more than once.',
    matters: 'Of two values only one can be right, and guessing which is how checks are got round.',
    advice: 'Log in again from the beginning. If it stays, a proxy on the way adds parameters.',
    field: null,
    inOkta: false,
    person: startAgain,
  },
  'code-missing': {
    label: 'Answer without code',
    clause: 'the answer has neither a code nor an error',
    saw: () => 'Okta sent the browser back with neither a code nor an error.',
    matters: `Without a code there are no tokens to fetch. ${nobodyLoggedIn}`,
    advice:
      'Log in again. If it stays: in Okta open the app, tab General, and see that “Authorization Code” is the grant type.',
    field: null,
    inOkta: true,
    person: startAgain,
  },
  'response-iss-differs': {
    label: 'Answer of another issuer',
    clause: 'the answer names another issuer than expected',
    saw: (facts) =>
      typeof facts.seen === 'string' && facts.seen !== ''
        ? `The answer says that it comes from ${facts.seen}.`
        : 'The answer says that it comes from another issuer.',
    matters: 'A code of one issuer sent to another gives it away: it was not sent anywhere.',
    advice:
      'Compare issuer and Okta domain of this IdP with the app’s Sign On tab in Okta, and run Import Metadata again. If they agree, somebody mixed answers up: log in again from the beginning.',
    field: 'issuer',
    inOkta: true,
    person: needsSupport,
  },
  'response-iss-missing': {
    label: 'Answer without its issuer',
    clause: 'the answer does not name its issuer',
    saw: () => 'The metadata promises that every answer names its issuer, and this one does not.',
    matters: 'An answer without a name may come from anybody. The code was not sent anywhere.',
    advice: 'Run Import Metadata again, so that what was promised is up to date. Then log in again.',
    field: 'issuer',
    inOkta: false,
    person: needsSupport,
  },
};
