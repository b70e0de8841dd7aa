import { beforeEach, describe, expect, it } from 'vitest';
import { OktaError } from '../okta-error.ts';
import { changeMembers, createGroup, deleteGroup, editGroup } from './edit-groups.ts';
import {
  changeStatus,
  createPerson,
  deletePerson,
  editPerson,
  LIFECYCLE,
  LIFECYCLE_STEPS,
} from './edit-people.ts';
import { mutateOrg } from './mutate.ts';
import { Organisation } from './organisation.ts';
import { type Group, USER_STATUSES, type User } from './types.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const TIME = '2026-01-02T03:04:05.000Z';
const RECIPE = { users: 200, groups: 30, seed: 7 };

let organisation: Organisation;

beforeEach(() => {
  organisation = new Organisation(RECIPE);
});

function userAt(position: number): User {
  const user = organisation.users[position];
  if (!user) throw new Error(`nobody at ${position}`);
  return user;
}

function groupAt(position: number): Group {
  const group = organisation.groups[position];
  if (!group) throw new Error(`no group at ${position}`);
  return group;
}

function refusalOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof OktaError ? error.errorCode : String(error);
  }
}

describe('people', () => {
  it('moves lastUpdated when a profile changes, and only then', () => {
    const before = userAt(10);

    const same = editPerson(organisation, before, { email: before.profile.email }, NOW);
    const edited = editPerson(organisation, before, { title: 'Astronaut' }, NOW);

    expect(same.lastUpdated).toBe(before.lastUpdated);
    expect(edited).toMatchObject({ lastUpdated: TIME, statusChanged: before.statusChanged });
    expect(organisation.userById(before.id)?.profile.title).toBe('Astronaut');
  });

  it('finds a renamed person by the new login only, ignoring case and diacritics', () => {
    const { id, profile } = userAt(10);

    editPerson(organisation, userAt(10), { login: 'Zo\u00eb@Rehearsal.example' }, NOW);

    expect(organisation.userByLogin('zoe@rehearsal.EXAMPLE')?.id).toBe(id);
    expect(organisation.userByLogin(profile.login)).toBeUndefined();
  });

  it.each([
    [
      'a login that differs from another in case and accents',
      () => ({ login: 'SUS\u00c1N.pereira@rehearsal.example' }),
    ],
    ['a short login', () => ({ login: 'abcd' })],
    ['no login', () => ({ login: null })],
    ['an e-mail without @', () => ({ email: 'nobody' })],
    ['a last name of 51', () => ({ lastName: 'x'.repeat(51) })],
    ['an emoji', () => ({ firstName: '\u{1F600}' })],
  ])('refuses %s', (_name, changes) => {
    expect(refusalOf(() => editPerson(organisation, userAt(10), changes(), NOW))).toBe('E0000001');
    expect(userAt(10).lastUpdated).not.toBe(TIME);
  });

  it.each(LIFECYCLE_STEPS.flatMap((step) => USER_STATUSES.map((status) => [step, status] as const)))(
    'lets %s start from %s only where Okta does',
    (step, status) => {
      organisation.putUser({ ...userAt(10), status });

      const refusal = refusalOf(() => changeStatus(organisation, userAt(10), step, NOW));

      const { from, to } = LIFECYCLE[step];
      expect(refusal).toBe(from.includes(status) ? undefined : 'E0000038');
      if (refusal === undefined) {
        expect(userAt(10)).toMatchObject({ status: to, statusChanged: TIME, lastUpdated: TIME });
      } else {
        expect(userAt(10).status).toBe(status);
      }
    },
  );

  it('deletes in two steps and leaves no trace in any group', () => {
    const group = groupAt(1);
    changeMembers(organisation, group, { add: [userAt(10)], remove: [] }, NOW - 60_000);
    const lastMoved = groupAt(1).lastMembershipUpdated;

    const outcomes = [1, 2].map(() => deletePerson(organisation, userAt(10), NOW));

    expect(outcomes).toEqual(['deactivated', 'erased']);
    expect(organisation.users[10]).toBeUndefined();
    expect(organisation.membersOf(group)).not.toContain(10);
    expect(organisation.membersOf(groupAt(0))).not.toContain(10);
    expect(groupAt(1).lastMembershipUpdated).toBe(lastMoved);
  });

  it('never erases an admin', () => {
    deletePerson(organisation, userAt(0), NOW);

    expect(refusalOf(() => deletePerson(organisation, userAt(0), NOW))).toBe('E0000006');
  });

  it('creates people at the end of the list and in Everyone', () => {
    const person = createPerson(
      organisation,
      {
        profile: { login: 'new.person@rehearsal.example', email: 'new@rehearsal.example' },
        status: 'STAGED',
      },
      NOW,
    );

    expect(person).toMatchObject({ position: 200, status: 'STAGED', activated: null, created: TIME });
    expect(organisation.membersOf(groupAt(0)).at(-1)).toBe(200);
    expect(groupAt(0).lastMembershipUpdated).toBe(TIME);
  });
});

