import type { GuardReasonCode } from '../run-codes.ts';
import type { Facts } from '../run-facts.ts';
import { countOf, factNumber, factText, people } from '../run-facts.ts';
import type { WordTable } from './word-table.ts';

function limit(facts: Facts): string {
  return `The limit is ${factNumber(facts, 'limit').toLocaleString('en-US')}.`;
}

/** Why a plan waits: what was seen, and the limit. */
export const guardWords: WordTable<GuardReasonCode> = {
  'guard-incomplete-read': {
    label: 'Read not complete',
    sentence: (facts) =>
      `Okta could not be read completely: ${factText(facts, 'collections', 'people')}. Whoever is missing may only not have been read.`,
  },
  'guard-no-users': {
    label: 'Nobody in Okta',
    sentence: () => 'Okta’s list of people is empty. Nobody is removed because of that.',
  },
  'guard-users-dropped': {
    label: 'Far fewer people than before',
    sentence: (facts) =>
      `The token sees ${people(facts, 'seen')}; the last good run saw ${factNumber(facts, 'before').toLocaleString('en-US')}. The other ${factNumber(facts, 'missing').toLocaleString('en-US')} would look as if they had left.`,
  },
  'guard-groups-dropped': {
    label: 'Far fewer groups than before',
    sentence: (facts) =>
      `The token sees ${factNumber(facts, 'seen').toLocaleString('en-US')} of ${countOf(factNumber(facts, 'before'), 'group', 'groups')} that the last good run saw.`,
  },
  'guard-removals': {
    label: 'Many people to disable',
    sentence: (facts) =>
      `${people(facts, 'planned')} of ${factNumber(facts, 'active').toLocaleString('en-US')} would be disabled. ${limit(facts)}`,
  },
  'guard-memberships': {
    label: 'Many memberships to remove',
    sentence: (facts) =>
      `${countOf(factNumber(facts, 'planned'), 'membership', 'memberships')} of ${factNumber(facts, 'total').toLocaleString('en-US')} would be removed, those that end with a cleaned-up group included. ${limit(facts)}`,
  },
  'guard-attribute-blank': {
    label: 'A value goes blank',
    sentence: (facts) =>
      `The ${factText(facts, 'label', factText(facts, 'attribute'))} of ${people(facts, 'blank')} would become empty, of ${factNumber(facts, 'had').toLocaleString('en-US')} who have one. ${limit(facts)}`,
  },
  'guard-owner-changed': {
    label: 'Token of somebody else',
    sentence: (facts) =>
      `The token belongs to ${factText(facts, 'owner', 'nobody that Okta names')} now; at the last read it belonged to ${factText(facts, 'before', 'nobody that Okta names')}, who may have seen more. The next read with this token is compared as usual.`,
  },
};
