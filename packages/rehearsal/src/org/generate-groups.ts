import { oktaTime } from './fold.ts';
import { ORG_OPENED, ORG_SNAPSHOT } from './generate-users.ts';
import { type NamedGroup, nameGroups } from './group-names.ts';
import { oktaId } from './okta-id.ts';
import { type Random, samplePositions, shuffle } from './random.ts';
import type { Group, GroupProfile, User } from './types.ts';

const DAY = 86_400_000;
const EMPTY_SHARE = 0.15;
const SINGLE_SHARE = 0.05;
const HEAD_SHARE = 0.6;
const ZIPF_EXPONENT = 0.85;
const NO_GROUP_SHARE = 0.04;
const LEAVERS_KEEPING_GROUPS = 0.3;
const SOURCE_ID = '0oaRehearsalAdSource';

/**
 * Generates Everyone and `count - 1` other groups with their members. Sizes: 15 % empty, 5 % one
 * member, the rest Zipf headed at 60 % of the people who are not DEPROVISIONED. Four in a hundred
 * people are in no group but Everyone; a third of the DEPROVISIONED still are in theirs.
 */
export function generateGroups(
  count: number,
  users: readonly User[],
  random: Random,
): { groups: Group[]; members: number[][] } {
  const groups: Group[] = [everyone(random)];
  const members: number[][] = [users.map((user) => user.position)];
  const eligible = eligiblePositions(users, random);
  const live = users.filter((user) => user.status !== 'DEPROVISIONED').length;
  const sizes = shuffle(groupSizes(count - 1, live), random);

  for (const [index, named] of nameGroups(count - 1, random).entries()) {
    groups.push(makeGroup(index + 1, named, random));
    const picked = samplePositions(eligible.length, Math.min(sizes[index] ?? 0, eligible.length), random);
    members.push(picked.map((at) => eligible[at] as number));
  }
  return { groups, members };
}

/** Sizes of `count` groups in an org of `live` people, largest first. */
export function groupSizes(count: number, live: number): number[] {
  const empty = Math.round(count * EMPTY_SHARE);
  const single = Math.round(count * SINGLE_SHARE);
  const ranked = count - empty - single;
  const sizes: number[] = [];
  for (let rank = 1; rank <= ranked; rank += 1) {
    sizes.push(Math.max(2, Math.round((HEAD_SHARE * live) / rank ** ZIPF_EXPONENT)));
  }
  for (let i = 0; i < single; i += 1) sizes.push(1);
  for (let i = 0; i < empty; i += 1) sizes.push(0);
  return sizes;
}

function eligiblePositions(users: readonly User[], random: Random): number[] {
  return users
    .filter((user) =>
      user.status === 'DEPROVISIONED'
        ? random.chance(LEAVERS_KEEPING_GROUPS)
        : !random.chance(NO_GROUP_SHARE),
    )
    .map((user) => user.position);
}

function everyone(random: Random): Group {
  return {
    position: 0,
    id: oktaId('00g', random),
    type: 'BUILT_IN',
    created: oktaTime(ORG_OPENED),
    lastUpdated: oktaTime(ORG_OPENED),
    lastMembershipUpdated: oktaTime(ORG_SNAPSHOT),
    profile: { name: 'Everyone', description: 'All users in your organization' },
    sourceId: null,
    appsCount: 0,
  };
}

function makeGroup(position: number, named: NamedGroup, random: Random): Group {
  const created = ORG_OPENED + random.next() * (ORG_SNAPSHOT - ORG_OPENED - 10 * DAY);
  const isImported = named.type === 'APP_GROUP';
  const description = random.chance(0.45) ? null : describe(named.name);
  return {
    position,
    id: oktaId('00g', random),
    type: named.type,
    created: oktaTime(created),
    lastUpdated: oktaTime(created + random.next() * (ORG_SNAPSHOT - created)),
    lastMembershipUpdated: oktaTime(created + random.next() * (ORG_SNAPSHOT - created)),
    profile: isImported
      ? importedProfile(named.name, description, random)
      : { name: named.name, description },
    sourceId: isImported ? SOURCE_ID : null,
    appsCount: random.chance(0.3) ? 1 + random.integer(3) : 0,
  };
}

function describe(name: string): string {
  return `Members of ${name}`.slice(0, 1024);
}

function importedProfile(name: string, description: string | null, random: Random): GroupProfile {
  const account = name.replace(/^CORP\\/, '');
  return {
    name,
    description,
    groupType: 'Security',
    groupScope: random.chance(0.8) ? 'Global' : 'Universal',
    samAccountName: account,
    objectSid: `S-1-5-21-3623811015-3361044348-30300820-${1000 + random.integer(9_000_000)}`,
    externalId: Buffer.from(`${name}-${random.integer(1e9)}`)
      .subarray(0, 16)
      .toString('base64'),
    dn: `CN=${account.replace(/([,+"\\<>;=])/g, '\\$1')},OU=Groups,DC=corp,DC=rehearsal,DC=example`,
    windowsDomainQualifiedName: `CORP\\${account}`,
  };
}
