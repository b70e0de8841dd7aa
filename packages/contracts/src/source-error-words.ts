import type { CodedReason } from './run.ts';
import { type SourceErrorCode, sourceErrorCodes } from './run-codes.ts';
import { clockTime, countOf, type Facts, factNumber, factText } from './run-facts.ts';

/** A failure to read a source, for people: on the connection test and on a failed run. */
export type SourceErrorWords = {
  /** What we saw. */
  readonly saw: string;
  /** Why it matters. */
  readonly matters: string;
  /** What to do. */
  readonly advice: string;
  /** Field that the fix belongs to. */
  readonly field: 'domain' | 'apiToken' | null;
};

type Entry = {
  readonly saw: (facts: Facts) => string;
  readonly matters: string;
  readonly advice: (facts: Facts) => string;
  readonly field: SourceErrorWords['field'];
};

const nothingRead = 'Nothing can be read from Okta, so no sync can run. The directory stays as it is.';
const notToTheEnd = 'What was read is not complete, so it is not used. The directory stays as it is.';
const tokenKept = 'The token is sent to Okta only, so the call ends here. The directory stays as it is.';

/**
 * Okta's words for its codes, as its catalogue has them: shown instead of the text of an answer, which may come from
 * anybody (https://developer.okta.com/docs/reference/error-codes/).
 */
const oktaSummaries: Readonly<Record<string, string>> = {
  E0000001: 'Api validation failed',
  E0000004: 'Authentication failed',
  E0000005: 'Invalid session',
  E0000006: 'You do not have permission to perform the requested action',
  E0000007: 'Not found: Resource not found',
  E0000009: 'Internal Server Error',
  E0000010: 'Service is in read only mode',
  E0000011: 'Invalid token provided',
  E0000015: 'You do not have permission to access the feature you are requesting',
  E0000021: 'Bad request. Accept and/or Content-Type headers likely do not match supported values.',
  E0000022: 'The endpoint does not support the provided HTTP method',
  E0000031: 'Invalid search criteria.',
  E0000047: 'API call exceeded rate limit due to too many requests.',
  E0000053: 'Invalid SCIM filter.',
};

const newToken =
  'In Okta open Security → API → Tokens, create a token as an administrator who sees all groups (a Read-only Administrator does), and replace it here.';

/** Advice where one of Okta's codes says more than ours. */
const oktaAdvice: Readonly<Record<string, string>> = {
  E0000004: `Okta found no credentials in the call. A proxy on the way may remove the header “Authorization”. Else: ${newToken}`,
  E0000005: `Okta takes the token for a session that has ended; a proxy on the way may change the header “Authorization”. Else: ${newToken}`,
  E0000010: 'Okta is under maintenance and only reads. The next run tries again; status.okta.com says more.',
  E0000015: 'This feature is not part of the org’s licence. Ask Okta’s support, with the ids below.',
};

