import type { DirectoryPerson, NameHolder } from '@gatehouse/directory/directory-person';
import { foldName } from '@gatehouse/mapping/fold-name';
import type {
  PersonApplied,
  PersonApplier,
  PersonDirectory,
  PersonKey,
  PersonNeeds,
  PersonPlan,
  PersonState,
} from '../person-ports.ts';
import type { PlanGroup } from '../ports.ts';
import type { GroupRow, MemoryDirectory, UserRow } from './memory-directory.ts';
import { createMemoryHarness, type MemoryHarness } from './memory-harness.ts';
import type { PersonStoresHarness } from './person-harness.ts';

/** One person at a time in maps, each call one synchronous step. */
export class MemoryPeople implements PersonDirectory, PersonApplier {
  settingsVersion = 1;
  readonly #directory: MemoryDirectory;

  constructor(directory: MemoryDirectory) {
    this.#directory = directory;
  }

  async look(key: PersonKey, needs: PersonNeeds): Promise<PersonState> {
    const { memberships } = this.#directory;
    const row = this.#findUser(key);
    const groupIds = [...memberships.values()]
      .filter(({ userId, origin }) => userId === row?.id && origin === 'connector')
      .map(({ groupId }) => groupId)
      .sort((left, right) => left - right);
    return {
      person: row === undefined ? null : toPerson(row),
      groups: this.#directory
        .ownGroups()
        .filter(({ id, externalId }) => groupIds.includes(id) || needs.groups.includes(externalId))
        .map(({ owner: _owner, ...group }) => group),
      memberships: groupIds,
      userNames: holders([...this.#directory.users.values()], needs.userNames, (user) => user.username),
      groupNames: holders([...this.#directory.groups.values()], needs.groupNames, (group) => group.name),
    };
  }

  async apply(key: PersonKey, plan: PersonPlan): Promise<PersonApplied> {
    const { change } = plan;
    if (change === null || change.after === null) throw new TypeError('a plan that writes nothing');
    if (key.settingsVersion !== this.settingsVersion) return 'settings-changed';
    if (this.#drifts(key, plan, change.after.username)) return 'drifted';
    const { users } = this.#directory;
    for (const group of plan.createdGroups) {
      if (group.after === null) continue;
      const id = this.#directory.nextId();
      const row = { ...group.after, id, externalId: group.key, owner: 'connector', revision: 1 } as const;
      this.#directory.groups.set(id, row);
    }
    const id = plan.person?.id ?? this.#directory.nextId();
    const { sourceStatus, after } = change;
    const revision = (plan.person?.revision ?? 0) + 1;
    const row = { ...after, id, externalId: key.externalId, owner: 'connector', sourceStatus, revision };
    users.set(id, row as UserRow);
    for (const group of plan.groups) this.#move(id, group, change.groupsAdded.includes(group.ordinal));
    return 'written';
  }

  #move(userId: number, group: PlanGroup, isGained: boolean): void {
    const groupId = group.groupId ?? this.#findGroup(group.externalId)?.id;
    if (groupId === undefined) return;
    const membership = { userId, groupId, origin: 'connector' } as const;
    if (isGained) this.#directory.link(membership);
    else this.#directory.unlink(membership);
    if (group.groupId !== null) this.#directory.touchGroup(groupId);
  }

  #drifts(key: PersonKey, { person, groups, createdGroups }: PersonPlan, username: string): boolean {
    const { users, groups: teams } = this.#directory;
    if (person === null ? this.#findUser(key) : users.get(person.id)?.revision !== person.revision)
      return true;
    const isTaken = [...users.values()].some(
      (other) => other.id !== person?.id && foldName(other.username) === foldName(username),
    );
    const isGone = groups.some(({ groupId }) => groupId !== null && !teams.has(groupId));
    const isThere = createdGroups.some(
      ({ key: externalId, after }) =>
        this.#findGroup(externalId) !== undefined ||
        [...teams.values()].some(({ name }) => foldName(name) === foldName(after?.name ?? '')),
    );
    return isTaken || isGone || isThere;
  }

  #findUser({ externalId }: PersonKey): (UserRow & { externalId: string }) | undefined {
    return this.#directory.ownUsers().find((row) => row.externalId === externalId);
  }

  #findGroup(externalId: string | null): GroupRow | undefined {
    return this.#directory.ownGroups().find((row) => row.externalId === externalId);
  }
}

function toPerson({ owner: _owner, ...row }: UserRow & { externalId: string }): DirectoryPerson {
  return row;
}

function holders<Row extends UserRow | GroupRow>(
  rows: readonly Row[],
  folded: readonly string[],
  nameOf: (row: Row) => string,
): ReadonlyMap<string, NameHolder> {
  const found = new Map<string, NameHolder>();
  for (const row of rows) {
    const name = nameOf(row);
    if (!folded.includes(foldName(name))) continue;
    const { id, externalId, owner } = row;
    found.set(foldName(name), { id, name, externalId, ownedByThisConnector: owner === 'connector' });
  }
  return found;
}

export type MemoryPeopleHarness = MemoryHarness & PersonStoresHarness & { readonly store: MemoryPeople };

/** All ports of full and single-user runs in memory. */
export function createMemoryPeople(): MemoryPeopleHarness {
  const harness = createMemoryHarness();
  const store = new MemoryPeople(harness.memory.directory);
  return {
    ...harness,
    store,
    people: store,
    personApplier: store,
    personKey: (externalId) => ({
      connectorId: 1,
      directoryId: 1,
      settingsVersion: store.settingsVersion,
      externalId,
    }),
    changeSettings: async () => {
      store.settingsVersion += 1;
    },
    removeGroup: async (id) => void harness.memory.directory.groups.delete(id),
  };
}
