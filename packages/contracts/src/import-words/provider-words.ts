import { countOf, factNumber, factText } from '../run-facts.ts';
import {
  addressField,
  addressLabel,
  always,
  answered,
  at,
  type EntryTable,
  hostFirst,
  isOkta,
  who,
  whoFirst,
} from './words.ts';

type ProviderCode =
  | 'import-issuer-differs'
  | 'import-issuer-admin-host'
  | 'import-endpoint-foreign'
  | 'import-endpoint-unusable'
  | 'import-endpoint-moved'
  | 'import-no-code-flow'
  | 'import-no-pkce'
  | 'import-algorithm-not-offered'
  | 'import-scope-not-offered'
  | 'import-keys-unreachable'
  | 'import-keys-none'
  | 'import-keys-weak'
  | 'import-clock-apart'
  | 'import-clock-unknown';

const noSignature = always('Without a key no ID token can be checked, so everybody would be refused.');

/** What the metadata says, and the keys and the clock behind it. */
export const providerWords: EntryTable<ProviderCode> = {
  'import-issuer-differs': {
    saw: (facts) =>
      `The metadata names the issuer ${factText(facts, 'seen', 'of somebody else')}; expected was ${factText(facts, 'expected', 'the one entered')}.`,
    matters: always(
      'The issuer is who vouches for people. Metadata of another issuer is not used, and the client secret was not sent.',
    ),
    advice: (facts) =>
      facts.slash === true
        ? `They differ in the slash at the end only. Enter ${factText(facts, 'seen', 'the issuer')} as the issuer URL, exactly so.`
        : `If ${factText(facts, 'seen', 'the issuer seen')} is ${isOkta(facts) ? 'your org' : 'the provider'}, enter it as the ${addressLabel(facts)}. Else another service answers on this address.`,
    field: addressField,
  },
  'import-issuer-admin-host': {
    saw: (facts) =>
      `${factText(facts, 'expected', 'The address entered')} is the admin console; the metadata names the issuer ${factText(facts, 'seen', 'without -admin')}.`,
    matters: always('People log in at the org, not at its console. Metadata of another issuer is not used.'),
    advice: (facts) => `Enter ${factText(facts, 'seen', 'the address without -admin')} instead.`,
    field: addressField,
  },
  'import-endpoint-foreign': {
    saw: (facts) =>
      `Of the endpoints ${countOf(Math.max(1, factNumber(facts, 'count')), 'is', 'are')} on another host than the issuer: ${factText(facts, 'endpoints', 'see the answer')}.`,
    matters: (facts) =>
      `Codes and the client secret are sent there. ${isOkta(facts) ? 'Okta has all of them on the issuer’s own host.' : 'Some providers do that on purpose.'}`,
    advice: (facts) =>
      isOkta(facts)
        ? 'Look at who answers on this domain: a proxy may rewrite Okta’s answers. Go on only if you know the host.'
        : 'Compare the hosts with the provider’s own page. Go on only if you know them.',
    field: addressField,
  },
  'import-endpoint-unusable': {
    saw: (facts) =>
      `The metadata names ${factText(facts, 'value', 'an address')} as “${factText(facts, 'endpoint', 'endpoint')}”: ${factText(facts, 'why', 'it cannot be used')}.`,
    matters: always(
      'It is not used and not called: an address in metadata must not become a way into your network.',
    ),
    advice: (facts) =>
      `Check that the ${addressLabel(facts)} is right. Endpoints are https addresses on the public internet; a host inside your network has to be named in OUTBOUND_ALLOW.`,
    field: addressField,
  },
  'import-endpoint-moved': {
    saw: (facts) =>
      `The token endpoint moved from ${factText(facts, 'before', 'its host')} to ${factText(facts, 'after', 'another host')} since the client secret was entered.`,
    matters: always('A secret is sent only to the host that it was given for. It was not sent.'),
    advice: (facts) =>
      `Ask whoever runs ${who(facts)} if the move is theirs. If it is, enter the client secret again and import once more.`,
    field: always('clientSecret'),
  },
  'import-no-code-flow': {
    saw: (facts) =>
      `${whoFirst(facts)} does not offer the authorization code flow; it offers ${factText(facts, 'offered', 'something else')}.`,
    matters: always(
      'Gatehouse logs people in by authorization code only; other flows put tokens into the browser.',
    ),
    advice: (facts) =>
      isOkta(facts)
        ? 'Every authorization server of Okta offers it: check that the address is Okta’s.'
        : 'Switch the authorization code flow on at the provider (response type “code”).',
    field: always(null),
  },
  'import-no-pkce': {
    saw: (facts) => `${whoFirst(facts)} does not say that it supports PKCE with S256.`,
    matters: always(
      'Gatehouse sends S256 with every login all the same. A provider that ignores it protects codes less well against theft.',
    ),
    advice: always('Ask the provider for PKCE (S256). Logins work without it.'),
    field: always(null),
  },
  'import-algorithm-not-offered': {
    saw: (facts) =>
      `ID tokens would be signed with ${factText(facts, 'offered', 'something else')}; chosen is ${factText(facts, 'algorithm', 'another algorithm')}.`,
    matters: always('Only the chosen algorithm is accepted, so every ID token would be refused.'),
    advice: (facts) => {
      const usable = factText(facts, 'usable');
      return usable === ''
        ? 'Ask the provider to sign ID tokens with RS256. “none” and HS256 cannot be chosen: they prove nothing.'
        : `Choose ${usable} as the signing algorithm, or change it at the provider.`;
    },
    field: always('signingAlgorithm'),
  },
  'import-scope-not-offered': {
    saw: (facts) =>
      factText(facts, 'status') === ''
        ? `${whoFirst(facts)} does not offer: ${factText(facts, 'scopes', 'a scope that is asked for')}.`
        : `${whoFirst(facts)} ${answered(facts)}. It does not know a scope that is asked for.`,
    matters: always('A scope that is not known can end every login with “invalid_scope”.'),
    advice: (facts) =>
      isOkta(facts)
        ? 'Remove it from the scopes, or add it in Okta under Security → API → Authorization Servers → Scopes. A custom authorization server has no scope “groups”: add a claim instead.'
        : 'Remove it from the scopes, or add it at the provider.',
    field: always('scopes'),
  },
  'import-keys-unreachable': {
    saw: (facts) =>
      `The signing keys could not be read${at(facts)}: ${factText(facts, 'why', 'there was no usable answer')}.`,
    matters: noSignature,
    advice: always(
      'Try again. If it stays, look at the proxy or firewall between this server and that address.',
    ),
    field: always(null),
  },
  'import-keys-none': {
    saw: (facts) =>
      `None of ${countOf(factNumber(facts, 'count'), 'signing key', 'signing keys')} fits ${factText(facts, 'algorithm', 'the chosen algorithm')}.`,
    matters: noSignature,
    advice: (facts) =>
      isOkta(facts)
        ? 'Okta signs with RS256: choose it as the signing algorithm. If it is chosen, check that the address is Okta’s.'
        : 'Choose the algorithm that the provider signs with, or give it a key for this one.',
    field: always('signingAlgorithm'),
  },
  'import-keys-weak': {
    saw: (facts) =>
      `The longest signing key has ${factNumber(facts, 'bits').toLocaleString('en-US')} bits; 2,048 are needed.`,
    matters: always('A short key can be broken, and whoever breaks it logs in as anybody.'),
    advice: (facts) =>
      isOkta(facts)
        ? 'Okta’s keys are long enough: check that the address is Okta’s.'
        : 'Give the provider a new signing key of 2,048 bits or more, then import again.',
    field: always(null),
  },
  'import-clock-apart': {
    saw: (facts) => {
      const seconds = factNumber(facts, 'seconds');
      const apart = countOf(Math.abs(seconds), 'second', 'seconds');
      return `This server’s clock is ${apart} ${seconds < 0 ? 'behind' : 'ahead of'} ${who(facts)}’s.`;
    },
    matters: always(
      'ID tokens carry times. One that is more than two minutes in the future, or older than allowed, is refused, and so is everybody who logs in.',
    ),
    advice: always('Set this server’s clock by a time server (NTP), then import again.'),
    field: always(null),
  },
  'import-clock-unknown': {
    saw: (facts) => `${hostFirst(facts)} does not say what time it is.`,
    matters: always('If the clocks are more than two minutes apart, logins are refused.'),
    advice: always('Compare this server’s clock with a time server (NTP). A test login shows the rest.'),
    field: always(null),
  },
};
