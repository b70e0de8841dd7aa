import { needsSupport, nobodyLoggedIn, oktaSays, tryLater } from './common-words.ts';
import type { LoginFailureTable } from './login-failure-entry.ts';

type Code =
  | 'upstream-not-assigned'
  | 'upstream-policy'
  | 'upstream-access-denied'
  | 'upstream-login-required'
  | 'upstream-too-many-groups'
  | 'upstream-scope-refused'
  | 'upstream-client-refused'
  | 'upstream-pkce-required'
  | 'upstream-server-error'
  | 'upstream-error';

const oktaDecides = `Who may use the app is decided in Okta. ${nobodyLoggedIn}`;

/** Okta sent the person back with a no. */
export const upstreamWords: LoginFailureTable<Code> = {
  'upstream-not-assigned': {
    label: 'Okta: user is not assigned to the app',
    clause: 'in Okta the person is not assigned to the app',
    saw: (facts) => `The person logged in to Okta, but is not assigned to the app there${oktaSays(facts)}.`,
    matters: oktaDecides,
    advice:
      'In Okta open the app, tab Assignments, and assign the person or one of their groups. Then log in again.',
    field: null,
    inOkta: true,
    person: {
      title: 'You have no access to {application} yet',
      text: 'You logged in to {idp} correctly. But nobody there has given your account access to {application}. Ask your support team for it, and give them the tracker id.',
    },
  },
  'upstream-policy': {
    label: 'Okta: no access policy lets this through',
    clause: 'no access policy of the authorization server in Okta lets this login through',
    saw: (facts) =>
      `The authorization server in Okta has no access policy that fits this app and person${oktaSays(facts)}.`,
    matters: oktaDecides,
    advice:
      'In Okta open Security → API → Authorization Servers, this server, tab Access Policies: add a policy for the app with a rule that allows “Authorization Code” and the scopes of this IdP. Or leave the issuer empty, to use the org authorization server, which needs none.',
    field: 'issuer',
    inOkta: true,
    person: {
      title: '{idp} does not let this login through',
      text: 'A rule at {idp} stands in the way. Give the tracker id to your support team.',
    },
  },
  'upstream-access-denied': {
    label: 'Okta: access denied',
    clause: 'Okta denies the person access',
    saw: (facts) => `Okta answered “access_denied”${oktaSays(facts)}.`,
    matters: oktaDecides,
    advice:
      'In Okta look at the System Log (Reports → System Log) at this time: it names the rule. Often it is the app’s sign-in policy, a second factor that was not set up, or the person cancelled.',
    field: null,
    inOkta: true,
    person: {
      title: '{idp} denied access',
      text: 'Start again from {application}. If you did not cancel it yourself, give the tracker id to your support team.',
    },
  },
  'upstream-login-required': {
    label: 'Okta: not logged in there',
    clause: 'Okta wants the person to log in or to act first, and was told not to ask',
    saw: (facts) => `Okta was asked to answer without showing a page, and cannot${oktaSays(facts)}.`,
    matters: nobodyLoggedIn,
    advice: 'Log in again, starting at the application. Nothing needs to be changed.',
    field: null,
    inOkta: false,
    person: {
      title: 'You are not logged in to {idp}',
      text: 'Start again from {application} and log in to {idp}.',
    },
  },
  'upstream-too-many-groups': {
    label: 'Okta: too many groups in the groups claim',
    clause: 'the groups claim of the app in Okta matches more than 100 groups',
    saw: (facts) =>
      `Okta does not answer when its groups claim would name more than 100 groups of a person${oktaSays(facts)}.`,
    matters: `Okta itself ends such logins. ${nobodyLoggedIn}`,
    advice:
      'In Okta open the app, tab Sign On, and narrow the groups claim filter (“.*” matches all). Or remove “groups” from the scopes of this IdP: Gatehouse takes groups from UserSync, not from the login.',
    field: 'scopes',
    inOkta: true,
    person: needsSupport,
  },
  'upstream-scope-refused': {
    label: 'Okta: a scope is not known there',
    clause: 'Okta does not know one of the scopes that were asked for',
    saw: (facts) => `Okta refuses the scopes of this IdP${oktaSays(facts)}.`,
    matters: `Okta answers only when it knows every scope. ${nobodyLoggedIn}`,
    advice:
      'Remove the scope from this IdP (profile and email are always there), or add it in Okta: Security → API → Authorization Servers, this server, tab Scopes. A custom authorization server has no scope “groups”.',
    field: 'scopes',
    inOkta: true,
    person: needsSupport,
  },
  'upstream-client-refused': {
    label: 'Okta: the app is not allowed to do this',
    clause: 'Okta refuses the app itself',
    saw: (facts) => `Okta refuses the client id, or what the app asks for${oktaSays(facts)}.`,
    matters: nobodyLoggedIn,
    advice:
      'In Okta open the app: it must be active, a Web Application, with the grant type “Authorization Code”. Compare its Client ID with the one here.',
    field: 'clientId',
    inOkta: true,
    person: needsSupport,
  },
  'upstream-pkce-required': {
    label: 'Okta: PKCE was lost on the way',
    clause: 'Okta says that the PKCE code challenge is missing',
    saw: (facts) =>
      `Gatehouse always sends a PKCE code challenge, but Okta did not get it${oktaSays(facts)}.`,
    matters: nobodyLoggedIn,
    advice:
      'Something between the browser and Okta removes parameters from addresses: look at proxies and browser extensions, then log in again.',
    field: null,
    inOkta: false,
    person: needsSupport,
  },
  'upstream-server-error': {
    label: 'Okta: failed',
    clause: 'Okta failed or is too busy',
    saw: (facts) => `Okta sent the person back because it failed itself${oktaSays(facts)}.`,
    matters: nobodyLoggedIn,
    advice:
      'Try again in some minutes; status.okta.com says more. If it stays, look at the System Log in Okta at this time.',
    field: null,
    inOkta: true,
    person: tryLater,
  },
  'upstream-error': {
    label: 'Okta: refused the login',
    clause: 'Okta refused the login',
    saw: (facts) =>
      typeof facts.error === 'string' && facts.error !== ''
        ? `Okta answered “${facts.error}”${oktaSays(facts)}.`
        : `Okta answered with an error${oktaSays(facts)}.`,
    matters: nobodyLoggedIn,
    advice:
      'Look at the System Log in Okta (Reports → System Log) at this time: it says more than the answer.',
    field: null,
    inOkta: true,
    person: needsSupport,
  },
};
