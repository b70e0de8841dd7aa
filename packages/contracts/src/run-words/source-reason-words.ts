import type { SourceErrorCode } from '../run-codes.ts';
import type { Facts } from '../run-facts.ts';
import { oktaTrail } from '../run-facts.ts';
import { sourceErrorWords } from '../source-error-words.ts';
import type { Words, WordTable } from './word-table.ts';

const untouched = 'The directory is as it was.';

/** What was seen, as on the connection test, and that nothing was written: a read that fails changes nothing. */
function words(code: SourceErrorCode, label: string): Words {
  return {
    label,
    sentence: (facts: Facts) =>
      `${sourceErrorWords({ code, facts })?.saw ?? label} ${untouched}${oktaTrail(facts)}`,
  };
}

/** Why a source could not be read to the end. */
export const sourceReasonWords: WordTable<SourceErrorCode> = {
  'host-not-resolved': words('host-not-resolved', 'Host not found'),
  'host-blocked': words('host-blocked', 'Host blocked'),
  'host-timed-out': words('host-timed-out', 'No answer'),
  'host-refused': words('host-refused', 'Not reachable'),
  'host-tls': words('host-tls', 'Certificate refused'),
  'host-redirects': words('host-redirects', 'Redirected'),
  'not-the-source': words('not-the-source', 'Not Okta'),
  'answer-too-large': words('answer-too-large', 'Answer too large'),
  'answer-unreadable': words('answer-unreadable', 'Answer not readable'),
  'answer-truncated': words('answer-truncated', 'Answer cut off'),
  'token-invalid': words('token-invalid', 'Token refused'),
  'token-missing': words('token-missing', 'No token'),
  'token-forbidden': words('token-forbidden', 'Token may not read'),
  'rate-limited': words('rate-limited', 'Rate limit'),
  'server-failed': words('server-failed', 'Okta failed'),
  'cursor-repeated': words('cursor-repeated', 'Page repeated'),
  'list-endless': words('list-endless', 'List without end'),
  'cursor-foreign': words('cursor-foreign', 'Strange next page'),
  cancelled: words('cancelled', 'Cancelled'),
};
