import type { ChangeReasonCode } from '../run-codes.ts';
import type { Facts } from '../run-facts.ts';
import { factNumber, factText } from '../run-facts.ts';
import type { WordTable } from './word-table.ts';

const statusLabels = {
  SUSPENDED: 'suspended',
  STAGED: 'staged, not activated yet',
  PROVISIONED: 'activated, but not finished',
  DEPROVISIONED: 'deactivated',
} as const satisfies Readonly<Record<string, string>>;

function statusInWords(facts: Facts): string {
  const status = factText(facts, 'status', 'unknown');
  const words: Readonly<Record<string, string>> = statusLabels;
  return Object.hasOwn(words, status) ? `${words[status]} (${status})` : `in the status ${status}`;
}

/** Sentences of a row of a plan. */
export const changeWords: WordTable<ChangeReasonCode> = {
  'new-in-source': { label: 'New in Okta', sentence: () => 'New in Okta.' },
  'profile-changed': { label: 'Changed in Okta', sentence: () => 'The values in Okta differ.' },
  'groups-changed': { label: 'Other groups', sentence: () => 'Only the groups differ.' },
  'became-active': {
    label: 'Active again in Okta',
    sentence: (facts) => `Okta says ${factText(facts, 'status', 'ACTIVE')}: the account is active again.`,
  },
  'status-unknown': {
    label: 'Status not known',
    sentence: (facts) =>
      `Okta says ${factText(facts, 'status')}, a status that Gatehouse does not know. Whether the account is active stays as it is.`,
  },
  'status-suspended': {
    label: 'Suspended in Okta',
    sentence: () => 'Suspended in Okta. The account is disabled, nothing is deleted.',
  },
  'status-staged': {
    label: 'Staged in Okta',
    sentence: () => 'Staged in Okta: not activated yet. The account is disabled, nothing is deleted.',
  },
  'status-provisioned': {
    label: 'Pending in Okta',
    sentence: () =>
      'Activated in Okta, but not finished (PROVISIONED). The account is disabled until then, nothing is deleted.',
  },
  'status-deprovisioned': {
    label: 'Deactivated in Okta',
    sentence: () => 'Deactivated in Okta. The account is disabled, nothing is deleted.',
  },
  'status-inactive': {
    label: 'Inactive in Okta',
    sentence: (facts) => `In Okta ${statusInWords(facts)}. The account is disabled, nothing is deleted.`,
  },
  'deactivated-in-source': {
    label: 'Deactivated in Okta',
    sentence: () =>
      'Not in Okta’s list any more, and Okta confirms: deactivated. The account is disabled, nothing is deleted.',
  },
  'deleted-in-source': {
    label: 'Deleted in Okta',
    sentence: () => 'Not in Okta’s list any more, and Okta confirms: deleted.',
  },
  'absent-in-source': {
    label: 'Gone from Okta’s list',
    sentence: () =>
      'Not in Okta’s list any more. Okta was asked about a random 50 of all who are missing, and confirmed each. The account is disabled, nothing is deleted.',
  },
  'not-created-inactive': {
    label: 'Not active in Okta',
    sentence: (facts) => `In Okta ${statusInWords(facts)}. Nobody is created who cannot sign in.`,
  },
  'not-created-unknown-status': {
    label: 'Status not known',
    sentence: (facts) =>
      `Okta says ${factText(facts, 'status')}, a status that Gatehouse does not know. The person is not created.`,
  },
  'not-created-gone': {
    label: 'Deleted while reading',
    sentence: () => 'Deleted in Okta while it was read. The group is not created.',
  },
  'removal-suppressed': { label: 'Removal left out', sentence: suppressionWords },
  'built-in': {
    label: 'Built into Okta',
    sentence: () => 'Built into Okta, such as Everyone. Built-in groups are not synced.',
  },
  'record-unreadable': {
    label: 'Record not readable',
    sentence: (facts) =>
      `Okta’s record cannot be read: ${factText(facts, 'problem', 'a field is not as expected')}. Nothing of it is changed.`,
  },
  'name-taken': { label: 'Name taken', sentence: nameTakenWords },
  'username-missing': { label: 'No username', sentence: detailWords },
  'attribute-too-long': { label: 'Value too long', sentence: detailWords },
  'attribute-not-text': { label: 'Value is not text', sentence: detailWords },
  'attribute-control-character': { label: 'Control character', sentence: detailWords },
  'attribute-broken-text': { label: 'Broken text', sentence: detailWords },
  'group-name-missing': {
    label: 'No name',
    sentence: () => 'The group has no name in Okta. Nothing of it is changed.',
  },
  'group-name-too-long': {
    label: 'Name too long',
    sentence: (facts) =>
      `The name has ${factNumber(facts, 'length')} characters. The products store ${factNumber(facts, 'limit')}. Nothing of the group is changed.`,
  },
  'group-name-control-character': {
    label: 'Control character',
    sentence: (facts) =>
      `The name has a control character at position ${factNumber(facts, 'position')}. Nothing of the group is changed.`,
  },
  'group-name-broken-text': {
    label: 'Broken text',
    sentence: () =>
      'The name holds half a character, which cannot be stored. Nothing of the group is changed.',
  },
};

/** The mapping says it itself. */
function detailWords(facts: Facts): string {
  return `${factText(facts, 'detail', 'A value cannot be stored.')} Nothing of this person is changed.`;
}

function suppressionWords(facts: Facts): string {
  switch (factText(facts, 'why')) {
    case 'answer-present':
      return 'Not in Okta’s list, but Okta says that the person is there. Nothing is removed.';
    case 'answer-unknown':
      return 'Not in Okta’s list, but Okta did not confirm that the person left. Nothing is removed.';
    case 'groups-incomplete':
      return 'Not in Okta’s list, but the list of groups is not complete. Nothing is removed.';
    default:
      return 'Not in Okta’s list, but the list of people is not complete. Nothing is removed.';
  }
}

function nameTakenWords(facts: Facts): string {
  const mine = `“${factText(facts, 'name')}” (${factText(facts, 'externalId')})`;
  const otherId = factText(facts, 'otherExternalId');
  const other = `“${factText(facts, 'otherName')}”${otherId === '' ? '' : ` (${otherId})`}`;
  const rest = `Nothing of ${mine} is written; rename one of the two in Okta.`;
  switch (factText(facts, 'other')) {
    case 'foreign':
      return `${other} has this name already and does not belong to this connector. Nothing of ${mine} is written.`;
    case 'planned':
      return `${other} gets this name: of two that are new to it, the smaller id does. ${rest}`;
    default:
      return `${other} has this name and keeps it. ${rest}`;
  }
}
