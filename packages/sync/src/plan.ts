import { setImmediate } from 'node:timers/promises';
import type { Facet } from '@gatehouse/contracts/plan';
import type { CodedReason } from '@gatehouse/contracts/run';
import type { Change, UserChange } from './change.ts';
import type { MembershipTable } from './membership-table.ts';
import { MembershipCollector } from './membership-table.ts';
import type { PlannedRemovals } from './plan-counts.ts';
import { PlanCounts } from './plan-counts.ts';
import { PlanDigest } from './plan-digest.ts';
import type { GroupTable } from './plan-groups.ts';
import { planGroups } from './plan-groups.ts';
import { PlanIndex } from './plan-index.ts';
import { readNames } from './plan-names.ts';
import type { UserPair, UserPlanContext } from './plan-user.ts';
import { planUser } from './plan-user.ts';
import type { PlanningView, PlanTotals, PlanWriter } from './ports.ts';
import { SyncError } from './ports.ts';
import { takersInOrder } from './resolve-names.ts';
import type { SnapshotFacts } from './source.ts';

/**
 * Makes a plan of a snapshot and the directory.
 *
 *   groups      all at once: they are few, and people are planned against them
 *   names       a first walk over people: who would get which name, and their number
 *   memberships the staged pages as integers: groups of each person
 *   people      a second walk, pair by pair, each planned purely
 *   takers      people who get a name that another one gives up, behind the giver
 *   index       what the review filters by
 *
 * Nothing grows with the number of changes but the index, 8 bytes a gained or lost group. The event loop is given
 * back after each batch of at most 500. The same input gives the same rows in the same order, and so the same digest.
 */
export type PlanInput = {
  readonly view: PlanningView;
  readonly writer: PlanWriter;
  readonly facts: Pick<SnapshotFacts, 'usersComplete' | 'groupsComplete'>;
  readonly signal: AbortSignal;
  /** People planned so far. */
  readonly onProgress: (planned: number) => void;
};

export type PlanResult = {
  readonly totals: PlanTotals;
  readonly removals: PlannedRemovals;
  readonly suppressed: readonly CodedReason[];
  readonly facets: readonly Facet[];
  readonly digest: string;
};

/** Writes the rows of the plan; closing it with the guard's verdict is left to the caller. @throws SyncError `cancelled` */
export async function makePlan(input: PlanInput): Promise<PlanResult> {
  const { view, writer, facts, signal, onProgress } = input;
  async function pause(): Promise<void> {
    await setImmediate();
    if (signal.aborted) throw new SyncError('cancelled');
  }
  const rows = new RowWriter(writer);
  const table = await planGroups(view, { groupsComplete: facts.groupsComplete, pause });
  for (const change of table.changes) {
    rows.counts.addGroup(change);
    await rows.add(change);
  }
  await rows.flush();

  const { conflicts, takers, positionOfKey } = await readNames(view, pause);
  const memberships = await readMemberships(view, { table, positionOfKey, pause });
  const context: UserPlanContext = {
    usersComplete: facts.usersComplete,
    absences: await view.absences(),
    conflicts,
    fateOf: (ordinal) => table.fates[ordinal] ?? 'untouched',
  };
  await planPeople({ view, rows, table, memberships, context, takers, pause, onProgress });

  const facets = await rows.index.write(writer, table.groups, pause);
  return {
    totals: rows.counts.totals(),
    removals: rows.counts.removals(),
    suppressed: suppressedOf(rows.counts),
    facets,
    digest: rows.digest.finish(),
  };
}

async function readMemberships(
  view: PlanningView,
  input: {
    readonly table: GroupTable;
    readonly positionOfKey: ReadonlyMap<string, number>;
    readonly pause: () => Promise<void>;
  },
): Promise<MembershipTable> {
  const collector = new MembershipCollector();
  for await (const pages of view.memberPages()) {
    for (const { groupExternalId, memberIds } of pages) {
      const ordinal = input.table.ordinalOfKey.get(groupExternalId);
      if (ordinal === undefined) continue;
      for (const id of memberIds) {
        // Member lists hold deactivated people too; only those of the user list count.
        const position = input.positionOfKey.get(id);
        if (position !== undefined) collector.add(position, ordinal);
      }
    }
    await input.pause();
  }
  return collector.toTable(input.positionOfKey.size);
}