const table: Readonly<Record<SourceErrorCode, Entry>> = {
  'host-not-resolved': {
    saw: (facts) => `No address is known for ${host(facts)}.`,
    matters: nothingRead,
    advice: () =>
      'Check the spelling of the domain. If it is right, this server’s DNS does not know it: try again, then ask whoever runs the network.',
    field: 'domain',
  },
  'host-blocked': {
    saw: (facts) =>
      `${host(facts, 'The')} leads into a private network, or is not called by https. Nothing was sent.`,
    matters: 'A domain field must not become a way into your own network. The directory stays as it is.',
    advice: () =>
      'Enter the public domain of the org, such as acme.okta.com. If Okta is reached through a host inside, name its origin in OUTBOUND_ALLOW and restart.',
    field: 'domain',
  },
  'host-timed-out': {
    saw: (facts) =>
      `${host(facts, 'The')} did not answer in ${seconds(facts)}${during(facts)}${tries(facts)}.`,
    matters: nothingRead,
    advice: () =>
      'Try again in a minute. If it stays: check the domain, and that this server may reach it on port 443, through a proxy if there is one (OUTBOUND_PROXY).',
    field: 'domain',
  },
  'host-refused': {
    saw: (facts) => `No connection to ${host(facts)}${during(facts)}${tries(facts)}.`,
    matters: nothingRead,
    advice: () =>
      'Check the domain and its port, and that a firewall or proxy lets this server through (OUTBOUND_PROXY).',
    field: 'domain',
  },
  'host-tls': {
    saw: (facts) => `The certificate of ${host(facts)} is not trusted${reason(facts)}.`,
    matters: 'Without a trusted certificate anybody on the way could read the token. It was not sent.',
    advice: () =>
      'Check the domain. If a proxy here opens TLS, put its certificate authority into OUTBOUND_CA_FILE and restart.',
    field: 'domain',
  },
  'host-redirects': {
    saw: (facts) =>
      `${host(facts, 'The')} answered ${factText(facts, 'status', '3xx')} and pointed somewhere else.`,
    matters: tokenKept,
    advice: () =>
      'Enter the domain that Okta itself answers on, such as acme.okta.com or your custom domain, not an address that forwards to it.',
    field: 'domain',
  },
  'not-the-source': {
    saw: (facts) =>
      `${host(facts, 'The')} answered with ${facts.html === true ? 'a web page' : `status ${factText(facts, 'status', '200')}, but not as Okta does`}${during(facts)}.`,
    matters: nothingRead,
    advice: () =>
      'No Okta org answers there. Compare the domain with the address bar of the admin console, without -admin. If it is right, a proxy or a sign-in page of your network stands between.',
    field: 'domain',
  },
  'answer-too-large': {
    saw: (facts) => `An answer was larger than 5 MiB${during(facts)}${page(facts)}${tries(facts)}.`,
    matters: notToTheEnd,
    advice: () =>
      'Gatehouse asked for smaller pages already. Look for a very large attribute in the profiles of the org.',
    field: null,
  },
  'answer-unreadable': {
    saw: (facts) =>
      `An answer was not the JSON that Okta sends${during(facts)}${page(facts)}${tries(facts)}.`,
    matters: notToTheEnd,
    advice: () =>
      'Try again. If it stays, something on the way changes Okta’s answers: look at the proxy first.',
    field: null,
  },
  'answer-truncated': {
    saw: (facts) => `An answer ended in the middle${during(facts)}${page(facts)}${tries(facts)}.`,
    matters: notToTheEnd,
    advice: () => 'Try again. If it stays, look at the proxy or firewall between this server and Okta.',
    field: null,
  },
  'token-invalid': {
    saw: (facts) =>
      factText(facts, 'reason') === 'characters'
        ? 'The token has spaces or characters that no token of Okta has. It was not sent.'
        : `Okta refuses the token: ${oktaSaid(facts)}.`,
    matters: nothingRead,
    advice: (facts) =>
      factText(facts, 'reason') === 'characters'
        ? 'Copy the token from Okta again, the whole line and nothing else. Okta shows it only once: if it is lost, create another one.'
        : `${newToken} Okta refuses a token that is wrong, revoked, of another org, used from outside its IP zones or unused for 30 days, and every token of a deactivated administrator.`,
    field: 'apiToken',
  },
  'token-missing': {
    saw: () => 'The connector has no API token.',
    matters: nothingRead,
    advice: () => newToken,
    field: 'apiToken',
  },
  'token-forbidden': {
    saw: (facts) =>
      `Okta accepts the token, but not for ${factText(facts, 'collection', 'this')}: ${oktaSaid(facts)}.`,
    matters:
      'A token has the rights of the administrator who made it, and this one may not read what a sync needs. The directory stays as it is.',
    advice: () => newToken,
    field: 'apiToken',
  },
  'rate-limited': {
    saw: (facts) => {
      const said = factText(facts, 'oktaCode') === '' ? '' : `: ${oktaSaid(facts)}`;
      return `Okta’s rate limit is used up${bucket(facts)}${waited(facts)}${said}.`;
    },
    matters: 'Waiting is not failing: the token and the domain are right. The directory stays as it is.',
    advice: (facts) =>
      `Try again ${clockTime(facts, 'freeAt')}. If it stays, look in Okta under Reports → Rate limits for what else uses it up.`,
    field: null,
  },
  'server-failed': {
    saw: (facts) => `Okta failed${during(facts)}${page(facts)}: ${oktaSaid(facts)}${tries(facts)}.`,
    matters: notToTheEnd,
    advice: () =>
      'Try again later; status.okta.com says more. If it stays, give Okta’s support the ids below.',
    field: null,
  },
  'list-endless': {
    saw: (facts) => `Okta sent only empty pages, and always another one${during(facts)}${page(facts)}.`,
    matters: notToTheEnd,
    advice: () => 'Try again. If it stays, look at the proxy between this server and Okta.',
    field: null,
  },
  'cursor-repeated': {
    saw: (facts) => `Okta sent to a page that was read already${during(facts)}${page(facts)}.`,
    matters: 'The list would never end, and who is on the missing pages would look as if they had left.',
    advice: () =>
      'Try again. If it stays, look at the proxy between this server and Okta: it may answer from a cache.',
    field: null,
  },
  'cursor-foreign': {
    saw: (facts) => `Okta’s link to the next page leads to another place${during(facts)}${page(facts)}.`,
    matters: tokenKept,
    advice: () =>
      'Look at the proxy between this server and Okta: it may rewrite links. Else enter the okta.com domain of the org instead of a custom one.',
    field: 'domain',
  },
  cancelled: {
    saw: () => 'The call was cancelled.',
    matters: notToTheEnd,
    advice: () => 'Start again when you like.',
    field: null,
  },
};

