import { type Facts, factText } from '../run-facts.ts';
import { always, answered, type EntryTable, isOkta, who, whoFirst } from './words.ts';

type ClientCode =
  | 'import-no-client-secret-method'
  | 'import-client-id-missing'
  | 'import-secret-missing'
  | 'import-client-unknown'
  | 'import-secret-refused'
  | 'import-public-client'
  | 'import-client-answer-unclear'
  | 'import-callback-not-registered'
  | 'import-callback-answer-unclear'
  | 'import-app-grant-missing';

function noTokens(facts: Facts): string {
  return `Without the secret ${who(facts)} hands out no tokens. Everybody would fail right after typing their password.`;
}

/** The app that was registered for Gatehouse. */
export const clientWords: EntryTable<ClientCode> = {
  'import-no-client-secret-method': {
    saw: (facts) =>
      `${whoFirst(facts)} does not accept ${factText(facts, 'wanted', 'a client secret')}; it accepts ${factText(facts, 'offered', 'something else')}.`,
    matters: noTokens,
    advice: (facts) =>
      factText(facts, 'usable') === ''
        ? 'Allow client_secret_basic or client_secret_post at the provider: Gatehouse proves itself by a client secret.'
        : `Choose ${factText(facts, 'usable')} as the client authentication, or let the metadata decide.`,
    field: always('clientAuthentication'),
  },
  'import-client-id-missing': {
    saw: always('The Client ID is empty.'),
    matters: (facts) => `${whoFirst(facts)} knows the app by its Client ID.`,
    advice: (facts) =>
      isOkta(facts)
        ? 'Copy the Client ID in Okta from the app’s page, tab General, and paste it here.'
        : 'Copy the client id from the provider’s page of the app and paste it here.',
    field: always('clientId'),
  },
  'import-secret-missing': {
    saw: always('There is no client secret.'),
    matters: noTokens,
    advice: (facts) =>
      isOkta(facts)
        ? 'Copy the client secret in Okta from the app’s page, tab General, with the copy button beside it. An app without one is no Web Application: create it anew as one.'
        : 'Copy the client secret from the provider’s page of the app and paste it here.',
    field: always('clientSecret'),
  },
  'import-client-unknown': {
    saw: (facts) => `${whoFirst(facts)} ${answered(facts)}. It knows no active app with this Client ID.`,
    matters: (facts) => `${whoFirst(facts)} shows an error of its own instead of a login page.`,
    advice: (facts) =>
      isOkta(facts)
        ? 'Copy the Client ID again from the app’s page, tab General, with the copy button. Look that the app is active, and that it is in this org.'
        : 'Copy the client id again from the provider’s page of the app.',
    field: always('clientId'),
  },
  'import-secret-refused': {
    saw: (facts) =>
      `${whoFirst(facts)} ${answered(facts)}.${facts.clientKnown === true ? ' The Client ID is right.' : ''}`,
    matters: noTokens,
    advice: (facts) =>
      isOkta(facts)
        ? 'Copy the secret again with Okta’s copy button: selecting it by hand often takes a dot or a space along. If there are several, look which one is active.'
        : 'Copy the secret again from the provider’s page of the app. If it was renewed there, the old one is over.',
    field: always('clientSecret'),
  },
  'import-public-client': {
    saw: (facts) =>
      `${whoFirst(facts)} ${answered(facts)}. Without a secret it answers: the app is a single-page or native one.`,
    matters: always('Such an app has no client secret, so anybody could pass for Gatehouse with it.'),
    advice: (facts) =>
      isOkta(facts)
        ? 'Create the app integration again: OIDC - OpenID Connect, then Web Application. Copy its Client ID and secret here.'
        : 'Register the app again as a confidential (web) client with a client secret.',
    field: always('clientId'),
  },
  'import-client-answer-unclear': {
    saw: (facts) => `${whoFirst(facts)} ${answered(facts)}. That says neither yes nor no to the secret.`,
    matters: always('If the secret is wrong, everybody fails right after typing their password.'),
    advice: always('Go on, and make a test login before anybody else does: it shows for certain.'),
    field: always(null),
  },
  'import-callback-not-registered': {
    saw: (facts) =>
      `${whoFirst(facts)} ${answered(facts)}. The callback URL ${factText(facts, 'callbackUrl', 'shown here')} is not registered for the app.`,
    matters: (facts) =>
      `${whoFirst(facts)} shows an error of its own instead of a login page, and nobody comes back.`,
    advice: (facts) =>
      isOkta(facts)
        ? 'In Okta open the app, tab General, Edit, and paste the callback URL as a Sign-in redirect URI with the copy button: every character counts, also capitals and a slash at the end.'
        : 'Paste the callback URL as a redirect URI of the app: every character counts, also capitals and a slash at the end.',
    field: always(null),
  },
  'import-callback-answer-unclear': {
    saw: (facts) =>
      `${whoFirst(facts)} ${answered(facts)}. That does not tell whether the callback URL is registered.`,
    matters: (facts) => `If it is not, ${who(facts)} shows an error of its own instead of a login page.`,
    advice: (facts) =>
      `Compare the callback URL with the app’s ${isOkta(facts) ? 'Sign-in redirect URIs in Okta' : 'redirect URIs'}, then make a test login: it shows for certain.`,
    field: always(null),
  },
  'import-app-grant-missing': {
    saw: (facts) => `${whoFirst(facts)} ${answered(facts)}. The app may not use authorization codes.`,
    matters: always('Logins work by authorization code, so everybody would be refused.'),
    advice: (facts) =>
      isOkta(facts)
        ? 'In Okta open the app, tab General, Edit, and tick Authorization Code under Grant type.'
        : 'Allow the authorization code grant for the app at the provider.',
    field: always('clientId'),
  },
};
