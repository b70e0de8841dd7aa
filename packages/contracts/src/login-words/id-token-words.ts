import { factText } from '../run-facts.ts';
import { needsSupport, seenInstead, startAgain } from './common-words.ts';
import type { LoginFailureTable } from './login-failure-entry.ts';

type Code =
  | 'id-token-missing'
  | 'id-token-unreadable'
  | 'id-token-algorithm'
  | 'id-token-signature'
  | 'id-token-key-unknown'
  | 'id-token-key-ambiguous'
  | 'id-token-crit'
  | 'keys-unreachable'
  | 'id-token-issuer'
  | 'id-token-audience'
  | 'id-token-authorized-party'
  | 'id-token-nonce'
  | 'id-token-expired'
  | 'id-token-not-yet-valid'
  | 'id-token-issued-long-ago'
  | 'id-token-issued-in-future'
  | 'id-token-claim-missing'
  | 'id-token-subject'
  | 'id-token-at-hash';

const notProven = 'A token that cannot be proven to be Okta’s could be anybody’s. It was not used.';
const clocks =
  'Compare this server’s clock with the time in the answer: run Import Metadata, it measures the difference. Switch time synchronisation on (chrony, systemd-timesyncd). Then log in again.';
const readAgain = 'Run Import Metadata again, then log in again.';

