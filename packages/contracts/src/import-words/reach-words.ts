import { countOf, factNumber, factText } from '../run-facts.ts';
import {
  addressField,
  addressLabel,
  always,
  at,
  type EntryTable,
  host,
  hostFirst,
  isOkta,
  who,
  whoFirst,
} from './words.ts';

type ReachCode =
  | 'import-domain-empty'
  | 'import-domain-refused'
  | 'import-issuer-refused'
  | 'import-host-not-resolved'
  | 'import-host-blocked'
  | 'import-host-refused'
  | 'import-host-timed-out'
  | 'import-host-tls'
  | 'import-connection-lost'
  | 'import-no-org'
  | 'import-no-authorization-server'
  | 'import-metadata-redirected'
  | 'import-metadata-not-json'
  | 'import-metadata-unreadable'
  | 'import-metadata-too-large'
  | 'import-server-failed'
  | 'import-rate-limited';

const nothingImported = always(
  'Without metadata nobody can log in. What was imported before stays as it is.',
);
const whereTheDomainStands =
  'Compare it with the address bar of the admin console, without -admin, or with the menu at the top right in Okta, under your name.';

/** From the typed domain to a metadata document. */
export const reachWords: EntryTable<ReachCode> = {
  'import-domain-empty': {
    saw: (facts) => (isOkta(facts) ? 'The Okta domain is empty.' : 'The issuer URL is empty.'),
    matters: always('Without it there is nobody to ask for metadata.'),
    advice: (facts) =>
      isOkta(facts)
        ? 'Enter the domain of your org, such as acme.okta.com. It stands in Okta in the menu at the top right, under your name.'
        : 'Enter the issuer URL that the provider names, such as https://login.example.com.',
    field: addressField,
  },
  'import-domain-refused': {
    saw: (facts) => factText(facts, 'detail', 'The Okta domain cannot be read.'),
    matters: always('Without a domain there is nobody to ask for metadata.'),
    advice: always(`Enter the domain of your org, such as acme.okta.com. ${whereTheDomainStands}`),
    field: always('domain'),
  },
  'import-issuer-refused': {
    saw: (facts) => factText(facts, 'detail', 'The issuer URL cannot be used.'),
    matters: always('Every ID token is checked against the issuer, character by character.'),
    advice: (facts) =>
      isOkta(facts)
        ? 'Copy the issuer in Okta under Security → API → Authorization Servers. For the org’s own authorization server leave the field empty.'
        : 'Copy the issuer from the provider’s own page: https, no user name, no “?” and no “#”.',
    field: always('issuer'),
  },
  'import-host-not-resolved': {
    saw: (facts) => `No address is known for ${host(facts)}.`,
    matters: nothingImported,
    advice: (facts) =>
      `Check the spelling of the ${addressLabel(facts)}. If it is right, this server’s DNS does not know it: try again, then ask whoever runs the network.`,
    field: addressField,
  },
  'import-host-blocked': {
    saw: (facts) =>
      `${hostFirst(facts)} leads into a private network, or is not called by https. Nothing was sent.`,
    matters: always('A field for a provider must not become a way into your own network.'),
    advice: (facts) =>
      `Enter the public address${isOkta(facts) ? ' of the org, such as acme.okta.com' : ' of the provider'}. If it is reached through a host inside, name its origin in OUTBOUND_ALLOW and restart.`,
    field: addressField,
  },
  'import-host-refused': {
    saw: (facts) => `No connection to ${host(facts)}.`,
    matters: nothingImported,
    advice: (facts) =>
      `Check the ${addressLabel(facts)} and its port, and that a firewall or proxy lets this server through (OUTBOUND_PROXY).`,
    field: addressField,
  },
  'import-host-timed-out': {
    saw: (facts) => {
      const seconds = Math.round(factNumber(facts, 'timeoutMs') / 1000);
      const time = seconds < 1 ? 'time' : countOf(seconds, 'second', 'seconds');
      return `${hostFirst(facts)} did not answer in ${time}.`;
    },
    matters: nothingImported,
    advice: (facts) =>
      `Try again in a minute. If it stays: check the ${addressLabel(facts)}, and that this server may reach it on port 443, through a proxy if there is one (OUTBOUND_PROXY).`,
    field: addressField,
  },
  'import-host-tls': {
    saw: (facts) => {
      const reason = factText(facts, 'reason');
      return `The certificate of ${host(facts)} is not trusted${reason === '' ? '' : ` (${reason})`}.`;
    },
    matters: always(
      'Without a trusted certificate anybody on the way could pass for the provider. The client secret was not sent.',
    ),
    advice: (facts) =>
      `Check the ${addressLabel(facts)}. If a proxy here opens TLS, put its certificate authority into OUTBOUND_CA_FILE and restart.`,
    field: addressField,
  },
  'import-connection-lost': {
    saw: (facts) => `The connection to ${host(facts)} broke before the answer was complete.`,
    matters: nothingImported,
    advice: always(
      'Try again. If it stays, look at the proxy or firewall between this server and the provider.',
    ),
    field: always(null),
  },
  'import-no-org': {
    saw: (facts) =>
      `${isOkta(facts) ? 'No Okta org answers' : 'No provider answers'}${at(facts)}: it answered ${factText(facts, 'status', 'something else')}${facts.html === true ? ' and a web page' : ''}.`,
    matters: nothingImported,
    advice: (facts) =>
      isOkta(facts)
        ? `Look for a typo in the Okta domain: every name under okta.com has an address, also one that no org has. ${whereTheDomainStands}`
        : 'Check the issuer URL with the provider: its metadata stands below it, under /.well-known/openid-configuration.',
    field: addressField,
  },
  'import-no-authorization-server': {
    saw: (facts) => `${hostFirst(facts)} answers, but has no authorization server${at(facts)}.`,
    matters: nothingImported,
    advice: (facts) =>
      isOkta(facts)
        ? 'Leave the issuer URL empty: then the org’s own authorization server is used, which every org has. A custom one, also “default”, needs API Access Management; its id is shown in Okta under Security → API → Authorization Servers.'
        : 'Check the path of the issuer URL with the provider.',
    field: always('issuer'),
  },
  'import-metadata-redirected': {
    saw: (facts) => {
      const target = factText(facts, 'target');
      return `${hostFirst(facts)} answered ${factText(facts, 'status', '3xx')} and pointed to ${target === '' ? 'another place' : target}.`;
    },
    matters: always(
      'Metadata is read from the issuer itself and from nowhere else: whoever it came from decides who may log in.',
    ),
    advice: (facts) => `Enter the address that ${who(facts)} itself answers on, not one that forwards to it.`,
    field: addressField,
  },
  'import-metadata-not-json': {
    saw: (facts) =>
      `${hostFirst(facts)} answered ${factText(facts, 'status', '200')} with ${facts.html === true ? 'a web page' : 'a text that is not JSON'}${at(facts)}.`,
    matters: nothingImported,
    advice: (facts) =>
      `Check the ${addressLabel(facts)}. If it is right, a proxy or a sign-in page of your network stands between.`,
    field: addressField,
  },
  'import-metadata-unreadable': {
    saw: (facts) => {
      const field = factText(facts, 'missing');
      return field === ''
        ? `${hostFirst(facts)} answered JSON${at(facts)}, but it is no OpenID Connect metadata.`
        : `The metadata${at(facts)} has no usable “${field}”.`;
    },
    matters: nothingImported,
    advice: (facts) =>
      `Check that the ${addressLabel(facts)} is the one of ${who(facts)}’s OpenID Connect, not of another of its services.`,
    field: addressField,
  },
  'import-metadata-too-large': {
    saw: (facts) => `The answer${at(facts)} is larger than 1 MiB. Reading stopped there.`,
    matters: nothingImported,
    advice: (facts) =>
      `Metadata has a few kilobytes. Check the ${addressLabel(facts)}: something else answers there.`,
    field: addressField,
  },
  'import-server-failed': {
    saw: (facts) => `${whoFirst(facts)} failed${at(facts)}: it answered ${factText(facts, 'status', '5xx')}.`,
    matters: nothingImported,
    advice: (facts) =>
      isOkta(facts)
        ? 'Try again in a few minutes; status.okta.com says more.'
        : 'Try again in a few minutes, then ask whoever runs the provider.',
    field: always(null),
  },
  'import-rate-limited': {
    saw: (facts) =>
      `${whoFirst(facts)} is busy${at(facts)}: it answered ${factText(facts, 'status', '429')}.`,
    matters: always('Waiting is not failing: the address is right.'),
    advice: (facts) =>
      isOkta(facts)
        ? 'Try again in a minute. If it stays, look in Okta under Reports → Rate limits for what uses it up.'
        : 'Try again in a minute.',
    field: always(null),
  },
};
