import type { ChangeDetail } from '@gatehouse/contracts/plan';
import { expect, it } from 'vitest';
import { notCreatedSentence } from './not-created.ts';

type Case = [ChangeDetail['category'], ChangeDetail['subject'], before: string | null, after: string | null];

it.each<[...Case, string | null]>([
  ['failed', 'group', null, null, 'The group is not created.'],
  ['failed', 'user', null, null, 'The person is not created.'],
  ['failed', 'group', 'Sales', null, null], // in the directory, and stays
  ['failed', 'group', '', null, null],
  ['filtered', 'group', null, null, null], // its reason says so itself
  ['added', 'user', null, 'ada', null],
])('%s %s with %j before and %j after: %j', (category, subject, before, after, sentence) => {
  const attribute = { attribute: 'name', label: 'name', before, after, changed: false, rule: null };

  expect(notCreatedSentence({ category, subject, attributes: [attribute] })).toBe(sentence);
});
