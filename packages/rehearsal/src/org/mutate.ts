import { ADMINS } from './admins.ts';
import { changeMembers, deleteGroup, editGroup } from './edit-groups.ts';
import { changeStatus, createPerson, deletePerson, editPerson } from './edit-people.ts';
import { oktaTime } from './fold.ts';
import type { Organisation } from './organisation.ts';
import type { ProfileChanges } from './people-rules.ts';
import { createRandom, mixSeed, type Random, samplePositions } from './random.ts';
import type { Group, User } from './types.ts';

/** Marks the login of a person who left and came back under a new id. */
const FORMER_PREFIX = 'former-';

/** What a day at the company did; ids of Okta. */
export type MutationSummary = {
  readonly changed: string[];
  readonly renamed: { readonly id: string; readonly from: string; readonly to: string }[];
  readonly deactivated: string[];
  readonly erased: string[];
  readonly rehired: { readonly formerId: string; readonly id: string } | null;
  readonly groupsWithMoves: string[];
  readonly biggestGroup: string | null;
  readonly groupRenamed: string | null;
  readonly groupDeleted: string | null;
};

/**
 * Lets a day pass, by seed: 0.4 % of the people change, 0.1 % get a new login, 0.05 % leave, 0.02 % are
 * erased, one comes back under a new id with the old e-mail, 5 % of the groups gain or lose up to 20
 * members, the biggest gains one, one group is renamed and one deleted. At least one of each.
 */
export function mutateOrg(organisation: Organisation, seed: number, now: number): MutationSummary {
  const random = createRandom(mixSeed(seed, 3));
  const people = organisation.users.filter(
    (user): user is User => user !== undefined && user.position >= ADMINS.length,
  );
  const live = people.filter((user) => user.status !== 'DEPROVISIONED');
  const leavers = people.filter((user) => user.status === 'DEPROVISIONED');
  const total = organisation.users.length;
  const drawn = draw(
    live,
    atLeastOne(total * 0.004) + atLeastOne(total * 0.001) + atLeastOne(total * 0.0005),
    random,
  );
  const renaming = drawn.splice(0, atLeastOne(total * 0.001));
  const leaving = drawn.splice(0, atLeastOne(total * 0.0005));
  const erasing = draw(leavers, atLeastOne(total * 0.0002), random);
  const returnable = leavers.filter(
    (user) => !erasing.includes(user) && !user.profile.login.startsWith(FORMER_PREFIX),
  );
  const returning = draw(returnable, 1, random)[0];

  const renamed = renaming.map((user) => rename(organisation, user, now));
  for (const user of drawn) changeProfile(organisation, user, random, now);
  for (const user of leaving) changeStatus(organisation, user, 'deactivate', now);
  for (const user of erasing) deletePerson(organisation, user, now);
  const groups = mutateGroups(organisation, random, now);
  return {
    changed: drawn.map((user) => user.id),
    renamed,
    deactivated: leaving.map((user) => user.id),
    erased: erasing.map((user) => user.id),
    rehired: returning ? rehire(organisation, returning, now) : null,
    ...groups,
  };
}

function atLeastOne(share: number): number {
  return Math.max(1, Math.round(share));
}

function draw<T>(from: readonly T[], count: number, random: Random): T[] {
  return samplePositions(from.length, count, random).map((at) => from[at] as T);
}

function rename(
  organisation: Organisation,
  user: User,
  now: number,
): { id: string; from: string; to: string } {
  const from = user.profile.login;
  const [localPart = '', domain] = from.split('@');
  for (let number = 1; ; number += 1) {
    const to = `${localPart}.new${number}${domain === undefined ? '' : `@${domain}`}`.slice(-100);
    if (organisation.userByLogin(to)) continue;
    editPerson(organisation, user, { login: to }, now);
    return { id: user.id, from, to };
  }
}

function changeProfile(organisation: Organisation, user: User, random: Random, now: number): void {
  const number = 1000 + random.integer(9000);
  const changes: ProfileChanges[] = [
    { title: `Principal ${number}` },
    { lastName: `Married-${number}` },
    { displayName: `Display ${number}` },
    { email: `moved${number}.${user.position}@rehearsal.example` },
  ];
  editPerson(organisation, user, random.pick(changes), now);
}

/** A person who left is hired again: the old record keeps its e-mail and gives up its login. */
function rehire(organisation: Organisation, former: User, now: number): { formerId: string; id: string } {
  const { login, email, firstName = null, lastName = null } = former.profile;
  const retired = `${FORMER_PREFIX}${former.position}-${login}`.slice(0, 100);
  organisation.putUser({
    ...former,
    lastUpdated: oktaTime(now),
    profile: { ...former.profile, login: retired },
  });
  const person = createPerson(
    organisation,
    { profile: { login, email, firstName, lastName }, status: 'ACTIVE' },
    now,
  );
  return { formerId: former.id, id: person.id };
}

function mutateGroups(
  organisation: Organisation,
  random: Random,
  now: number,
): Pick<MutationSummary, 'groupsWithMoves' | 'biggestGroup' | 'groupRenamed' | 'groupDeleted'> {
  const groups = organisation.groups.filter(
    (group): group is Group => group !== undefined && group.type !== 'BUILT_IN',
  );
  const touched = draw(groups, Math.min(groups.length, atLeastOne(groups.length * 0.05) + 2), random);
  const deleted = touched.length > 2 ? touched.shift() : undefined;
  const renamed = touched.length > 1 ? touched.shift() : undefined;
  if (deleted) deleteGroup(organisation, deleted);
  if (renamed) editGroup(organisation, renamed, { name: `Renamed ${renamed.position} ${now}` }, now);
  const moved = touched.filter(
    (group) => moveMembers(organisation, group, 1 + random.integer(20), random, now) > 0,
  );

  const biggest = groups
    .filter((group) => group !== deleted)
    .reduce<Group | undefined>(
      (best, group) =>
        !best || organisation.membersOf(group).length > organisation.membersOf(best).length ? group : best,
      undefined,
    );
  const current = biggest && organisation.groups[biggest.position];
  const joined = current ? moveMembers(organisation, current, 1, random, now) : 0;
  return {
    groupsWithMoves: moved.map((group) => group.id),
    biggestGroup: joined > 0 ? (current?.id ?? null) : null,
    groupRenamed: renamed?.id ?? null,
    groupDeleted: deleted?.id ?? null,
  };
}

/** Half of the time people join, half of the time they leave; one person always joins. */
function moveMembers(
  organisation: Organisation,
  group: Group,
  count: number,
  random: Random,
  now: number,
): number {
  const members = organisation.membersOf(group);
  if (count > 1 && members.length > count && random.chance(0.5)) {
    const remove = draw(members, count, random).flatMap((position) => organisation.users[position] ?? []);
    return changeMembers(organisation, group, { add: [], remove }, now);
  }
  const strangers = organisation.users.filter(
    (user): user is User =>
      user !== undefined && user.status !== 'DEPROVISIONED' && !organisation.isMember(group, user),
  );
  return changeMembers(organisation, group, { add: draw(strangers, count, random), remove: [] }, now);
}
