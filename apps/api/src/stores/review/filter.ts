import type { ReviewCategory } from '@gatehouse/contracts/plan';
import { foldSearch } from '@gatehouse/mapping/search-text';
import type { SqlValue } from '../raw.ts';
import { conditions } from './queries.ts';

/** The filters of the review; they combine. */
export type ReviewFilter = {
  readonly category: ReviewCategory;
  readonly subject: 'user' | 'group';
  readonly search?: string | undefined;
  readonly attribute?: string | undefined;
  /** Value of a facet: the ordinal of a group of the plan. */
  readonly groupGained?: string | undefined;
  readonly groupLost?: string | undefined;
  readonly reason?: string | undefined;
};

/** The same filter has the same text; a filter of nothing else. */
export function filterKey(filter: ReviewFilter): string {
  const { category, subject, search, attribute, groupGained, groupLost, reason } = filter;
  return JSON.stringify([
    category,
    subject,
    foldSearch(search ?? ''),
    attribute ?? null,
    groupGained ?? null,
    groupLost ?? null,
    reason ?? null,
  ]);
}

/** Conditions on rows of a plan, as ` and …` with their values. Not for `not-modified`, which has no rows. */
export function rowConditions(filter: ReviewFilter): { where: string; values: SqlValue[] } {
  const parts: { sql: string; values: SqlValue[] }[] = [
    { sql: conditions.subject, values: [filter.subject] },
    categoryCondition(filter),
  ];
  if (filter.attribute) parts.push({ sql: conditions.attribute, values: [filter.attribute] });
  if (filter.groupGained) parts.push({ sql: conditions.group, values: [ordinalOf(filter.groupGained), 1] });
  if (filter.groupLost) parts.push({ sql: conditions.group, values: [ordinalOf(filter.groupLost), 0] });
  if (filter.reason) parts.push({ sql: conditions.reason, values: [filter.reason] });
  const search = foldSearch(filter.search ?? '');
  if (search !== '') parts.push({ sql: conditions.search, values: [likePattern(search)] });
  return {
    where: parts.map(({ sql }) => ` and ${sql}`).join(''),
    values: parts.flatMap(({ values }) => values),
  };
}

/** People who are not modified have neither changed attributes nor groups nor a reason: such a filter finds nobody. */
export function excludesUnmodified(filter: ReviewFilter): boolean {
  return Boolean(filter.attribute || filter.groupGained || filter.groupLost || filter.reason);
}

/** A reason counts filtered people too, so with one *all changes* leaves nobody out. */
function categoryCondition({ category, reason }: ReviewFilter): { sql: string; values: SqlValue[] } {
  if (category === 'all') return { sql: reason ? 'true' : conditions.changes, values: [] };
  if (category === 'drifted') return { sql: conditions.drifted, values: [] };
  return { sql: conditions.category, values: [category] };
}

/** -1, which no group has, for what is no number. */
function ordinalOf(value: string): number {
  return /^\d{1,9}$/.test(value) ? Number(value) : -1;
}

function likePattern(folded: string): string {
  return `%${folded.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
}
