import type { Facet } from '@gatehouse/contracts/plan';
import { type ReviewSearch, withFilter } from './review-search.ts';

export type FacetGroup = {
  title: string;
  /** The facets that the group shows, e.g. both directions of groups. */
  kinds: readonly Facet['facet'][];
  shown: readonly Facet[];
  hasMore: boolean;
  moreText: string;
};

const GROUPS = [
  { title: 'Changed attribute', kinds: ['attribute'], most: 8, moreText: 'All attributes…' },
  { title: 'Groups', kinds: ['group-gained', 'group-lost'], most: 6, moreText: 'All groups…' },
  { title: 'Reason', kinds: ['reason'], most: 8, moreText: 'All reasons…' },
] as const satisfies readonly { kinds: readonly Facet['facet'][]; [more: string]: unknown }[];

/** The most frequent values of each group of facets; empty groups are left out. */
export function facetGroups(facets: readonly Facet[]): FacetGroup[] {
  return GROUPS.map(({ title, kinds, most, moreText }) => {
    const all = facets
      .filter(({ facet }) => (kinds as readonly string[]).includes(facet))
      .sort((one, other) => other.count - one.count);
    return { title, kinds, shown: all.slice(0, most), hasMore: all.length > most, moreText };
  }).filter((group) => group.shown.length > 0);
}

const parameterOf = {
  attribute: 'attribute',
  'group-gained': 'groupGained',
  'group-lost': 'groupLost',
  reason: 'reason',
} as const satisfies Record<Facet['facet'], keyof ReviewSearch>;

export function chosenFacet(search: ReviewSearch, { facet, value }: Facet): boolean {
  return search[parameterOf[facet]] === value;
}

/** Chooses a facet, or takes it back. */
export function toggledFacet(search: ReviewSearch, facet: Facet): ReviewSearch {
  const value = chosenFacet(search, facet) ? undefined : facet.value;
  return withFilter(search, { [parameterOf[facet.facet]]: value });
}

/** Number of facets that narrow the list. */
export function chosenCount(search: ReviewSearch): number {
  return Object.values(parameterOf).filter((parameter) => search[parameter] !== undefined).length;
}
