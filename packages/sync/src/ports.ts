import type { Facet, GuardVerdict } from '@gatehouse/contracts/plan';
import type { CodedReason, RunCounters, RunProgress, RunState } from '@gatehouse/contracts/run';
import type { DirectoryPerson, DirectoryTeam, NameHolder } from '@gatehouse/directory/directory-person';
import type { Change } from './change.ts';
import type { AbsenceAnswer, SnapshotFacts, SnapshotSink, SourceGroupRow, SourceUserRow } from './source.ts';

/** Milliseconds since 1970. Tests freeze it. */
export type Clock = () => number;

/** Integer keys of the things that a run works on; they never leave the process. */
export type RunKey = {
  readonly runId: number;
  readonly connectorId: number;
  readonly directoryId: number;
  readonly settingsVersion: number;
  /** Fence of the connector's lease under which this run works; each chunk of apply tests it. */
  readonly fence: number;
};

// ---------------------------------------------------------------- snapshot

/**
 * Staging of what is read. Every write is durable when its promise resolves; rows of a snapshot that is not
 * finished are invisible to every reader but `SnapshotReader` of the same run.
 */
export interface SnapshotStore {
  /** Starts a snapshot for the run; an unfinished one of the same run is emptied first. Answers its id. */
  begin(key: RunKey): Promise<number>;
  sink(snapshotId: number): SnapshotSink;
  /**
   * Active users of this connector who are not in the snapshot: their number, and up to `limit` ids, picked at random
   * when there are more.
   */
  absentPeople(
    snapshotId: number,
    connectorId: number,
  ): Promise<{ total: number; sample(limit: number): Promise<readonly string[]> }>;
  recordAbsences(
    snapshotId: number,
    answers: readonly { externalId: string; answer: AbsenceAnswer }[],
  ): Promise<void>;
  /** Writes the facts; from now on the snapshot is immutable. */
  finish(snapshotId: number, facts: SnapshotFacts): Promise<void>;
  /**
   * Facts of the connector's newest complete snapshot before this run whose plan passed the guard: the measure of the
   * guard. A held read is no measure, or the second narrowed read would look normal. Null when there is none.
   */
  lastGood(connectorId: number, beforeRunId: number): Promise<SnapshotFacts | null>;
  /** Facts of the connector's newest planned snapshot before this run, whatever the guard said; null when there is none. */
  lastRead(connectorId: number, beforeRunId: number): Promise<SnapshotFacts | null>;
}

/**
 * One consistent state of snapshot and directory for planning, over cursors in the order of the external id
 * (byte by byte, as SQLite's BINARY collation). Closed by the caller; at the latest after 60 s of one cursor's work
 * the implementation may reopen, because only this connector's run writes these rows.
 */
export interface PlanningView {
  /**
   * Batches of at most 500 pairs by external id: the snapshot's row and this connector's directory row. Planning walks
   * `users` twice (names, then changes) and may stop early; each call starts at the first key.
   */
  groups(): AsyncIterable<readonly Pair<SourceGroupRow, DirectoryTeam>[]>;
  users(): AsyncIterable<readonly Pair<SourceUserRow, DirectoryPerson>[]>;
  /** Staged member pages, by group in key order. */
  memberPages(): AsyncIterable<readonly { groupExternalId: string; memberIds: readonly string[] }[]>;
  /** Groups of the snapshot that vanished between list and members. */
  goneGroups(): Promise<ReadonlySet<string>>;
  /** Groups whose members are not known to the end: their record could not be read. */
  incompleteGroups(): Promise<ReadonlySet<string>>;
  absences(): Promise<ReadonlyMap<string, AbsenceAnswer>>;
  /** Group ids of memberships with this connector's origin, for up to 500 users, each sorted. */
  memberships(userIds: readonly number[]): Promise<ReadonlyMap<number, readonly number[]>>;
  /** Who holds these folded names in the directory now, users or groups. Up to 500 a call. */
  holdersOfUserNames(folded: readonly string[]): Promise<ReadonlyMap<string, NameHolder>>;
  holdersOfGroupNames(folded: readonly string[]): Promise<ReadonlyMap<string, NameHolder>>;
  /** Totals of this connector's rows, for the guard. */
  totals(): Promise<{ users: number; activeUsers: number; groups: number; memberships: number }>;
  close(): void;
}

export type Pair<L, R> = { readonly key: string; readonly source: L | null; readonly directory: R | null };

export interface PlanningViewOpener {
  open(snapshotId: number, connectorId: number, directoryId: number): Promise<PlanningView>;
}

// ---------------------------------------------------------------- plan

/** A group that users of the plan gain or lose, by its small number. */
export type PlanGroup = {
  readonly ordinal: number;
  /** Null while the group is only planned. */
  readonly groupId: number | null;
  readonly externalId: string | null;
  readonly name: string;
};

export type PlanTotals = {
  readonly schema: 1;
  readonly counters: RunCounters;
  readonly changes: number;
  readonly groupChanges: number;
  readonly usersRead: number;
  readonly usersOnlyInDirectory: number;
};

