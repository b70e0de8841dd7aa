import type { SourceErrorCode } from '../run-codes.ts';
import type { Facts } from '../run-facts.ts';
import { countOf, factNumber, factText, oktaTrail } from '../run-facts.ts';
import type { Words, WordTable } from './word-table.ts';

/** What was being read, and that nothing came of it. */
function during(facts: Facts): string {
  const collection = factText(facts, 'collection');
  return collection === '' ? '' : ` while reading ${collection}`;
}

function host(facts: Facts): string {
  return factText(facts, 'host', 'The Okta domain');
}

function afterTries(facts: Facts): string {
  const tries = factNumber(facts, 'tries');
  return tries > 1 ? ` after ${countOf(tries, 'try', 'tries')}` : '';
}

const untouched = 'The directory is as it was.';

/** Each says what happened, and that nothing was written: a read that fails changes nothing. */
function words(label: string, sentence: (facts: Facts) => string): Words {
  return { label, sentence: (facts) => `${sentence(facts)} ${untouched}${oktaTrail(facts)}` };
}

/** Why a source could not be read to the end. */
export const sourceErrorWords: WordTable<SourceErrorCode> = {
  'host-not-resolved': words('Host not found', (facts) => `${host(facts)} has no address: check the domain.`),
  'host-blocked': words(
    'Host blocked',
    (facts) =>
      `${host(facts)} leads to an address inside a network, and Gatehouse does not call those unless OUTBOUND_ALLOW names them.`,
  ),
  'host-timed-out': words(
    'No answer',
    (facts) => `${host(facts)} did not answer in time${during(facts)}${afterTries(facts)}.`,
  ),
  'host-refused': words(
    'Not reachable',
    (facts) => `${host(facts)} could not be reached${during(facts)}${afterTries(facts)}.`,
  ),
  'host-tls': words(
    'Certificate refused',
    (facts) => `The certificate of ${host(facts)} is not trusted${reasonIn(facts)}.`,
  ),
  'host-redirects': words(
    'Redirected',
    (facts) => `${host(facts)} sends the call elsewhere, and the token does not follow: check the domain.`,
  ),
  'not-the-source': words(
    'Not Okta',
    (facts) => `${host(facts)} answered with something that is not Okta’s${during(facts)}.`,
  ),
  'answer-too-large': words(
    'Answer too large',
    (facts) => `An answer of Okta was larger than Gatehouse takes${during(facts)}.`,
  ),
  'answer-unreadable': words(
    'Answer not readable',
    (facts) => `An answer of Okta could not be read${during(facts)}${afterTries(facts)}.`,
  ),
  'answer-truncated': words(
    'Answer cut off',
    (facts) => `An answer of Okta ended in the middle${during(facts)}${afterTries(facts)}.`,
  ),
  'token-invalid': words(
    'Token refused',
    (facts) =>
      `Okta refuses the token${during(facts)}: it is wrong, revoked, expired after 30 days without use, or its owner was deactivated. Replace the token.`,
  ),
  'token-missing': words('No token', () => 'The connector has no API token.'),
  'token-forbidden': words(
    'Token may not read',
    (facts) =>
      `The token may not read ${factText(facts, 'collection', 'this')}: its owner’s admin role is too small.`,
  ),
  'rate-limited': words('Rate limit', (facts) => {
    const minutes = Math.floor(factNumber(facts, 'waitedMs') / 60_000);
    const wait = minutes === 0 ? '' : ` for ${countOf(minutes, 'minute', 'minutes')}`;
    return `Okta’s rate limit let nothing through${wait}${during(facts)}.`;
  }),
  'server-failed': words(
    'Okta failed',
    (facts) =>
      `Okta answered ${factText(facts, 'status', 'with an error')}${during(facts)}${pageIn(facts)}${afterTries(facts)}.`,
  ),
  'cursor-repeated': words(
    'Page repeated',
    (facts) =>
      `Okta sent the same page again${during(facts)}${pageIn(facts)}: the list cannot be read to its end.`,
  ),
  'cursor-foreign': words(
    'Strange next page',
    (facts) =>
      `Okta’s link to the next page leads somewhere else${during(facts)}${pageIn(facts)}. It is not followed.`,
  ),
  cancelled: words('Cancelled', () => 'Cancelled while reading.'),
};

function reasonIn(facts: Facts): string {
  const reason = factText(facts, 'reason');
  return reason === '' ? '' : ` (${reason})`;
}

function pageIn(facts: Facts): string {
  const page = factNumber(facts, 'page');
  return page === 0 ? '' : `, page ${page.toLocaleString('en-US')}`;
}
