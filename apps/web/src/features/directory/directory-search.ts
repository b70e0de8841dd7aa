import { publicIdSchema } from '@gatehouse/contracts/primitives';
import { z } from 'zod';
import type { GroupFilter, UserFilter } from './api.ts';

/** The router reads `?search=123` as a number; every value of ours is a text. */
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const wordsSchema = text.pipe(z.string().min(1).max(200)).optional().catch(undefined);
const sourceSchema = z
  .union([z.literal('local'), publicIdSchema])
  .optional()
  .catch(undefined);

/** The filters of the user list, as they stand in the URL; what cannot be read is dropped. */
export const usersSearchSchema = z.object({
  search: wordsSchema,
  state: z.enum(['active', 'disabled']).optional().catch(undefined),
  source: sourceSchema,
  groupId: publicIdSchema.optional().catch(undefined),
});
export type UsersSearch = z.infer<typeof usersSearchSchema>;

export const groupsSearchSchema = z.object({ search: wordsSchema, source: sourceSchema });
export type GroupsSearch = z.infer<typeof groupsSearchSchema>;

/** The search of a list below one user or one group. */
export const wordsSearchSchema = z.object({ search: wordsSchema });

/** Changes some filters; what has no value leaves the URL. */
export function withChange<T extends UsersSearch | GroupsSearch>(search: T, change: Partial<T>): T {
  const kept = Object.entries({ ...search, ...change }).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  return Object.fromEntries(kept) as T;
}

export function filterOf<T extends UsersSearch | GroupsSearch>(search: T): UserFilter & GroupFilter {
  return withChange(search, {});
}

/** Whether anything narrows the list. */
export function isNarrowed(search: UsersSearch | GroupsSearch): boolean {
  return Object.values(search).some((value) => value !== undefined);
}
