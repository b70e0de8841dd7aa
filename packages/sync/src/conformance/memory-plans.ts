import type { RunCounters } from '@gatehouse/contracts/run';
import { noCounters } from '@gatehouse/contracts/run';
import { foldName } from '@gatehouse/mapping/fold-name';
import type { Change, GroupChange, UserChange } from '../change.ts';
import type { PlanApplier, PlanGroup, PlanStore, PlanSummary, PlanWriter, RunKey } from '../ports.ts';
import { SyncError } from '../ports.ts';
import type { MemoryDirectory } from './memory-directory.ts';
import type { MemorySnapshotStore } from './memory-snapshots.ts';

type StoredRow = { readonly seq: number; readonly change: Change; state: string };

export type StoredPlan = {
  readonly id: number;
  readonly key: RunKey;
  readonly snapshotId: number;
  readonly rows: StoredRow[];
  readonly groups: Map<number, PlanGroup>;
  readonly changeGroups: { ordinal: number; seq: number; gained: boolean }[];
  readonly changeAttributes: { attribute: string; seq: number }[];
  summary: PlanSummary | null;
  state: string;
  closedBy: number | null;
  gained: number;
  lost: number;
};

/** Plans in maps, applied in one synchronous step a chunk. */
export class MemoryPlans implements PlanStore, PlanApplier {
  readonly byId = new Map<number, StoredPlan>();
  /** The fence of the lease as it is now. */
  fence = 0;
  readonly #directory: MemoryDirectory;
  readonly #snapshots: MemorySnapshotStore;

  constructor(directory: MemoryDirectory, snapshots: MemorySnapshotStore) {
    this.#directory = directory;
    this.#snapshots = snapshots;
  }

  // PlanStore and PlanApplier both have a `begin`; the arguments tell which one is meant.
  begin(key: RunKey, snapshotId: number): Promise<PlanWriter>;
  begin(planId: number, key: RunKey): Promise<{ pending: number }>;
  async begin(first: RunKey | number, second: number | RunKey): Promise<PlanWriter | { pending: number }> {
    if (typeof first === 'number' && typeof second !== 'number') return this.#beginApply(first, second);
    if (typeof first !== 'number' && typeof second === 'number') return this.#beginWrite(first, second);
    throw new TypeError('begin');
  }

