import type { Plan } from '@gatehouse/contracts/plan';
import { formatCount, formatNoun } from '../../lib/format.ts';
import type { ReviewSearch } from './review-search.ts';

export type WorthALook = {
  key: string;
  text: string;
  /** The filter that shows just these rows. */
  search: ReviewSearch;
};

/** What a person should see before applying: changes that touch how somebody signs in or is reached. */
export function worthALook({ totals, facets }: Pick<Plan, 'totals' | 'facets'>): WorthALook[] {
  const { counters } = totals;
  const changed = (attribute: string) =>
    facets.find(({ facet, value }) => facet === 'attribute' && value === attribute)?.count ?? 0;
  const chips: (WorthALook & { count: number })[] = [
    {
      key: 'username',
      count: changed('username'),
      text: `${formatNoun(changed('username'), 'username')} changed`,
      search: { attribute: 'username' },
    },
    {
      key: 'email',
      count: changed('email'),
      text: `${formatNoun(changed('email'), 'e-mail')} changed`,
      search: { attribute: 'email' },
    },
    {
      key: 'disabled',
      count: counters.cleanedUp,
      text: `${formatNoun(counters.cleanedUp, 'user')} disabled`,
      search: { category: 'cleaned-up' },
    },
    {
      key: 'groups',
      count: counters.groupsCleanedUp,
      text: `${formatNoun(counters.groupsCleanedUp, 'group')} cleaned up`,
      search: { subject: 'group', category: 'cleaned-up' },
    },
    {
      key: 'failed',
      count: counters.failed,
      text: `${formatCount(counters.failed)} failed`,
      search: { category: 'failed' },
    },
    {
      key: 'groups-failed',
      count: counters.groupsFailed,
      text: `${formatNoun(counters.groupsFailed, 'group')} failed`,
      search: { subject: 'group', category: 'failed' },
    },
  ];
  return chips.filter(({ count }) => count > 0).map(({ count: _count, ...chip }) => chip);
}

const TITLE = 110;
const CHIP = 54;
const LETTER = 6.4;
const MORE = 52;

/**
 * How many chips fit into one line of `width` px, judged by their letters; when not all do, there is room for the
 * button that shows the others.
 */
export function fittingChips(texts: readonly string[], width: number): number {
  const sizes = texts.map((text) => CHIP + text.length * LETTER);
  const fits = (count: number, room: number) =>
    sizes.slice(0, count).reduce((sum, size) => sum + size, TITLE) <= room;
  if (fits(texts.length, width)) return texts.length;
  const last = texts.findLastIndex((_, index) => fits(index + 1, width - MORE));
  return Math.max(1, last + 1);
}
