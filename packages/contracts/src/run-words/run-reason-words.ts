import type { GapCode, RunReasonCode, SuppressedCode } from '../run-codes.ts';
import { countOf, factNumber, factText, people } from '../run-facts.ts';
import type { WordTable } from './word-table.ts';

/** Why a run is in its state, beside what the source said. */
export const runReasonWords: WordTable<RunReasonCode> = {
  'guard-held': {
    label: 'Held',
    sentence: (facts) =>
      `Held: ${people(facts, 'held')} would be changed, and a limit is crossed. Nothing was written.`,
  },
  'cancelled-by-person': {
    label: 'Cancelled',
    sentence: (facts) =>
      factNumber(facts, 'applied') === 0
        ? 'Cancelled. Nothing was written.'
        : `Cancelled after ${countOf(factNumber(facts, 'applied'), 'change', 'changes')}. What was applied stays.`,
  },
  'lease-lost': {
    label: 'Taken over',
    sentence: () => 'Another process took this run over.',
  },
  'settings-changed': {
    label: 'Settings changed',
    sentence: () => 'The settings changed since the plan was made. Simulate again.',
  },
  'plan-not-open': {
    label: 'Plan closed',
    sentence: () => 'The plan was applied, discarded or replaced in the meantime.',
  },
  'process-ended': {
    label: 'Server stopped',
    sentence: () =>
      'The server stopped in the middle. Every person is wholly as before or wholly as planned.',
  },
  'newer-plan': {
    label: 'Newer plan',
    sentence: (facts) =>
      factText(facts, 'runId') === ''
        ? 'A newer run made another plan.'
        : `Run #${factText(facts, 'runId')} made a newer plan.`,
  },
  unexpected: {
    label: 'Failed',
    sentence: (facts) =>
      `Gatehouse failed, not Okta${factText(facts, 'name') === '' ? '' : ` (${factText(facts, 'name')})`}. The server’s log says more.`,
  },
};

/** Why a collection is not complete. */
export const gapWords: WordTable<GapCode> = {
  'records-without-id': {
    label: 'Records without an id',
    sentence: (facts) =>
      `${countOf(factNumber(facts, 'count'), 'record', 'records')} of the ${factText(facts, 'collection', 'list')} have no id.`,
  },
  'unreadable-users': {
    label: 'Records not readable',
    sentence: (facts) =>
      `${people(facts)} of ${factNumber(facts, 'read').toLocaleString('en-US')} could not be read.`,
  },
  'unreadable-groups': {
    label: 'Records not readable',
    sentence: (facts) =>
      `${countOf(factNumber(facts, 'count'), 'group', 'groups')} of ${factNumber(facts, 'read').toLocaleString('en-US')} could not be read.`,
  },
  'absence-unknown': {
    label: 'Absence not confirmed',
    sentence: (facts) =>
      `Okta did not confirm that ${people(facts)} of ${factNumber(facts, 'asked').toLocaleString('en-US')} left.`,
  },
  'absence-present': {
    label: 'Missing in the list only',
    sentence: (facts) => `Okta’s list did not name ${people(facts)} who are there.`,
  },
};

/** What a plan leaves out. */
export const suppressedWords: WordTable<SuppressedCode> = {
  'suppressed-users': {
    label: 'Removals left out',
    sentence: (facts) =>
      `${people(facts)} are missing in what was read, but it was not complete. Nobody is removed.`,
  },
  'suppressed-groups': {
    label: 'Removals left out',
    sentence: (facts) =>
      `${countOf(factNumber(facts, 'count'), 'group', 'groups')} are missing in what was read, but it was not complete. No group is removed.`,
  },
};
