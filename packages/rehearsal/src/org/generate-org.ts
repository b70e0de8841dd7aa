import { ADMINS } from './admins.ts';
import { generateGroups } from './generate-groups.ts';
import { generateUsers } from './generate-users.ts';
import { createRandom, mixSeed } from './random.ts';
import type { GeneratedOrg, OrgRecipe } from './types.ts';

export const DEFAULT_RECIPE: OrgRecipe = { users: 500, groups: 40, seed: 7 };
export const SMALLEST_ORG = { users: ADMINS.length, groups: 1 } as const;
export const LARGEST_ORG = { users: 1_000_000, groups: 20_000 } as const;

/** Generates an org. The same recipe gives the same org, byte for byte. Throws RangeError beyond the limits. */
export function generateOrg(recipe: OrgRecipe): GeneratedOrg {
  assertBetween('users', recipe.users, SMALLEST_ORG.users, LARGEST_ORG.users);
  assertBetween('groups', recipe.groups, SMALLEST_ORG.groups, LARGEST_ORG.groups);
  assertBetween('seed', recipe.seed, 0, 0xffffffff);
  const users = generateUsers(recipe.users, createRandom(mixSeed(recipe.seed, 1)));
  const { groups, members } = generateGroups(recipe.groups, users, createRandom(mixSeed(recipe.seed, 2)));
  return { users, groups, members };
}

function assertBetween(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not ${value}`);
}
