import type { NameHolder } from '@gatehouse/directory/directory-person';
import { foldName } from '@gatehouse/mapping/fold-name';
import { compareBytes } from '../compare-bytes.ts';
import type { Pair, PlanningView, RunKey, SnapshotStore } from '../ports.ts';
import type { AbsenceAnswer, SnapshotFacts, SnapshotSink, SourceGroupRow, SourceUserRow } from '../source.ts';
import { isUnreadable } from '../source.ts';
import type { MemoryDirectory } from './memory-directory.ts';

export type MemorySnapshot = {
  readonly id: number;
  readonly key: RunKey;
  readonly users: Map<string, SourceUserRow>;
  readonly groups: Map<string, SourceGroupRow>;
  readonly pages: Map<string, Map<number, readonly string[]>>;
  readonly gone: Set<string>;
  readonly absences: Map<string, AbsenceAnswer>;
  facts: SnapshotFacts | null;
  /** Set by the plan store when the snapshot was planned. */
  verdict: 'pass' | 'hold' | null;
};

export class MemorySnapshotStore implements SnapshotStore {
  readonly byId = new Map<number, MemorySnapshot>();
  readonly #directory: MemoryDirectory;

  constructor(directory: MemoryDirectory) {
    this.#directory = directory;
  }

  async begin(key: RunKey): Promise<number> {
    for (const [id, snapshot] of this.byId) if (snapshot.key.runId === key.runId) this.byId.delete(id);
    const id = this.#directory.nextId();
    const empty = { users: new Map(), groups: new Map(), pages: new Map(), gone: new Set<string>() };
    this.byId.set(id, { id, key, ...empty, absences: new Map(), facts: null, verdict: null });
    return id;
  }

  sink(snapshotId: number): SnapshotSink {
    const snapshot = this.#get(snapshotId);
    return {
      async users(rows) {
        for (const row of rows) snapshot.users.set(row.externalId, structuredClone(row));
      },
      async groups(rows) {
        for (const row of rows) snapshot.groups.set(row.externalId, structuredClone(row));
      },
      async members(group, page, memberIds) {
        const pages = snapshot.pages.get(group) ?? new Map<number, readonly string[]>();
        snapshot.pages.set(group, pages.set(page, [...memberIds]));
      },
      async groupGone(group) {
        snapshot.gone.add(group);
      },
    };
  }

  async absentPeople(snapshotId: number) {
    const snapshot = this.#get(snapshotId);
    const absent = this.#directory
      .ownUsers()
      .filter((user) => user.active && !snapshot.users.has(user.externalId))
      .map((user) => user.externalId);
    return {
      total: absent.length,
      sample: (limit: number) => Promise.resolve(absent.slice(0, limit)),
    };
  }

  async recordAbsences(
    snapshotId: number,
    answers: readonly { externalId: string; answer: AbsenceAnswer }[],
  ): Promise<void> {
    for (const { externalId, answer } of answers) this.#get(snapshotId).absences.set(externalId, answer);
  }

  async finish(snapshotId: number, facts: SnapshotFacts): Promise<void> {
    this.#get(snapshotId).facts = facts;
  }

  async lastGood(_connectorId: number, beforeRunId: number): Promise<SnapshotFacts | null> {
    return this.#newest(beforeRunId, (snapshot) => {
      const isComplete = snapshot.facts?.usersComplete === true && snapshot.facts.groupsComplete;
      return snapshot.verdict === 'pass' && isComplete;
    });
  }

  async lastRead(_connectorId: number, beforeRunId: number): Promise<SnapshotFacts | null> {
    return this.#newest(beforeRunId, (snapshot) => snapshot.verdict !== null);
  }

  #newest(beforeRunId: number, accepts: (snapshot: MemorySnapshot) => boolean): SnapshotFacts | null {
    const rows = [...this.byId.values()].filter((row) => row.key.runId < beforeRunId && accepts(row));
    return rows.at(-1)?.facts ?? null;
  }

  #get(snapshotId: number): MemorySnapshot {
    const snapshot = this.byId.get(snapshotId);
    if (snapshot === undefined) throw new Error(`no snapshot ${snapshotId}`);
    return snapshot;
  }
}

export class MemoryPlanningView implements PlanningView {
  readonly #snapshot: MemorySnapshot;
  readonly #directory: MemoryDirectory;

  constructor(snapshot: MemorySnapshot, directory: MemoryDirectory) {
    this.#snapshot = snapshot;
    this.#directory = directory;
  }

  async *groups() {
    yield* pairs(this.#snapshot.groups, this.#directory.ownGroups());
  }

  async *users() {
    yield* pairs(this.#snapshot.users, this.#directory.ownUsers());
  }

  async *memberPages() {
    for (const group of [...this.#snapshot.pages.keys()].sort(compareBytes)) {
      const pages = [...(this.#snapshot.pages.get(group) ?? [])].sort(([left], [right]) => left - right);
      yield pages.map(([, memberIds]) => ({ groupExternalId: group, memberIds }));
    }
  }

  async goneGroups() {
    return this.#snapshot.gone;
  }

  async incompleteGroups() {
    const unreadable = [...this.#snapshot.groups.values()].filter(isUnreadable);
    return new Set(unreadable.map((row) => row.externalId));
  }

  async absences() {
    return this.#snapshot.absences;
  }

  async memberships(userIds: readonly number[]) {
    const wanted = new Map<number, number[]>(userIds.map((id) => [id, []]));
    for (const row of this.#directory.memberships.values()) {
      if (row.origin === 'connector') wanted.get(row.userId)?.push(row.groupId);
    }
    for (const groups of wanted.values()) groups.sort((left, right) => left - right);
    return wanted;
  }

  async holdersOfUserNames(folded: readonly string[]) {
    const rows = [...this.#directory.users.values()];
    return holders(
      rows.map((row) => ({ ...row, name: row.username })),
      folded,
    );
  }

  async holdersOfGroupNames(folded: readonly string[]) {
    return holders([...this.#directory.groups.values()], folded);
  }

  async totals() {
    const users = this.#directory.ownUsers();
    return {
      users: users.length,
      activeUsers: users.filter((user) => user.active).length,
      groups: this.#directory.ownGroups().length,
      memberships: [...this.#directory.memberships.values()].filter((row) => row.origin === 'connector')
        .length,
    };
  }

  close(): void {}
}

function* pairs<L, R extends { externalId: string }>(source: ReadonlyMap<string, L>, directory: R[]) {
  const rows = new Map(directory.map((row) => [row.externalId, row]));
  const keys = [...new Set([...source.keys(), ...rows.keys()])].sort(compareBytes);
  for (let from = 0; from < keys.length; from += 500) {
    yield keys.slice(from, from + 500).map(
      (key): Pair<L, R> => ({
        key,
        source: source.get(key) ?? null,
        directory: rows.get(key) ?? null,
      }),
    );
  }
}

function holders(
  rows: readonly { id: number; name: string; externalId: string | null; owner: string }[],
  folded: readonly string[],
): Map<string, NameHolder> {
  const wanted = new Set(folded);
  const result = new Map<string, NameHolder>();
  for (const row of rows) {
    const name = foldName(row.name);
    if (!wanted.has(name)) continue;
    const { id, externalId } = row;
    result.set(name, { id, name: row.name, externalId, ownedByThisConnector: row.owner === 'connector' });
  }
  return result;
}
