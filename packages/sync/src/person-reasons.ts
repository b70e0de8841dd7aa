import type { CodedReason } from '@gatehouse/contracts/run';
import { reasonWords } from '@gatehouse/contracts/run-words';

/** Why a single-user run ended without the person, beside the codes of plans, runs and sources. */
export type PersonReasonCode =
  | 'person-not-in-source'
  | 'person-changed-meanwhile'
  | 'connector-removed'
  | 'connector-not-connected';

const words: Readonly<Record<PersonReasonCode, string>> = {
  'person-not-in-source':
    'Okta does not know this person, or the API token does not see them: Okta answers both alike. Nothing is changed.',
  'person-changed-meanwhile':
    'Somebody else kept changing this person while they were brought up to date. Nothing was written.',
  'connector-removed': 'The connector was removed. Nobody is read from it any more.',
  'connector-not-connected':
    'The last connection test of the connector failed, so that nobody is read from it until one passes.',
};

export function personReason(
  code: PersonReasonCode,
  facts: Readonly<Record<string, unknown>> = {},
): CodedReason {
  return { code, facts };
}

/** The reason of any outcome of a single-user run as one or two sentences for people. */
export function personReasonWords(reason: CodedReason): string {
  const own: Readonly<Record<string, string>> = words;
  return (Object.hasOwn(own, reason.code) ? own[reason.code] : undefined) ?? reasonWords(reason);
}
