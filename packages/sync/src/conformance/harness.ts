import type { UserAttributes } from '@gatehouse/directory/directory-person';
import type { GroupChange, UserChange, UserState } from '../change.ts';
import type { PlanApplier, PlanningViewOpener, PlanStore, RunKey, SnapshotStore } from '../ports.ts';
import type { SnapshotFacts, SourceGroup, SourceUser } from '../source.ts';

/** Who owns a directory row: the connector under test, another one, or nobody (local). */
export type RowOwner = 'connector' | 'other-connector' | 'local';

export type SeedUser = Partial<UserAttributes> & {
  readonly username: string;
  /** Null for local rows. */
  readonly externalId: string | null;
  readonly active?: boolean;
  readonly owner?: RowOwner;
};

export type SeedGroup = {
  readonly name: string;
  readonly description?: string;
  readonly externalId: string | null;
  readonly owner?: RowOwner;
};

export type DirectoryUserRow = UserAttributes & {
  readonly id: number;
  readonly externalId: string | null;
  readonly active: boolean;
  readonly sourceStatus: string | null;
  readonly revision: number;
};

export type DirectoryGroupRow = {
  readonly id: number;
  readonly externalId: string | null;
  readonly name: string;
  readonly description: string;
  readonly revision: number;
};

/** The whole directory, users and groups by rising id, memberships by user and group. */
export type DirectoryContent = {
  readonly users: readonly DirectoryUserRow[];
  readonly groups: readonly DirectoryGroupRow[];
  readonly memberships: readonly {
    readonly userId: number;
    readonly groupId: number;
    readonly origin: 'connector' | 'hand';
  }[];
};

/** One empty directory with one connector, and the stores that work on it. */
export interface SyncStoresHarness {
  readonly snapshots: SnapshotStore;
  readonly planning: PlanningViewOpener;
  readonly plans: PlanStore;
  readonly applier: PlanApplier;
  /** A new run of the connector, which takes the lease: keys given out before have an old fence from now on. */
  startRun(): Promise<RunKey>;
  /** Rows written beside the engine; they answer the integer key. */
  addUser(user: SeedUser): Promise<number>;
  addGroup(group: SeedGroup): Promise<number>;
  addMembership(userId: number, groupId: number, origin: 'connector' | 'hand'): Promise<void>;
  /** A write by somebody else: raises the revision. */
  touchUser(id: number): Promise<void>;
  touchGroup(id: number): Promise<void>;
  directory(): Promise<DirectoryContent>;
  /** State of each row of the plan by `seq`; empty when there is no such plan. */
  changeStates(planId: number): Promise<readonly string[]>;
  planState(planId: number): Promise<string | null>;
  close(): Promise<void>;
}

export type HarnessFactory = () => Promise<SyncStoresHarness>;

export function sourceUser(externalId: string, login: string, status = 'ACTIVE'): SourceUser {
  return {
    externalId,
    status,
    presence: status === 'ACTIVE' ? 'active' : 'inactive',
    updatedAt: '2026-11-02T08:00:00.000Z',
    profile: { login, email: `${login}@acme.example`, firstName: 'Ada', lastName: 'Byron' },
  };
}

export function sourceGroup(externalId: string, name: string): SourceGroup {
  return {
    externalId,
    name,
    description: '',
    type: 'OKTA_GROUP',
    selected: true,
    memberCount: 1,
    updatedAt: null,
  };
}

export const emptyFacts: SnapshotFacts = {
  schema: 1,
  owner: { id: '00uOwner', login: 'owner@acme.example' },
  usersRead: 0,
  groupsRead: 0,
  builtInGroups: 1,
  membershipsRead: 0,
  recordsWithoutId: { users: 0, groups: 0 },
  unreadableUsers: 0,
  unreadableGroups: 0,
  calls: 3,
  pages: { users: 1, groups: 1, members: 0 },
  sourceTime: '2026-11-02T08:00:00.000Z',
  usersComplete: true,
  groupsComplete: true,
  gaps: [],
};

const attributes = { email: '', firstName: '', lastName: '', displayName: '' };

/** An active person of whom only the name is known. */
export function userState(username: string): UserState {
  return { ...attributes, username, displayName: username, active: true };
}

/** A create of a person; override what the test is about. */
export function userChange(key: string, username: string, change: Partial<UserChange> = {}): UserChange {
  return {
    subject: 'user',
    operation: 'create',
    category: 'added',
    key,
    subjectId: null,
    plannedRevision: null,
    before: null,
    after: userState(username),
    sourceStatus: 'ACTIVE',
    sourceUpdatedAt: null,
    groupsAdded: [],
    groupsRemoved: [],
    rules: {},
    reason: { code: 'new-in-source', facts: {} },
    label: { name: username, username, email: '' },
    ...change,
  };
}

/** A create of a group; override what the test is about. */
export function groupChange(key: string, name: string, change: Partial<GroupChange> = {}): GroupChange {
  return {
    subject: 'group',
    operation: 'create',
    category: 'added',
    key,
    subjectId: null,
    plannedRevision: null,
    before: null,
    after: { name, description: '' },
    reason: { code: 'new-in-source', facts: {} },
    label: { name },
    ...change,
  };
}

/** Makes a change of a person who exists: the row as it is now is the planned state. */
export async function changeOfUser(
  harness: SyncStoresHarness,
  id: number,
  change: Partial<UserChange>,
): Promise<UserChange> {
  const row = found((await harness.directory()).users.find((user) => user.id === id));
  const { id: _id, externalId, sourceStatus, revision, ...state } = row;
  return userChange(externalId ?? '', state.username, {
    operation: 'update',
    category: 'modified',
    subjectId: id,
    plannedRevision: revision,
    before: state,
    after: state,
    sourceStatus,
    ...change,
  });
}

/** The same of a group. */
export async function changeOfGroup(
  harness: SyncStoresHarness,
  id: number,
  change: Partial<GroupChange>,
): Promise<GroupChange> {
  const row = found((await harness.directory()).groups.find((group) => group.id === id));
  return groupChange(row.externalId ?? '', row.name, {
    operation: 'update',
    category: 'modified',
    subjectId: id,
    plannedRevision: row.revision,
    before: { name: row.name, description: row.description },
    ...change,
  });
}

function found<T>(row: T | undefined): T {
  if (row === undefined) throw new Error('the directory has no such row');
  return row;
}
