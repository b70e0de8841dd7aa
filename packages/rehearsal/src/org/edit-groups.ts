import { notFound, OktaError, validationFailed } from '../okta-error.ts';
import { oktaTime } from './fold.ts';
import { oktaId } from './okta-id.ts';
import type { Organisation } from './organisation.ts';
import { createRandom, mixSeed } from './random.ts';
import type { Group, User } from './types.ts';

export type GroupInput = { readonly name: string; readonly description: string | null };

/** Creates an OKTA_GROUP without members. Throws OktaError E0000001. */
export function createGroup(organisation: Organisation, input: GroupInput, now: number): Group {
  assertProfile(organisation, undefined, input);
  const position = organisation.groups.length;
  const random = createRandom(mixSeed(organisation.recipe.seed, 2_000_003 + position));
  const time = oktaTime(now);
  const group: Group = {
    position,
    id: oktaId('00g', random),
    type: 'OKTA_GROUP',
    created: time,
    lastUpdated: time,
    lastMembershipUpdated: time,
    profile: { name: input.name, description: input.description },
    sourceId: null,
    appsCount: 0,
  };
  organisation.putGroup(group);
  return group;
}

/** Changes name or description and moves `lastUpdated`. Not for Everyone. Throws OktaError. */
export function editGroup(
  organisation: Organisation,
  group: Group,
  changes: Partial<GroupInput>,
  now: number,
): Group {
  assertNotBuiltIn(group);
  const profile = { ...group.profile, ...changes };
  assertProfile(organisation, group, profile);
  if (profile.name === group.profile.name && profile.description === group.profile.description) return group;
  const edited = { ...group, profile, lastUpdated: oktaTime(now) };
  organisation.putGroup(edited);
  return edited;
}

/** Deletes a group; not Everyone. */
export function deleteGroup(organisation: Organisation, group: Group): void {
  assertNotBuiltIn(group);
  organisation.eraseGroup(group.position);
}

/**
 * Puts people into a group or takes them out; `lastMembershipUpdated` moves when anybody did move.
 * Answers with the number of people moved. Not for Everyone.
 */
export function changeMembers(
  organisation: Organisation,
  group: Group,
  change: { add: readonly User[]; remove: readonly User[] },
  now: number,
): number {
  assertNotBuiltIn(group);
  const added = change.add.filter((user) => organisation.setMember(group.position, user.position, true));
  const removed = change.remove.filter((user) =>
    organisation.setMember(group.position, user.position, false),
  );
  const moved = added.length + removed.length;
  if (moved > 0) organisation.putGroup({ ...group, lastMembershipUpdated: oktaTime(now) });
  return moved;
}

/** Finds a group by id; throws OktaError E0000007. */
export function groupFor(organisation: Organisation, id: string): Group {
  const group = organisation.groupById(id);
  if (!group) throw notFound(id, 'UserGroup');
  return group;
}

function assertNotBuiltIn(group: Group): void {
  if (group.type !== 'BUILT_IN') return;
  throw new OktaError(403, 'E0000006', 'Everyone is built in: Okta keeps its name and its members.');
}

function assertProfile(organisation: Organisation, former: Group | undefined, input: GroupInput): void {
  const causes: string[] = [];
  if (input.name.length < 1 || input.name.length > 255) {
    causes.push('name: The field must be between 1 and 255 characters');
  }
  if ((input.description?.length ?? 0) > 1024) {
    causes.push('description: The field must be at most 1024 characters');
  }
  if (/[\u{10000}-\u{10ffff}]/u.test(`${input.name}${input.description ?? ''}`)) {
    causes.push('name: The field holds a character that needs four bytes in UTF-8');
  }
  const isTaken = organisation.groups.some(
    (group) =>
      group?.type === 'OKTA_GROUP' &&
      group.profile.name === input.name &&
      group.position !== former?.position,
  );
  if (isTaken && former?.type !== 'APP_GROUP') {
    causes.push('name: An object with this field already exists in the current organization');
  }
  if (causes.length > 0) throw validationFailed(causes[0]?.split(':')[0] ?? 'name', causes);
}
