import { countOf, type Facts, factNumber, factText } from '../run-facts.ts';
import { inBrackets, needsSupport, nobodyLoggedIn, tryLater } from './common-words.ts';
import type { LoginFailureTable } from './login-failure-entry.ts';

type Code =
  | 'host-not-resolved'
  | 'host-blocked'
  | 'host-refused'
  | 'host-timed-out'
  | 'host-tls'
  | 'connection-lost'
  | 'answer-too-large'
  | 'answer-redirected';

function host(facts: Facts, otherwise = 'the Okta host'): string {
  return factText(facts, 'host', otherwise);
}

/** ` while asking for the keys`, or nothing. */
function during(facts: Facts): string {
  const purpose = factText(facts, 'during');
  return purpose === '' ? '' : ` while asking for ${purpose}`;
}

function inTime(facts: Facts): string {
  const milliseconds = factNumber(facts, 'timeoutMs');
  return milliseconds < 1000
    ? 'in time'
    : `in ${countOf(Math.round(milliseconds / 1000), 'second', 'seconds')}`;
}

const noTokens = `Without an answer there is nothing to check. ${nobodyLoggedIn}`;

/** This server did not reach Okta, or got no usable answer. */
export const reachWords: LoginFailureTable<Code> = {
  'host-not-resolved': {
    label: 'Okta’s name has no address',
    clause: 'no address is known for Okta’s name',
    saw: (facts) => `No address is known for ${host(facts)}${during(facts)}.`,
    matters: noTokens,
    advice:
      'Check the Okta domain of this IdP. If it is right, this server’s DNS does not know it: ask whoever runs the network.',
    field: 'domain',
    inOkta: false,
    person: tryLater,
  },
  'host-blocked': {
    label: 'Okta’s address is blocked here',
    clause: 'the address leads into a private network and was not called',
    saw: (facts) =>
      `${host(facts, 'The Okta host')} leads into a private network, or is not called by https. Nothing was sent.`,
    matters: 'Metadata of an IdP must not become a way into your own network.',
    advice:
      'Enter the public domain of the org, such as acme.okta.com. If the provider stands inside your network, name its origin in OUTBOUND_ALLOW and restart.',
    field: 'domain',
    inOkta: false,
    person: needsSupport,
  },
  'host-refused': {
    label: 'Okta was not reached',
    clause: 'there is no connection to Okta',
    saw: (facts) => `No connection to ${host(facts)}${during(facts)}.`,
    matters: noTokens,
    advice:
      'The person’s browser reaches Okta, this server does not: see that a firewall or proxy lets it through on port 443 (OUTBOUND_PROXY).',
    field: 'domain',
    inOkta: false,
    person: tryLater,
  },
  'host-timed-out': {
    label: 'Okta did not answer in time',
    clause: 'Okta did not answer in time',
    saw: (facts) => `${host(facts, 'The Okta host')} did not answer ${inTime(facts)}${during(facts)}.`,
    matters: noTokens,
    advice:
      'Log in again. If it stays: see that this server reaches Okta on port 443, through a proxy if there is one (OUTBOUND_PROXY).',
    field: null,
    inOkta: false,
    person: tryLater,
  },
  'host-tls': {
    label: 'Okta’s certificate is not trusted',
    clause: 'the certificate is not trusted',
    saw: (facts) => `The certificate of ${host(facts)} is not trusted${inBrackets(facts, 'reason')}.`,
    matters:
      'Without a trusted certificate anybody on the way could read the client secret. It was not sent.',
    advice:
      'Check the Okta domain. If a proxy here opens TLS, put its certificate authority into OUTBOUND_CA_FILE and restart.',
    field: 'domain',
    inOkta: false,
    person: needsSupport,
  },
  'connection-lost': {
    label: 'Connection to Okta broke',
    clause: 'the connection broke in the middle of Okta’s answer',
    saw: (facts) => `The connection to ${host(facts)} broke before the answer was complete${during(facts)}.`,
    matters: noTokens,
    advice: 'Log in again. If it stays, look at the proxy or firewall between this server and Okta.',
    field: null,
    inOkta: false,
    person: tryLater,
  },
  'answer-too-large': {
    label: 'Okta’s answer is too large',
    clause: 'an answer is larger than 1 MiB',
    saw: (facts) => `${host(facts, 'The Okta host')} sent more than 1 MiB${during(facts)}.`,
    matters: 'No answer of a login is that large. It was not read to its end.',
    advice:
      'In Okta look at the claims of the app or authorization server: one of them may carry very much. Else see that the domain is Okta’s.',
    field: null,
    inOkta: true,
    person: needsSupport,
  },
  'answer-redirected': {
    label: 'Okta’s address forwards to another',
    clause: 'the answer points to another address',
    saw: (facts) =>
      `${host(facts, 'The Okta host')} answered ${factText(facts, 'status', '3xx')} and pointed somewhere else${during(facts)}.`,
    matters: 'Client secret and codes go to the imported addresses only, never where an answer points.',
    advice:
      'Enter the domain that Okta itself answers on, not one that forwards to it, and run Import Metadata again.',
    field: 'domain',
    inOkta: false,
    person: needsSupport,
  },
};