type PeopleInput = {
  readonly view: PlanningView;
  readonly rows: RowWriter;
  readonly table: GroupTable;
  readonly memberships: MembershipTable;
  readonly context: UserPlanContext;
  readonly takers: ReadonlyMap<string, string>;
  readonly pause: () => Promise<void>;
  readonly onProgress: (planned: number) => void;
};

const noGroups = new Int32Array();

async function planPeople(input: PeopleInput): Promise<void> {
  const { view, rows, table, memberships, context, takers } = input;
  const waiting = new Map<string, UserChange>();
  let position = 0;
  for await (const batch of view.users()) {
    const ids = batch.flatMap(({ directory }) => (directory === null ? [] : [directory.id]));
    const groupsOfId = await view.memberships(ids);
    for (const { key, source, directory } of batch) {
      const groupsNow = directory === null ? noGroups : ordinalsOf(groupsOfId.get(directory.id), table);
      const groupsWanted = source === null ? noGroups : memberships.of(position);
      if (source !== null) position += 1;
      const pair: UserPair = { key, source, directory, groupsNow, groupsWanted };
      const change = planUser(pair, context);
      rows.counts.addUser({ isInSource: source !== null, directory }, change, countDeleted(groupsNow, table));
      if (change === null) continue;
      if (takers.has(key)) waiting.set(key, change);
      else await rows.add(change);
    }
    await rows.flush();
    input.onProgress(rows.counts.planned);
    await input.pause();
  }
  for (const key of takersInOrder(takers)) {
    const change = waiting.get(key);
    if (change !== undefined) await rows.add(change);
  }
  await rows.flush();
}

/** Groups as rising ordinals; a membership in a group that is not this connector's is none of ours. */
function ordinalsOf(groupIds: readonly number[] | undefined, table: GroupTable): ArrayLike<number> {
  if (groupIds === undefined || groupIds.length === 0) return noGroups;
  const ordinals = new Int32Array(groupIds.length);
  let count = 0;
  for (const id of groupIds) {
    const ordinal = table.ordinalOfId.get(id);
    if (ordinal === undefined) continue;
    ordinals[count] = ordinal;
    count += 1;
  }
  return ordinals.subarray(0, count).sort();
}

function countDeleted(groupsNow: ArrayLike<number>, table: GroupTable): number {
  let count = 0;
  for (let index = 0; index < groupsNow.length; index += 1) {
    if (table.fates[groupsNow[index] ?? -1] === 'deleted') count += 1;
  }
  return count;
}

function suppressedOf(counts: PlanCounts): CodedReason[] {
  const { users, groups } = counts.suppressed;
  const suppressed: CodedReason[] = [];
  if (users > 0) suppressed.push({ code: 'suppressed-users', facts: { count: users } });
  if (groups > 0) suppressed.push({ code: 'suppressed-groups', facts: { count: groups } });
  return suppressed;
}

/** Numbers the changes, writes them in batches and keeps the digest, the index and the totals. */
class RowWriter {
  readonly counts = new PlanCounts();
  readonly digest = new PlanDigest();
  readonly index = new PlanIndex();
  readonly #writer: PlanWriter;
  #batch: { seq: number; change: Change }[] = [];
  #next = 0;

  constructor(writer: PlanWriter) {
    this.#writer = writer;
  }

  async add(change: Change): Promise<void> {
    const seq = this.#next;
    this.#next += 1;
    if (change.subject === 'user') this.index.add(seq, change);
    this.#batch.push({ seq, change });
    if (this.#batch.length >= 500) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#batch.length === 0) return;
    const batch = this.#batch;
    this.#batch = [];
    this.digest.add(batch);
    await this.#writer.changes(batch);
  }
}
