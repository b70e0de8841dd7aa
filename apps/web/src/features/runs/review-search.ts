import { reviewCategorySchema } from '@gatehouse/contracts/plan';
import { z } from 'zod';
import type { ChangeFilter } from './api.ts';

/** The router reads `?search=123` as a number; every value of ours is a text. */
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const optionalText = (longest: number) =>
  text.pipe(z.string().min(1).max(longest)).optional().catch(undefined);

/**
 * The whole state of the review, as it stands in the URL. What is left out has its usual value; what cannot be read
 * is dropped, so that an old link still opens.
 */
export const reviewSearchSchema = z.object({
  category: reviewCategorySchema.optional().catch(undefined),
  subject: z.literal('group').optional().catch(undefined),
  search: optionalText(200),
  attribute: optionalText(100),
  groupGained: optionalText(50),
  groupLost: optionalText(50),
  reason: optionalText(100),
  /** Key of the row whose details are open. */
  row: optionalText(200),
  /** Where that row was in the list, so that the list opens there. */
  at: z.coerce.number().int().min(0).optional().catch(undefined),
});
export type ReviewSearch = z.infer<typeof reviewSearchSchema>;

/** The parts of the state that the list depends on. */
export function filterOf(search: ReviewSearch): ChangeFilter {
  const { category = 'all', subject = 'user', row: _row, at: _at, ...facets } = search;
  return { category, subject, ...withoutEmpty(facets) };
}

/** Another filter closes the details: their row may not be in the new list. */
export function withFilter(search: ReviewSearch, change: Partial<ReviewSearch>): ReviewSearch {
  const { row: _row, at: _at, ...rest } = { ...search, ...change };
  const { category, ...others } = rest;
  return withoutEmpty(category === 'all' ? others : rest);
}

/** Users and groups have facets of their own: only the category and the search are kept. */
export function withSubject(search: ReviewSearch, subject: 'user' | 'group'): ReviewSearch {
  const kept = { category: search.category, search: search.search };
  return withFilter(kept, { subject: subject === 'group' ? 'group' : undefined });
}

export function withRow(search: ReviewSearch, row: { key: string; index: number } | null): ReviewSearch {
  const { row: _row, at: _at, ...rest } = search;
  return row === null ? rest : { ...rest, row: row.key, at: row.index };
}

/** Whether anything beside the category narrows the list. */
export function isNarrowed(search: ReviewSearch): boolean {
  const { search: words, attribute, groupGained, groupLost, reason } = search;
  return [words, attribute, groupGained, groupLost, reason].some((value) => value !== undefined);
}

/** The category and the subject stay. */
export function withoutNarrowing(search: ReviewSearch): ReviewSearch {
  const { category, subject } = search;
  return withoutEmpty({ category, subject });
}

function withoutEmpty<T extends object>(values: T): T {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(kept) as T;
}