export type PlanSummary = {
  readonly totals: PlanTotals;
  readonly verdict: GuardVerdict;
  readonly suppressed: readonly CodedReason[];
  readonly digest: string;
  readonly facets: readonly Facet[];
};

/** Writes one plan; nothing of it can be read by others, or has to be durable, until `finish`. */
export interface PlanWriter {
  readonly planId: number;
  readonly publicId: string;
  /** The groups that the changes name, by rising ordinal. Comes after `changes`, when it is known which are named. */
  groups(groups: readonly PlanGroup[]): Promise<void>;
  /**
   * `seq` counts up by one from 0 over all calls, groups before users. Up to 500 a call. Rows are in key order, save
   * that a row which takes a name that another row of the plan gives up comes after that row.
   */
  changes(changes: readonly { seq: number; change: Change }[]): Promise<void>;
  /** In key order (ordinal, seq). Up to 5,000 a call. */
  changeGroups(rows: readonly { ordinal: number; seq: number; gained: boolean }[]): Promise<void>;
  /** In key order (attribute, seq). Up to 5,000 a call. */
  changeAttributes(rows: readonly { attribute: string; seq: number }[]): Promise<void>;
  /** Writes totals, verdict and facets, and closes older open plans of the connector as replaced when `replacesOlder`. */
  finish(summary: PlanSummary): Promise<void>;
  /** Removes what was written. */
  abandon(): Promise<void>;
}

export interface PlanStore {
  begin(key: RunKey, snapshotId: number): Promise<PlanWriter>;
}

/**
 * Applies a stored plan, chunk by chunk. Each chunk is one transaction that tests the lease's fence, marks rows
 * `drifted`, writes the others from the stored plan, adds directory events and marks them `applied`. A crash leaves
 * every person wholly before or wholly after. Chunks take rows in the order of `seq`.
 *
 * Drifted is a row
 *   - whose subject's revision differs from the planned one, or whose subject is gone;
 *   - that creates somebody or something that is there by now;
 *   - whose name is held by a row that this chunk does not free of it. Inside one chunk names are freed first
 *     (deletions and renames), so two subjects may swap theirs.
 * A gained group that does not exist (its own row drifted) is left out. A deleted group takes all its memberships
 * along, whoever's they are; that alone raises no member's revision, since their own rows may come in a later chunk.
 */
export interface PlanApplier {
  /**
   * Rows that are still pending. Marks the plan `applying`; one that is `applying` already goes on. One that this very
   * run closed, before a crash kept it from its own end, stays closed: `applyChunk` finds nothing, `finish` answers the
   * same counters again and writes nothing.
   * @throws SyncError `lease-lost` when the fence is not ours, `plan-not-open` when the plan is neither open nor
   * applying, `settings-changed` when it was made with another settings version than the key's, or is open while the
   * connector has another one by now.
   */
  begin(planId: number, key: RunKey): Promise<{ pending: number }>;
  /** Applies the next rows (up to 2,000 subjects); null when nothing is pending. @throws SyncError `lease-lost` */
  applyChunk(planId: number, key: RunKey): Promise<{ applied: number; drifted: number } | null>;
  /**
   * Closes the plan: `applied`, or `discarded` when rows are still pending (cancelled). Answers the counters of what
   * was applied and what drifted; skipped rows count as the plan counted them.
   */
  finish(planId: number, key: RunKey): Promise<RunCounters>;
}

// ---------------------------------------------------------------- run

export type RunOutcome = {
  readonly state: RunState;
  readonly reason: CodedReason | null;
  readonly counters: RunCounters | null;
};

/** The run's own row and diary. */
export interface RunJournal {
  /** Writes the state with its time, and a diary entry. @throws SyncError `lease-lost` when the fence is not ours */
  enter(key: RunKey, state: RunState, reason?: CodedReason): Promise<void>;
  note(
    key: RunKey,
    level: 'info' | 'passed' | 'waiting' | 'warning' | 'failed',
    code: string,
    facts: Readonly<Record<string, unknown>>,
  ): Promise<void>;
  /** Replaces the progress; the implementation writes at most once a second and always the last one. */
  progress(key: RunKey, progress: RunProgress): void;
  setSnapshot(key: RunKey, snapshotId: number): Promise<void>;
  setPlan(key: RunKey, planId: number): Promise<void>;
  finish(key: RunKey, outcome: RunOutcome): Promise<void>;
  /** Progress of the connector's last complete run, for estimates. */
  lastProgress(connectorId: number, beforeRunId: number): Promise<RunProgress | null>;
}

export type SyncErrorCode = 'lease-lost' | 'cancelled' | 'settings-changed' | 'plan-not-open';

/** A run that has to end for a reason of ours. */
export class SyncError extends Error {
  readonly code: SyncErrorCode;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(
    code: SyncErrorCode,
    options: { facts?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(code, { cause: options.cause });
    this.name = 'SyncError';
    this.code = code;
    this.facts = options.facts ?? {};
  }
}
