import type { StepCode } from '../run-codes.ts';
import type { Facts } from '../run-facts.ts';
import { clockTime, countOf, factNumber, factText, people } from '../run-facts.ts';

function number(facts: Facts, name: string): string {
  return factNumber(facts, name).toLocaleString('en-US');
}

function pages(facts: Facts): string {
  return countOf(factNumber(facts, 'pages'), 'page', 'pages');
}

/** Sentences of a run's diary. */
export const stepTable: Readonly<Record<StepCode, (facts: Facts) => string>> = {
  'read-started': (facts) => {
    const owner = factText(facts, 'owner');
    return owner === '' ? 'Reading Okta.' : `Reading Okta with the token of ${owner}.`;
  },
  'page-retried': (facts) =>
    `${retryCause(facts)} while reading ${factText(facts, 'collection', 'Okta')}. Try ${number(facts, 'nextTry')} of ${number(facts, 'tries')} ${clockTime(facts, 'until')}.`,
  'page-size-reduced': (facts) =>
    `Asks for ${number(facts, 'limit')} ${factText(facts, 'collection', 'rows')} a page from now on: larger pages fail.`,
  'rate-limit-wait': (facts) =>
    `Waiting for Okta’s rate limit (${factText(facts, 'label', factText(facts, 'bucket'))}). Goes on ${clockTime(facts, 'until')}.`,
  'users-read': (facts) => `Read ${people(facts)} in ${pages(facts)}.`,
  'groups-read': (facts) =>
    `Read ${countOf(factNumber(facts, 'count'), 'group', 'groups')} in ${pages(facts)}.`,
  'members-read': (facts) =>
    `Read ${countOf(factNumber(facts, 'count'), 'membership', 'memberships')} of ${countOf(factNumber(facts, 'groups'), 'group', 'groups')} in ${pages(facts)}.`,
  'group-vanished': (facts) =>
    `The group “${factText(facts, 'name')}” was deleted in Okta while it was read.`,
  'records-unreadable': (facts) =>
    `${countOf(factNumber(facts, 'count'), 'record', 'records')} of ${factText(facts, 'collection')} cannot be read. Nothing of them is changed.`,
  'absences-none': () => 'Everybody active is in Okta’s list.',
  'absences-asked': (facts) =>
    `${people(facts, 'absent')} are not in Okta’s list any more. Asked about ${number(facts, 'asked')} one by one: ${number(facts, 'deprovisioned')} deactivated, ${number(facts, 'gone')} deleted, ${number(facts, 'present')} still there, ${number(facts, 'unknown')} without a clear answer.`,
  'read-incomplete': (facts) =>
    `The read is not complete: ${factText(facts, 'collections')}. Nothing is removed on its account.`,
  'read-finished': (facts) =>
    `Read completely, with ${countOf(factNumber(facts, 'calls'), 'call', 'calls')}.`,
  'plan-finished': (facts) => `${plannedWords(facts)}${failedRows(facts)}`,
  'guard-passed': () => 'All limits are kept.',
  'guard-would-hold': () => 'A sync would be held: a limit is crossed.',
  'apply-started': (facts) => `Applying ${countOf(factNumber(facts, 'pending'), 'change', 'changes')}.`,
  'apply-finished': (facts) =>
    `Applied ${countOf(factNumber(facts, 'applied'), 'change', 'changes')}.${leftOut(factNumber(facts, 'drifted'))}`,
  'apply-cancelled': (facts) =>
    `Stopped after ${countOf(factNumber(facts, 'applied'), 'change', 'changes')}. What was applied stays.`,
  'state-queued': () => 'Waits for its turn.',
  'state-reading': () => 'Started.',
  'state-planning': () => 'Comparing with the directory.',
  'state-applying': () => 'Writing to the directory.',
  'state-held': () => 'Held by the guard. Nothing was written.',
  'state-done': () => 'Done.',
  'state-failed': () => 'Failed.',
  'state-cancelled': () => 'Cancelled.',
  'state-interrupted': () => 'Interrupted: the server stopped.',
  'state-discarded': () => 'Discarded. Nothing was written.',
  'state-replaced': () => 'Replaced by a newer plan.',
};

function plannedWords(facts: Facts): string {
  const groups = factNumber(facts, 'groupChanges');
  return factNumber(facts, 'changes') + groups === 0
    ? 'Nothing to do: the directory is as Okta says.'
    : `Planned changes of ${people(facts, 'changes')} and ${countOf(groups, 'group', 'groups')}.`;
}

function leftOut(drifted: number): string {
  if (drifted === 0) return '';
  const [rows, who] = [countOf(drifted, 'row is', 'rows are'), drifted === 1 ? 'it' : 'they'];
  return ` ${rows} left out: ${who} changed since the plan was made.`;
}

function failedRows(facts: Facts): string {
  const failed = factNumber(facts, 'failed');
  return failed === 0
    ? ''
    : ` ${countOf(failed, 'row failed: nothing of it', 'rows failed: nothing of them')} is written.`;
}

const retryCauses: Readonly<Record<string, string>> = {
  'timed-out': 'No answer in time',
  'connection-lost': 'The connection broke',
  'connection-refused': 'The host could not be reached',
  'not-resolved': 'The host had no address',
  'too-large': 'An answer was too large',
  'answer-unreadable': 'An answer could not be read',
  'answer-truncated': 'An answer ended in the middle',
  'not-the-source': 'The answer was not Okta’s',
};

function retryCause(facts: Facts): string {
  const cause = factText(facts, 'cause');
  if (Object.hasOwn(retryCauses, cause)) return retryCauses[cause] ?? '';
  return `Okta answered ${factText(facts, 'status', 'with an error')}`;
}