  #beginWrite(key: RunKey, snapshotId: number): PlanWriter {
    const id = this.#directory.nextId();
    const plan: StoredPlan = {
      id,
      key,
      snapshotId,
      rows: [],
      groups: new Map(),
      changeGroups: [],
      changeAttributes: [],
      summary: null,
      state: 'writing',
      closedBy: null,
      gained: 0,
      lost: 0,
    };
    this.byId.set(id, plan);
    return {
      planId: id,
      publicId: `plan-${id}`,
      groups: async (groups) => {
        for (const group of groups) plan.groups.set(group.ordinal, group);
      },
      changes: async (changes) => {
        for (const { seq, change } of changes) {
          if (seq !== plan.rows.length) throw new Error(`seq ${seq} after ${plan.rows.length} rows`);
          plan.rows.push({ seq, change, state: change.operation === 'skip' ? 'none' : 'pending' });
        }
      },
      changeGroups: async (rows) => void plan.changeGroups.push(...rows),
      changeAttributes: async (rows) => void plan.changeAttributes.push(...rows),
      finish: async (summary) => this.#finishWrite(plan, summary),
      abandon: async () => void this.byId.delete(id),
    };
  }

  #finishWrite(plan: StoredPlan, summary: PlanSummary): void {
    for (const other of this.byId.values()) {
      if (other.state === 'open' && other.key.runId < plan.key.runId) other.state = 'replaced';
    }
    plan.summary = summary;
    plan.state = 'open';
    const snapshot = this.#snapshots.byId.get(plan.snapshotId);
    if (snapshot !== undefined) snapshot.verdict = summary.verdict.outcome;
  }

  #beginApply(planId: number, key: RunKey): { pending: number } {
    this.#testFence(key);
    const plan = this.#get(planId);
    if (plan.closedBy === key.runId) return { pending: pendingOf(plan).length };
    if (plan.state !== 'open' && plan.state !== 'applying') throw new SyncError('plan-not-open');
    if (plan.key.settingsVersion !== key.settingsVersion) throw new SyncError('settings-changed');
    plan.state = 'applying';
    return { pending: pendingOf(plan).length };
  }

  async applyChunk(planId: number, key: RunKey): Promise<{ applied: number; drifted: number } | null> {
    this.#testFence(key);
    const plan = this.#get(planId);
    const chunk = pendingOf(plan).slice(0, 500);
    if (chunk.length === 0 || plan.state !== 'applying') return null;
    const freed = this.#freedNames(chunk);
    for (const row of chunk) row.state = this.#drifts(row.change, freed) ? 'drifted' : 'applied';
    for (const row of chunk) if (row.state === 'applied') this.#write(plan, row.change);
    const applied = chunk.filter((row) => row.state === 'applied').length;
    return { applied, drifted: chunk.length - applied };
  }

  async finish(planId: number, key: RunKey): Promise<RunCounters> {
    this.#testFence(key);
    const plan = this.#get(planId);
    plan.state = pendingOf(plan).length === 0 ? 'applied' : 'discarded';
    plan.closedBy = key.runId;
    const counters: RunCounters = {
      ...noCounters,
      membershipsGained: plan.gained,
      membershipsLost: plan.lost,
    };
    for (const { change, state } of plan.rows) {
      if (state === 'drifted') counters.drifted += 1;
      else if (state !== 'pending') count(counters, change);
    }
    counters.notModified = plan.summary?.totals.counters.notModified ?? 0;
    return counters;
  }

  #freedNames(chunk: readonly StoredRow[]): Set<string> {
    const freed = chunk.filter(
      ({ change }) => change.before !== null && nameOf(change.before) !== nameOf(change.after),
    );
    return new Set(freed.map(({ change }) => `${change.subject} ${foldName(nameOf(change.before) ?? '')}`));
  }

  #drifts(change: Change, freed: ReadonlySet<string>): boolean {
    const rows = change.subject === 'user' ? this.#directory.users : this.#directory.groups;
    const row = change.subjectId === null ? undefined : rows.get(change.subjectId);
    if (change.subjectId !== null && row?.revision !== change.plannedRevision) return true;
    const others = [...rows.values()].filter((other) => other.id !== change.subjectId);
    if (row === undefined && others.some((other) => isOwn(other, change.key))) return true;
    const name = nameOf(change.after);
    if (name === null || freed.has(`${change.subject} ${foldName(name)}`)) return false;
    return others.some((other) => foldName(nameOf(other) ?? '') === foldName(name));
  }

  #write(plan: StoredPlan, change: Change): void {
    if (change.subject === 'group') this.#writeGroup(plan, change);
    else this.#writeUser(plan, change);
  }

  #writeGroup(plan: StoredPlan, change: GroupChange): void {
    const { groups, memberships } = this.#directory;
    if (change.operation === 'delete' && change.subjectId !== null) {
      groups.delete(change.subjectId);
      for (const row of [...memberships.values()]) {
        if (row.groupId !== change.subjectId) continue;
        this.#directory.unlink(row);
        if (row.origin === 'connector') plan.lost += 1;
      }
      return;
    }
    if (change.after === null) return;
    const id = change.subjectId ?? this.#directory.nextId();
    const revision = (groups.get(id)?.revision ?? 0) + 1;
    groups.set(id, { ...change.after, id, externalId: change.key, owner: 'connector', revision });
  }

  #writeUser(plan: StoredPlan, change: UserChange): void {
    if (change.after === null) return;
    const { users } = this.#directory;
    const id = change.subjectId ?? this.#directory.nextId();
    const revision = (users.get(id)?.revision ?? 0) + 1;
    const { sourceStatus, key } = change;
    users.set(id, { ...change.after, id, externalId: key, owner: 'connector', sourceStatus, revision });
    for (const groupId of this.#groupIds(plan, change.groupsAdded)) {
      this.#directory.link({ userId: id, groupId, origin: 'connector' });
      plan.gained += 1;
    }
    for (const groupId of this.#groupIds(plan, change.groupsRemoved)) {
      if (this.#directory.unlink({ userId: id, groupId, origin: 'connector' })) plan.lost += 1;
    }
  }

  #groupIds(plan: StoredPlan, ordinals: readonly number[]): number[] {
    return ordinals.flatMap((ordinal) => {
      const group = plan.groups.get(ordinal);
      const id =
        group?.groupId ??
        [...this.#directory.groups.values()].find((row) => isOwn(row, group?.externalId ?? ''))?.id;
      return id !== undefined && this.#directory.groups.has(id) ? [id] : [];
    });
  }

  #testFence(key: RunKey): void {
    if (key.fence !== this.fence) throw new SyncError('lease-lost');
  }

  #get(planId: number): StoredPlan {
    const plan = this.byId.get(planId);
    if (plan === undefined) throw new SyncError('plan-not-open');
    return plan;
  }
}

function pendingOf(plan: StoredPlan): StoredRow[] {
  return plan.rows.filter((row) => row.state === 'pending');
}

function isOwn(row: { owner: string; externalId: string | null }, key: string): boolean {
  return row.owner === 'connector' && row.externalId === key;
}

function nameOf(row: { username: string } | { name: string } | null): string | null {
  if (row === null) return null;
  return 'username' in row ? row.username : row.name;
}

const userCounter = {
  added: 'added',
  modified: 'modified',
  'cleaned-up': 'cleanedUp',
  filtered: 'filtered',
  failed: 'failed',
} as const;

const groupCounter = {
  added: 'groupsAdded',
  modified: 'groupsModified',
  'cleaned-up': 'groupsCleanedUp',
  filtered: null,
  failed: 'groupsFailed',
} as const;

function count(counters: RunCounters, change: Change): void {
  const counter = change.subject === 'user' ? userCounter[change.category] : groupCounter[change.category];
  if (counter !== null) counters[counter] += 1;
}
