import type { CodedReason, Run, RunStep, RunSummary } from '@gatehouse/contracts/run';
import { type AuditBy, auditIfChanged } from '../audit/audit-entry.ts';
import type { Database } from '../database.ts';
import { numberedReturning, numberedStatement } from '../numbered-statement.ts';
import { toNumber } from '../raw.ts';
import * as sql from './queries.ts';
import { type RunDetailRow, type RunRow, type StepRow, toRun, toStep, toSummary } from './rows.ts';

type Window = { readonly limit: number; readonly offset: number };
type WindowOf<Item> = { total: number; offset: number; items: Item[] };

/** Entries of the diary that a run's answer carries; the rest is paged. */
const stepsShown = 200;

export type NewRun = {
  readonly connectorId: number;
  readonly connector: { readonly publicId: string; readonly name: string };
  readonly intent: RunSummary['intent'];
  readonly scope: RunSummary['scope'];
  readonly trigger: RunSummary['trigger'];
  /** A name for people. */
  readonly startedBy: string;
};

/** What the worker needs of a run. */
export type QueuedRun = Pick<
  RunRow,
  | 'id'
  | 'connectorId'
  | 'connectorPublicId'
  | 'directoryId'
  | 'intent'
  | 'scope'
  | 'origin'
  | 'state'
  | 'settingsVersion'
  | 'snapshotId'
  | 'planId'
>;

