import { isDeepStrictEqual } from 'node:util';
import { notPermitted, validationFailed, wrongStatus } from '../okta-error.ts';
import { ADMINS } from './admins.ts';
import { oktaTime } from './fold.ts';
import { oktaId } from './okta-id.ts';
import type { Organisation } from './organisation.ts';
import { mergeProfile, type ProfileChanges } from './people-rules.ts';
import { createRandom, mixSeed } from './random.ts';
import type { User, UserStatus } from './types.ts';

/** Statuses a person can be created in: not activated, activated but not set up, ready. */
export const FIRST_STATUSES = ['STAGED', 'PROVISIONED', 'ACTIVE'] as const;
export type FirstStatus = (typeof FIRST_STATUSES)[number];

/**
 * Creates a person. Ids follow from the org's seed and the position, so that a replay makes the same
 * ones. Moves Everyone's `lastMembershipUpdated`. Throws OktaError E0000001.
 */
export function createPerson(
  organisation: Organisation,
  input: { profile: ProfileChanges; status: FirstStatus },
  now: number,
): User {
  const profile = mergeProfile(organisation, undefined, input.profile);
  const position = organisation.users.length;
  const random = createRandom(mixSeed(organisation.recipe.seed, 1_000_003 + position));
  const time = oktaTime(now);
  const wasActivated = input.status === 'ACTIVE';
  const user: User = {
    position,
    id: oktaId('00u', random),
    status: input.status,
    created: time,
    activated: wasActivated ? time : null,
    statusChanged: wasActivated ? time : null,
    lastLogin: null,
    lastUpdated: time,
    passwordChanged: wasActivated ? time : null,
    provider: 'OKTA',
    profile,
  };
  organisation.putUser(user);
  touchEveryone(organisation, time);
  return user;
}

/** Edits a profile; `lastUpdated` moves only when something changed. Throws OktaError E0000001. */
export function editPerson(
  organisation: Organisation,
  user: User,
  changes: ProfileChanges,
  now: number,
): User {
  const profile = mergeProfile(organisation, user, changes);
  if (isDeepStrictEqual(profile, user.profile)) return user;
  const edited = { ...user, profile, lastUpdated: oktaTime(now) };
  organisation.putUser(edited);
  return edited;
}

/** The steps of Okta's life cycle that the rehearsal plays, with the statuses each starts from. */
export const LIFECYCLE: Readonly<
  Record<LifecycleStep, { readonly from: readonly UserStatus[]; readonly to: UserStatus }>
> = {
  activate: { from: ['STAGED', 'PROVISIONED', 'DEPROVISIONED'], to: 'ACTIVE' },
  suspend: { from: ['ACTIVE'], to: 'SUSPENDED' },
  unsuspend: { from: ['SUSPENDED'], to: 'ACTIVE' },
  unlock: { from: ['LOCKED_OUT', 'PASSWORD_EXPIRED', 'RECOVERY'], to: 'ACTIVE' },
  deactivate: {
    from: ['ACTIVE', 'PROVISIONED', 'STAGED', 'SUSPENDED', 'PASSWORD_EXPIRED', 'LOCKED_OUT', 'RECOVERY'],
    to: 'DEPROVISIONED',
  },
};

export const LIFECYCLE_STEPS = ['activate', 'suspend', 'unsuspend', 'unlock', 'deactivate'] as const;
export type LifecycleStep = (typeof LIFECYCLE_STEPS)[number];

/** Takes a person one step through the life cycle. Memberships stay. Throws OktaError E0000038. */
export function changeStatus(organisation: Organisation, user: User, step: LifecycleStep, now: number): User {
  const { from, to } = LIFECYCLE[step];
  if (!from.includes(user.status)) throw wrongStatus();
  const time = oktaTime(now);
  const changed: User = {
    ...user,
    status: to,
    statusChanged: time,
    lastUpdated: time,
    activated: step === 'activate' ? time : user.activated,
    passwordChanged: step === 'activate' ? time : user.passwordChanged,
  };
  organisation.putUser(changed);
  return changed;
}

/**
 * Deletes a person as Okta's DELETE does: one who is not DEPROVISIONED becomes that, the second call
 * erases. Erasing leaves no trace in any list and moves no group's time. The three admins stay: tokens
 * belong to them.
 */
export function deletePerson(organisation: Organisation, user: User, now: number): 'deactivated' | 'erased' {
  if (user.status !== 'DEPROVISIONED') {
    changeStatus(organisation, user, 'deactivate', now);
    return 'deactivated';
  }
  if (user.position < ADMINS.length) throw notPermitted();
  organisation.eraseUser(user.position);
  return 'erased';
}

/** Finds a person by id, else by login; throws OktaError E0000001 with the name that was asked for. */
export function personFor(organisation: Organisation, idOrLogin: string): User {
  const user = organisation.userById(idOrLogin) ?? organisation.userByLogin(idOrLogin);
  if (!user) throw validationFailed('user', [`No person has the id or login ${idOrLogin}`]);
  return user;
}

function touchEveryone(organisation: Organisation, time: string): void {
  const everyone = organisation.groups[0];
  if (everyone) organisation.putGroup({ ...everyone, lastMembershipUpdated: time });
}