/** Checks of the ID token, the one proof of who the person is. */
export const idTokenWords: LoginFailureTable<Code> = {
  'id-token-missing': {
    label: 'No ID token',
    clause: 'the answer has no ID token',
    saw: () => 'Okta gave tokens, but no ID token among them.',
    matters: 'Only the ID token says who logged in.',
    advice:
      'Check that the issuer is an OpenID Connect server and offers the scope “openid”. With a custom authorization server, its access policy must allow “openid”.',
    field: 'issuer',
    inOkta: true,
    person: needsSupport,
  },
  'id-token-unreadable': {
    label: 'ID token is not readable',
    clause: 'the ID token cannot be read',
    saw: () => 'The ID token is not a signed JSON Web Token, or is encrypted.',
    matters: notProven,
    advice: `In Okta open the app, tab General, and see that ID tokens are not encrypted. ${readAgain}`,
    field: null,
    inOkta: true,
    person: needsSupport,
  },
  'id-token-algorithm': {
    label: 'ID token: another algorithm than expected',
    clause: 'the ID token is signed in another way than expected',
    saw: (facts) =>
      `The ID token is signed with ${seenInstead(facts, 'another algorithm than the chosen one')}.`,
    matters:
      'The way of signing is fixed here. Letting the token choose it is how forged tokens get in: “none” needs no key at all.',
    advice:
      'If Okta signs with another algorithm on purpose, choose that one at this IdP. If you see “none” or a name that begins with HS, do not: find out who answered.',
    field: 'signingAlgorithm',
    inOkta: true,
    person: needsSupport,
  },
  'id-token-signature': {
    label: 'ID token: signature does not match',
    clause: 'the signature of the ID token does not match Okta’s key',
    saw: () => 'The ID token names a key of Okta, but that key did not sign it as it is.',
    matters: `The token was changed on the way or is a forgery. ${notProven}`,
    advice: `Log in again. If it stays, something between this server and Okta changes answers: look at the proxy. ${readAgain}`,
    field: null,
    inOkta: false,
    person: needsSupport,
  },
  'id-token-key-unknown': {
    label: 'ID token: key is not one of Okta’s',
    clause: 'the ID token is signed with a key that Okta does not publish',
    saw: (facts) =>
      factText(facts, 'kid') === ''
        ? 'Okta’s published keys were read anew, and none of them fits the ID token.'
        : `Okta’s published keys were read anew, and none of them is “${factText(facts, 'kid')}”.`,
    matters: notProven,
    advice:
      'Check that issuer and Okta domain belong together. A custom authorization server has keys of its own: its issuer must be entered here. If Okta has just changed its keys, log in again.',
    field: 'issuer',
    inOkta: true,
    person: needsSupport,
  },
  'id-token-key-ambiguous': {
    label: 'ID token: does not name its key',
    clause: 'the ID token does not say which of several keys signed it',
    saw: () => 'The provider publishes several keys, and the ID token does not say which one signed it.',
    matters: notProven,
    advice:
      'Okta always names the key (kid). Another provider must be set up to do so, or publish a single key.',
    field: null,
    inOkta: true,
    person: needsSupport,
  },
  'id-token-crit': {
    label: 'ID token: asks for an unknown extension',
    clause: 'the ID token demands an extension that is not known',
    saw: () =>
      'The header of the ID token says that it must only be read by those who know an extension (crit).',
    matters: 'Whoever does not know such an extension has to refuse the token: RFC 7515 says so.',
    advice: 'Okta sends no such tokens. Look at what stands between this server and the provider.',
    field: null,
    inOkta: true,
    person: needsSupport,
  },
  'keys-unreachable': {
    label: 'Okta’s keys cannot be read',
    clause: 'Okta’s public keys cannot be read',
    saw: (facts) =>
      factText(facts, 'status') === ''
        ? 'The address of the public keys did not give a list of keys.'
        : `The address of the public keys answered ${factText(facts, 'status')}.`,
    matters: notProven,
    advice: `Log in again. If it stays: ${readAgain.charAt(0).toLowerCase()}${readAgain.slice(1)}`,
    field: 'domain',
    inOkta: false,
    person: needsSupport,
  },
  'id-token-issuer': {
    label: 'ID token: issuer is not the one we expect',
    clause: 'the ID token has another issuer than expected',
    saw: (facts) =>
      `The ID token was issued by ${seenInstead(facts, 'another address than the one entered here')}. Up to here the login went well.`,
    matters: 'Accepting another issuer would let a different Okta organization log people in here.',
    advice:
      'In Okta open the app, tab Sign On, and set “Issuer” to the address entered here (“Custom URL” or “Dynamic” with a custom domain). Or enter the domain that the token names, and run Import Metadata again.',
    field: 'domain',
    inOkta: true,
    person: needsSupport,
  },
  'id-token-audience': {
    label: 'ID token: made for another app',
    clause: 'the ID token was made for another app',
    saw: (facts) => `The ID token is for ${seenInstead(facts, 'another client than this one')}.`,
    matters: 'A token that another app got must not open this one.',
    advice: 'In Okta open the app, tab General, and compare its Client ID with the one entered here.',
    field: 'clientId',
    inOkta: true,
    person: needsSupport,
  },
  'id-token-authorized-party': {
    label: 'ID token: given to another app',
    clause: 'the ID token was given to another app',
    saw: (facts) =>
      `The ID token was handed out to ${seenInstead(facts, 'another client than this one')} (azp).`,
    matters: 'A token that another app got must not open this one.',
    advice: 'In Okta open the app, tab General, and compare its Client ID with the one entered here.',
    field: 'clientId',
    inOkta: true,
    person: needsSupport,
  },
  'id-token-nonce': {
    label: 'ID token: belongs to another login',
    clause: 'the ID token belongs to another login',
    saw: () => 'The ID token does not carry the nonce that this login was sent with.',
    matters: 'An ID token of another login, played in here, would log this browser in as somebody else.',
    advice: 'Log in again in one window. If it stays, Okta’s answers come from a cache: look at the proxy.',
    field: null,
    inOkta: false,
    person: startAgain,
  },
  'id-token-expired': {
    label: 'ID token: expired',
    clause: 'the ID token has expired',
    saw: (facts) => `The ID token ended at ${factText(facts, 'seen', 'a time that has passed')}.`,
    matters:
      'Tokens end so that a stolen one is soon worth nothing. The clocks may differ by 30 seconds, not more.',
    advice: clocks,
    field: null,
    inOkta: false,
    person: needsSupport,
  },
  'id-token-not-yet-valid': {
    label: 'ID token: not valid yet',
    clause: 'the ID token is not valid yet',
    saw: (facts) => `The ID token begins at ${factText(facts, 'seen', 'a time to come')}.`,
    matters: 'A token from the future says that one of the two clocks is wrong.',
    advice: clocks,
    field: null,
    inOkta: false,
    person: needsSupport,
  },
  'id-token-issued-long-ago': {
    label: 'ID token: issued too long ago',
    clause: 'the ID token was issued too long ago',
    saw: (facts) => `The ID token was issued at ${factText(facts, 'seen', 'a time too long ago')}.`,
    matters: 'Okta issues the token in the moment of the login. An old one was kept by somebody.',
    advice: `${clocks} If the provider issues tokens ahead, raise the oldest age that is accepted.`,
    field: 'maximumTokenAgeSeconds',
    inOkta: false,
    person: startAgain,
  },
  'id-token-issued-in-future': {
    label: 'ID token: issued in the future',
    clause: 'the ID token was issued in the future',
    saw: (facts) => `The ID token was issued at ${factText(facts, 'seen', 'a time to come')}.`,
    matters: 'A token from the future says that one of the two clocks is wrong by more than two minutes.',
    advice: clocks,
    field: null,
    inOkta: false,
    person: needsSupport,
  },
  'id-token-claim-missing': {
    label: 'ID token: a claim is missing',
    clause: 'the ID token lacks a claim that every ID token has',
    saw: (facts) => `The ID token has no usable “${factText(facts, 'claim', 'iss, sub, aud, exp or iat')}”.`,
    matters: 'What is not there cannot be checked.',
    advice:
      'Okta always sends it. See that the issuer is Okta’s and that no token inline hook there removes claims.',
    field: null,
    inOkta: true,
    person: needsSupport,
  },
  'id-token-subject': {
    label: 'ID token: no usable user id',
    clause: 'the ID token has no usable user id',
    saw: (facts) => `The user id (sub) is ${factText(facts, 'seen', 'not 1 to 255 ASCII characters long')}.`,
    matters:
      'A person is known by this id and nothing else. An id that cannot be stored exactly could become another’s.',
    advice: 'Okta sends ids such as 00u1a2b3c4. Another provider must send 1 to 255 ASCII characters.',
    field: null,
    inOkta: true,
    person: needsSupport,
  },
  'id-token-at-hash': {
    label: 'ID token: belongs to another access token',
    clause: 'ID token and access token do not belong together',
    saw: () =>
      'The ID token names the hash of another access token than the one that came with it (at_hash).',
    matters: 'One of the two tokens was exchanged on the way. Neither was used.',
    advice:
      'Log in again. If it stays, something between this server and Okta changes answers: look at the proxy.',
    field: null,
    inOkta: false,
    person: needsSupport,
  },
};