/** The words of a source's error; null for a code that is not one. Never throws, whatever the facts. */
export function sourceErrorWords(error: CodedReason): SourceErrorWords | null {
  const code = sourceErrorCodes.find((known) => known === error.code);
  if (code === undefined) return null;
  const { saw, matters, advice, field } = table[code];
  const special =
    code === 'rate-limited' ? undefined : ownEntry(oktaAdvice, factText(error.facts, 'oktaCode'));
  return { saw: saw(error.facts), matters, advice: special ?? advice(error.facts), field };
}

/** Okta's status and code, and its words for it in quotes. */
function oktaSaid(facts: Facts): string {
  const code = factText(facts, 'oktaCode');
  const status = factText(facts, 'status');
  const summary = ownEntry(oktaSummaries, code);
  const answer = [status, code].filter((part) => part !== '').join(' ');
  if (answer === '') return 'it gave no reason';
  return summary === undefined
    ? `it answered ${answer}`
    : `it answered ${answer} “${summary.replace(/\.$/, '')}”`;
}

function host(facts: Facts, article = 'the'): string {
  return factText(facts, 'host', `${article} Okta domain`);
}

function during(facts: Facts): string {
  const collection = factText(facts, 'collection');
  return collection === '' ? '' : ` while reading ${collection}`;
}

function page(facts: Facts): string {
  const number = factNumber(facts, 'page');
  return number < 2 ? '' : `, page ${number.toLocaleString('en-US')}`;
}

function tries(facts: Facts): string {
  const count = factNumber(facts, 'tries');
  return count < 2 ? '' : `, in ${countOf(count, 'try', 'tries')}`;
}

function seconds(facts: Facts): string {
  const milliseconds = factNumber(facts, 'timeoutMs');
  return milliseconds < 1000 ? 'time' : countOf(Math.round(milliseconds / 1000), 'second', 'seconds');
}

function reason(facts: Facts): string {
  const text = factText(facts, 'reason');
  return text === '' ? '' : ` (${text})`;
}

function bucket(facts: Facts): string {
  const label = factText(facts, 'bucket');
  return label === '' ? '' : ` for “${label}”`;
}

function waited(facts: Facts): string {
  const minutes = Math.round(factNumber(facts, 'waitedMs') / 60_000);
  return minutes < 1 ? '' : `, and ${countOf(minutes, 'minute', 'minutes')} of waiting freed nothing`;
}

/** Only own keys: `constructor` is no code. */
function ownEntry(entries: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(entries, key) ? entries[key] : undefined;
}