describe('groups', () => {
  it('moves lastUpdated for the profile and lastMembershipUpdated for members, never the other', () => {
    const before = groupAt(2);
    const stranger = organisation.users.find((user) => user && !organisation.isMember(before, user)) as User;

    const renamed = editGroup(organisation, before, { name: 'Renamed' }, NOW);
    expect(renamed).toMatchObject({ lastUpdated: TIME, lastMembershipUpdated: before.lastMembershipUpdated });

    const moved = changeMembers(
      organisation,
      renamed,
      { add: [stranger, stranger], remove: [] },
      NOW + 60_000,
    );
    expect(moved).toBe(1);
    expect(groupAt(2)).toMatchObject({
      lastUpdated: TIME,
      lastMembershipUpdated: '2026-01-02T03:05:05.000Z',
    });
  });

  it('does not move the time when nobody moved', () => {
    const before = groupAt(2);
    const members = organisation.membersOf(before).map(userAt);

    expect(changeMembers(organisation, before, { add: members, remove: [] }, NOW)).toBe(0);
    expect(groupAt(2).lastMembershipUpdated).toBe(before.lastMembershipUpdated);
  });

  it.each([
    ['rename Everyone', () => editGroup(organisation, groupAt(0), { name: 'All' }, NOW), 'E0000006'],
    ['delete Everyone', () => deleteGroup(organisation, groupAt(0)), 'E0000006'],
    [
      'empty Everyone',
      () => changeMembers(organisation, groupAt(0), { add: [], remove: [userAt(1)] }, NOW),
      'E0000006',
    ],
    [
      'use a name twice',
      () => createGroup(organisation, { name: 'Engineering', description: null }, NOW),
      'E0000001',
    ],
    ['use no name', () => createGroup(organisation, { name: '', description: null }, NOW), 'E0000001'],
    [
      'use 256 x',
      () => createGroup(organisation, { name: 'x'.repeat(256), description: null }, NOW),
      'E0000001',
    ],
  ])('does not let anyone %s', (_name, action, code) => {
    expect(refusalOf(action)).toBe(code);
  });

  it('takes a name that differs in case from another', () => {
    const group = createGroup(organisation, { name: 'ENGINEERING', description: null }, NOW);

    expect(organisation.groupById(group.id)?.profile.name).toBe('ENGINEERING');
  });
});

describe('edits', () => {
  it('brings back the same org from its recipe and its edits', () => {
    mutateOrg(organisation, 3, NOW);
    const made = createGroup(organisation, { name: 'Made', description: 'x' }, NOW);
    const person = createPerson(
      organisation,
      {
        profile: { login: 'new.person@rehearsal.example', email: 'new@rehearsal.example' },
        status: 'ACTIVE',
      },
      NOW,
    );
    changeMembers(organisation, made, { add: [person, userAt(5)], remove: [] }, NOW);
    const gone = createPerson(
      organisation,
      {
        profile: { login: 'short.stay@rehearsal.example', email: 'short@rehearsal.example' },
        status: 'STAGED',
      },
      NOW,
    );
    changeMembers(organisation, made, { add: [gone], remove: [] }, NOW);
    deletePerson(organisation, gone, NOW);
    deletePerson(organisation, userAt(gone.position), NOW);
    deleteGroup(organisation, groupAt(4));

    const restored = Organisation.restore(JSON.parse(JSON.stringify(organisation.edits())));

    expect(restored.users).toEqual(organisation.users);
    expect(restored.groups).toEqual(organisation.groups);
    for (const group of organisation.groups) {
      if (group) expect(restored.membersOf(group)).toEqual(organisation.membersOf(group));
    }
    expect(restored.userByLogin('new.person@rehearsal.example')?.id).toBe(person.id);
    expect(restored.edits()).toEqual(organisation.edits());
  });
});

describe('mutateOrg', () => {
  it('does at least one of each, and what it says', () => {
    const before = new Organisation(RECIPE);

    const summary = mutateOrg(organisation, 1, NOW);

    expect(summary.changed.length).toBeGreaterThan(0);
    for (const id of summary.changed) {
      expect(organisation.userById(id)?.profile).not.toEqual(before.userById(id)?.profile);
    }
    expect(summary.renamed.map(({ id }) => organisation.userById(id)?.profile.login)).toEqual(
      summary.renamed.map(({ to }) => to),
    );
    expect(summary.deactivated.map((id) => organisation.userById(id)?.status)).toEqual(['DEPROVISIONED']);
    expect(summary.erased.map((id) => organisation.userById(id))).toEqual([undefined]);
    expect(organisation.userById(summary.rehired?.id ?? '')?.profile.email).toBe(
      before.userById(summary.rehired?.formerId ?? '')?.profile.email,
    );
    expect(organisation.groupById(summary.groupDeleted ?? '')).toBeUndefined();
    expect(organisation.groupById(summary.groupRenamed ?? '')?.profile.name).toMatch(/^Renamed /);
    for (const id of summary.groupsWithMoves) {
      expect(organisation.groupById(id)?.lastMembershipUpdated).toBe(TIME);
    }
    expect(summary.biggestGroup).not.toBeNull();
  });

  it('does the same for the same seed, and can be done again and again', () => {
    const twin = new Organisation(RECIPE);

    expect(mutateOrg(organisation, 5, NOW)).toEqual(mutateOrg(twin, 5, NOW));
    for (let seed = 6; seed < 20; seed += 1) {
      expect(mutateOrg(organisation, seed, NOW + seed * 60_000).changed.length).toBeGreaterThan(0);
    }
  });
});
