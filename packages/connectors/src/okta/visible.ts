import type { ConnectionTest } from '@gatehouse/contracts/connector';
import { isUnreadable, SourceError } from '@gatehouse/sync/source';
import type { CheckFinding } from './check-list.ts';
import type { OktaClient } from './client.ts';
import { mapGroups } from './map.ts';
import type { OktaTiming } from './okta-timing.ts';
import { readPages } from './paging.ts';
import { groupsPage, usersPage } from './read-collections.ts';
import { isFields } from './schema.ts';

export type Visible = NonNullable<ConnectionTest['visible']>;

/** What the last run with a passed guard read. */
export type LastGoodRun = {
  readonly users: number;
  readonly groups: number;
  readonly builtInGroups: number;
};

/** What was counted with a bounded number of calls. */
export type Sight = {
  readonly organization: string | null;
  readonly users: number;
  /** `users` is a lower bound. */
  readonly usersAtLeast: boolean;
  readonly groups: number;
  readonly groupsAtLeast: boolean;
  readonly builtInGroups: number;
};

const pagesAtMost = 5;
/** The guard of a run holds below these shares of the last good run. */
const muchLess = { users: 0.8, groups: 0.9 };

const betterToken =
  'Make a token as an administrator who sees all groups (a Read-only Administrator does) and replace it here.';

/**
 * Counts groups and users with at most eleven calls. In an org that is too large for five pages of users, the members
 * of Everyone are the number, if the token sees that group. @throws SourceError
 */
export async function countVisible(at: {
  readonly client: OktaClient;
  readonly timing: OktaTiming;
}): Promise<Sight> {
  const organization = await companyName(at.client);
  const { groups, groupsAtLeast, builtInGroups, everyone } = await countGroups(at);
  const isLarge = everyone !== null && everyone > pagesAtMost * usersPage;
  const { users, usersAtLeast } = isLarge ? { users: everyone, usersAtLeast: false } : await countUsers(at);
  return { organization, users, usersAtLeast, groups, groupsAtLeast, builtInGroups };
}

/** Not every token may read it, and nothing depends on it. */
async function companyName(client: OktaClient): Promise<string | null> {
  try {
    const answer = await client.get({
      address: () => '/api/v1/org',
      bucket: 'other',
      shape: 'object',
      subject: {},
    });
    const name = answer.kind === 'json' && isFields(answer.body) ? answer.body.companyName : null;
    return typeof name === 'string' && name !== '' ? name.slice(0, 200) : null;
  } catch (error) {
    if (error instanceof SourceError && error.code !== 'cancelled') return null;
    throw error;
  }
}

async function countGroups({ client, timing }: { client: OktaClient; timing: OktaTiming }) {
  const list = {
    path: '/api/v1/groups',
    query: { expand: 'stats' },
    limit: groupsPage,
    bucket: '/api/v1/groups',
    collection: 'groups',
    maxPages: pagesAtMost,
  } as const;
  let groups = 0;
  let groupsAtLeast = false;
  let builtInGroups = 0;
  let everyone: number | null = null;
  for await (const page of readPages(client, list, { timing })) {
    groups += page.rows.length;
    groupsAtLeast = !page.isLast;
    for (const group of mapGroups(page.rows).rows) {
      if (isUnreadable(group) || group.selected) continue;
      builtInGroups += 1;
      if (group.memberCount !== null) everyone = Math.max(everyone ?? 0, group.memberCount);
    }
  }
  return { groups, groupsAtLeast, builtInGroups, everyone };
}

async function countUsers({ client, timing }: { client: OktaClient; timing: OktaTiming }) {
  const list = {
    path: '/api/v1/users',
    limit: usersPage,
    bucket: '/api/v1/users',
    collection: 'users',
    maxPages: pagesAtMost,
  } as const;
  let users = 0;
  let usersAtLeast = false;
  for await (const page of readPages(client, list, { timing })) {
    users += page.rows.length;
    usersAtLeast = !page.isLast;
  }
  return { users, usersAtLeast };
}

/** Compares what is seen with the last good run; before the first one, with what every org has. */
export function judgeVisible(
  seen: Sight,
  against: { readonly owner: string | null; readonly lastGood: LastGoodRun | null },
): CheckFinding {
  const { owner, lastGood } = against;
  if (lastGood !== null && seesMuchLess(seen, lastGood)) return muchLessThan(seen, lastGood, owner);
  const fact = `${groupsIn(seen)}, ${usersIn(seen)}`;
  if (seen.users === 0) {
    return {
      state: 'warning',
      fact,
      problem: {
        code: 'token-sees-nobody',
        saw: `The token sees ${groupsIn(seen)} and no user.`,
        matters: 'A sync would find nobody. It would be held, so nobody is disabled.',
        advice: betterToken,
        field: 'apiToken',
      },
    };
  }
  if (seen.builtInGroups === 0 && !seen.groupsAtLeast) {
    return {
      state: 'warning',
      fact,
      problem: {
        code: 'token-sees-some-groups',
        saw: `The token sees ${groupsIn(seen)}, but not Everyone, which every org has. ${ownerRule(owner)}`,
        matters: `Only ${usersIn(seen)} are synced. Whoever is outside these groups is left out.`,
        advice: betterToken,
        field: 'apiToken',
      },
    };
  }
  return { state: 'passed', fact };
}

function seesMuchLess(seen: Sight, lastGood: LastGoodRun): boolean {
  if (seen.builtInGroups < lastGood.builtInGroups && !seen.groupsAtLeast) return true;
  if (seen.groups < lastGood.groups * muchLess.groups && !seen.groupsAtLeast) return true;
  return seen.users < lastGood.users * muchLess.users && !seen.usersAtLeast;
}

function muchLessThan(seen: Sight, lastGood: LastGoodRun, owner: string | null): CheckFinding {
  const missing = lastGood.users - seen.users;
  const others =
    missing > 0 && !seen.usersAtLeast
      ? `The other ${number(missing)} people would look as if they had left.`
      : 'Groups that are out of sight would look as if they were deleted.';
  return {
    state: 'warning',
    fact: `${number(seen.groups)} of ${counted(lastGood.groups, 'group')}, ${seen.usersAtLeast ? 'at least ' : ''}${number(seen.users)} of ${counted(lastGood.users, 'user')}`,
    problem: {
      code: 'token-sees-less',
      saw: `The last run saw ${counted(lastGood.groups, 'group')} and ${counted(lastGood.users, 'user')}. ${ownerRule(owner, `: ${groupsIn(seen)} and ${usersIn(seen)}`)}`,
      matters: `${others} The next sync would be held, so nobody is disabled.`,
      advice: betterToken,
      field: 'apiToken',
    },
  };
}

function ownerRule(owner: string | null, rest = ''): string {
  return `A token sees only what its owner${owner === null ? '' : `, ${owner},`} may see${rest}.`;
}

function groupsIn({ groups, groupsAtLeast }: Sight): string {
  return `${groupsAtLeast ? 'at least ' : ''}${counted(groups, 'group')}`;
}

function usersIn({ users, usersAtLeast }: Sight): string {
  return `${usersAtLeast ? 'at least ' : ''}${counted(users, 'user')}`;
}

function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
