import type { UserState } from '../change.ts';
import { compareBytes } from '../compare-bytes.ts';
import type { DirectoryContent, RowOwner, SeedGroup, SeedUser } from './harness.ts';

export type UserRow = UserState & {
  readonly id: number;
  readonly externalId: string | null;
  readonly owner: RowOwner;
  readonly sourceStatus: string | null;
  readonly revision: number;
};

export type GroupRow = {
  readonly id: number;
  readonly externalId: string | null;
  readonly owner: RowOwner;
  readonly name: string;
  readonly description: string;
  readonly revision: number;
};

export type MembershipRow = {
  readonly userId: number;
  readonly groupId: number;
  readonly origin: 'connector' | 'hand';
};

/** The directory in maps: what a test's stores read and write. */
export class MemoryDirectory {
  readonly users = new Map<number, UserRow>();
  readonly groups = new Map<number, GroupRow>();
  readonly memberships = new Map<string, MembershipRow>();
  #lastId = 0;

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  addUser(seed: SeedUser): number {
    const id = this.nextId();
    this.users.set(id, {
      email: '',
      firstName: '',
      lastName: '',
      displayName: seed.username,
      active: true,
      owner: 'connector',
      sourceStatus: null,
      revision: 1,
      ...seed,
      id,
    });
    return id;
  }

  addGroup(seed: SeedGroup): number {
    const id = this.nextId();
    this.groups.set(id, { description: '', owner: 'connector', revision: 1, ...seed, id });
    return id;
  }

  link(row: MembershipRow): void {
    this.memberships.set(`${row.userId} ${row.groupId} ${row.origin}`, row);
  }

  unlink(row: MembershipRow): boolean {
    return this.memberships.delete(`${row.userId} ${row.groupId} ${row.origin}`);
  }

  touchUser(id: number): void {
    const row = this.users.get(id);
    if (row !== undefined) this.users.set(id, { ...row, revision: row.revision + 1 });
  }

  touchGroup(id: number): void {
    const row = this.groups.get(id);
    if (row !== undefined) this.groups.set(id, { ...row, revision: row.revision + 1 });
  }

  content(): DirectoryContent {
    return {
      users: [...this.users.values()].map(({ owner: _owner, ...row }) => row),
      groups: [...this.groups.values()].map(({ owner: _owner, ...row }) => row),
      memberships: [...this.memberships.values()].sort(
        (left, right) => left.userId - right.userId || left.groupId - right.groupId,
      ),
    };
  }

  /** This connector's rows by external id, in the order of its bytes. */
  ownUsers(): (UserRow & { externalId: string })[] {
    return sortedOwn([...this.users.values()]);
  }

  ownGroups(): (GroupRow & { externalId: string })[] {
    return sortedOwn([...this.groups.values()]);
  }
}

function sortedOwn<T extends { owner: RowOwner; externalId: string | null }>(rows: T[]) {
  return rows
    .filter((row): row is T & { externalId: string } => row.owner === 'connector' && row.externalId !== null)
    .sort((left, right) => compareBytes(left.externalId, right.externalId));
}
