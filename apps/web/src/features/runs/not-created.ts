import type { ChangeDetail } from '@gatehouse/contracts/plan';

/** The plan found it in Okta only and writes nothing of it, so it has no value to show. */
export function hasNoValues({ attributes }: Pick<ChangeDetail, 'attributes'>): boolean {
  return attributes.every(({ before, after }) => before === null && after === null);
}

/** What a failed row means for somebody who is not in the directory; null for all others. The reason says why. */
export function notCreatedSentence(
  change: Pick<ChangeDetail, 'category' | 'subject' | 'attributes'>,
): string | null {
  if (change.category !== 'failed' || !hasNoValues(change)) return null;
  return change.subject === 'user' ? 'The person is not created.' : 'The group is not created.';
}
