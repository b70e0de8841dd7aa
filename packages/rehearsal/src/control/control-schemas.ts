import { z } from 'zod';
import { ADMIN_KEYS } from '../org/admins.ts';
import { FIRST_STATUSES, LIFECYCLE_STEPS } from '../org/edit-people.ts';
import { LARGEST_ORG, SMALLEST_ORG } from '../org/generate-org.ts';
import { USER_STATUSES } from '../org/types.ts';

const profileValue = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
const profile = z.record(z.string().regex(/^[A-Za-z]\w{0,63}$/), profileValue);
const seed = z.int().min(0).max(0xffffffff);
const ids = z.array(z.string()).max(100_000).default([]);

export const tokenInputSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  owner: z.enum(ADMIN_KEYS).default('super-admin'),
});

export const personInputSchema = z.strictObject({
  profile,
  status: z.enum(FIRST_STATUSES).default('ACTIVE'),
});

export const profileChangesSchema = z.strictObject({ profile });

export const lifecycleStepSchema = z.enum(LIFECYCLE_STEPS);

export const groupInputSchema = z.strictObject({
  name: z.string(),
  description: z.string().nullable().default(null),
});

export const groupChangesSchema = z.strictObject({
  name: z.string().optional(),
  description: z.string().nullable().optional(),
});

/** People by id or login. */
export const memberChangesSchema = z.strictObject({ add: ids, remove: ids });

export const mutationSchema = z.strictObject({ seed: seed.default(1) });

export const recipeSchema = z.strictObject({
  users: z.int().min(SMALLEST_ORG.users).max(LARGEST_ORG.users),
  groups: z.int().min(SMALLEST_ORG.groups).max(LARGEST_ORG.groups),
  seed,
});

export const windowSchema = z.object({
  query: z.string().default(''),
  status: z.enum(USER_STATUSES).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