/** Runs: their queue, their lists and pages, and what people decide about them. */
export class RunStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  list(filter: { connectorId?: number; state?: string | undefined }, window: Window): WindowOf<RunSummary> {
    const values = [filter.connectorId ?? null, filter.state ?? null] as const;
    const total = this.#database.sql.get<{ total: number }>(sql.countRuns, ...values)?.total ?? 0;
    const rows = this.#database.sql.all<RunRow>(sql.selectRuns, ...values, window.limit, window.offset);
    return { total, offset: window.offset, items: rows.map(toSummary) };
  }

  find(runId: number): Run | null {
    const row = this.findRow(runId);
    if (row === null) return null;
    const steps = this.#database.sql.all<StepRow>(sql.selectSteps, runId, stepsShown, 0);
    return toRun(row, steps, this.#countSteps(runId));
  }

  findRow(runId: number): RunDetailRow | null {
    return this.#database.sql.get<RunDetailRow>(sql.selectRun, runId) ?? null;
  }

  listSteps(runId: number, { limit, offset }: Window): WindowOf<RunStep> {
    const rows = this.#database.sql.all<StepRow>(sql.selectSteps, runId, limit, offset);
    return { total: this.#countSteps(runId), offset, items: rows.map(toStep) };
  }

  /** Newest, active and held run of a connector. */
  runsOf(connectorId: number): {
    last: RunSummary | null;
    active: RunSummary | null;
    held: RunSummary | null;
  } {
    return {
      last: this.#one(sql.selectNewestOf, connectorId),
      active: this.#one(sql.selectActiveOf, connectorId),
      held: this.#one(sql.selectHeldOf, connectorId),
    };
  }

  /** What the Overview tells. */
  milestones() {
    return {
      held: this.#one(sql.selectNewestHeld),
      heldTotal: this.list({ state: 'held' }, { limit: 1, offset: 0 }).total,
      lastSync: this.#one(sql.selectLastSync),
      firstSync: this.#one(sql.selectFirstSync),
      firstReviewed: this.#one(sql.selectFirstReviewed),
      newestSimulation: this.#one(sql.selectNewestSimulation),
    };
  }

  queued(): QueuedRun[] {
    return this.#database.sql.all<RunRow>(sql.selectQueued);
  }

  /** Runs whose plan is half applied; at a start they go on. */
  applying(): QueuedRun[] {
    return this.#database.sql.all<RunRow>(sql.selectApplying);
  }

  /** Numbers of those among them whom a person told to end. */
  cancelling(): number[] {
    return this.#database.sql.column<number>(sql.selectCancelling);
  }

  /** Puts a run into the queue; null while another run of the connector is active. Answers its number. */
  async enqueue(run: NewRun, by: AuditBy): Promise<number | null> {
    const now = this.#database.now();
    const [inserted] = await this.#database.write((db) => [
      numberedReturning<{ id: number }>(
        db,
        sql.insertRun,
        run.connectorId,
        run.scope,
        run.intent,
        run.trigger,
        run.startedBy,
        now,
      ),
      numberedStatement(db, sql.insertQueuedStep, now, JSON.stringify({ by: run.startedBy })),
      auditIfChanged(db, {
        at: now,
        by,
        action: run.intent === 'simulate' ? 'run.simulation-started' : 'run.sync-started',
        subject: { kind: 'connector', id: run.connector.publicId, name: run.connector.name },
        after: { scope: run.scope, trigger: run.trigger },
      }),
    ]);
    return firstId(inserted);
  }

  /**
   * Puts the application of a reviewed plan into the queue; null when the plan is not open any more, its settings are
   * not the ones in force, or another run is active: the caller finds out which.
   */
  async enqueuePlan(source: RunDetailRow, startedBy: string, by: AuditBy): Promise<number | null> {
    const now = this.#database.now();
    const [inserted] = await this.#database.write((db) => [
      numberedReturning<{ id: number }>(db, sql.insertPlanRun, source.id, startedBy, now),
      numberedStatement(
        db,
        sql.insertQueuedStep,
        now,
        JSON.stringify({ by: startedBy, planOfRun: source.id }),
      ),
      auditIfChanged(db, {
        at: now,
        by,
        action: 'run.plan-applied',
        subject: { kind: 'run', id: String(source.id), name: `Run #${source.id} of ${source.connectorName}` },
        after: { plan: source.planPublicId },
      }),
      // Whoever applies a plan has looked at it.
      numberedStatement(db, sql.markReviewedIfChanged, source.id, now, startedBy),
    ]);
    return firstId(inserted);
  }

  /** False when the run is over. A queued run ends at once; an active one when its worker comes to it. */
  async requestCancel(run: RunDetailRow, by: AuditBy): Promise<boolean> {
    const now = this.#database.now();
    const reason = JSON.stringify(cancelledBy(by.actor.name));
    const audit = {
      at: now,
      by,
      action: 'run.cancelled',
      subject: { kind: 'run', id: String(run.id), name: `Run #${run.id} of ${run.connectorName}` },
    } as const;
    const [queued, , , active] = await this.#database.write((db) => [
      numberedStatement(db, sql.cancelQueued, run.id, now, reason),
      numberedStatement(db, sql.insertStepIfChanged, run.id, now, 'warning', 'state-cancelled', reason),
      auditIfChanged(db, audit),
      numberedStatement(db, sql.requestCancel, run.id, now),
      auditIfChanged(db, audit),
    ]);
    return queued + active > 0;
  }

  /** Closes the plan of a held run or of a simulation; false when there is nothing to discard any more. */
  async discard(run: RunDetailRow, by: AuditBy): Promise<boolean> {
    const now = this.#database.now();
    const [discarded] = await this.#database.write((db) => [
      numberedStatement(db, sql.discardPlan, run.id, now),
      numberedStatement(db, sql.discardRun, run.id),
      numberedStatement(
        db,
        sql.insertStepIfChanged,
        run.id,
        now,
        'info',
        'state-discarded',
        JSON.stringify({ by: by.actor.name }),
      ),
      auditIfChanged(db, {
        at: now,
        by,
        action: 'run.plan-discarded',
        subject: { kind: 'run', id: String(run.id), name: `Run #${run.id} of ${run.connectorName}` },
      }),
    ]);
    return discarded > 0;
  }

  /** Remembers the first person who opened the review. */
  async markReviewed(run: RunDetailRow, by: AuditBy): Promise<void> {
    const now = this.#database.now();
    await this.#database.write((db) => [
      numberedStatement(db, sql.markReviewed, run.id, now, by.actor.name),
      auditIfChanged(db, {
        at: now,
        by,
        action: 'run.plan-reviewed',
        subject: { kind: 'run', id: String(run.id), name: `Run #${run.id} of ${run.connectorName}` },
      }),
    ]);
  }

  /** At a start: runs that were reading or planning cannot go on. Answers their numbers. */
  async interruptOrphans(): Promise<number[]> {
    const now = this.#database.now();
    const ids = this.#database.sql.column<number>(sql.selectOrphans);
    if (ids.length === 0) return [];
    const reason = JSON.stringify({ code: 'process-ended', facts: {} } satisfies CodedReason);
    await this.#database.write((db) => [
      numberedStatement(db, sql.interruptOrphans, reason, now),
      ...ids.map((id) =>
        numberedStatement(db, sql.insertStep, id, now, 'warning', 'state-interrupted', '{}'),
      ),
    ]);
    return ids;
  }

  #countSteps(runId: number): number {
    return this.#database.sql.get<{ total: number }>(sql.countSteps, runId)?.total ?? 0;
  }

  #one(text: string, ...values: number[]): RunSummary | null {
    const row = this.#database.sql.get<RunRow>(text, ...values);
    return row === undefined ? null : toSummary(row);
  }
}

function cancelledBy(name: string): CodedReason {
  return { code: 'cancelled-by-person', facts: { by: name } };
}

function firstId(rows: readonly { id: number }[]): number | null {
  const [first] = rows;
  return first === undefined ? null : toNumber(first.id);
}
