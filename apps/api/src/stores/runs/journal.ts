import type { CodedReason, RunProgress, RunState } from '@gatehouse/contracts/run';
import { type RunJournal, type RunKey, type RunOutcome, SyncError } from '@gatehouse/sync/ports';
import type { Database } from '../database.ts';
import { numberedStatement } from '../numbered-statement.ts';
import * as sql from './queries.ts';
import { readProgress } from './rows.ts';

/** Progress is written at most this often. Unit: milliseconds. */
const progressInterval = 1_000;

type Pending = { latest: RunProgress; key: RunKey; timer: NodeJS.Timeout | null; writtenAt: number };

const stepLevels: Partial<Record<RunState, 'passed' | 'warning' | 'failed'>> = {
  done: 'passed',
  failed: 'failed',
  held: 'warning',
  cancelled: 'warning',
  interrupted: 'warning',
};

/** The run's own row and diary; everything it writes is announced through `changed`. */
export class SqliteRunJournal implements RunJournal {
  readonly #database: Database;
  readonly #changed: (key: RunKey) => void;
  readonly #onError: (error: unknown) => void;
  readonly #pending = new Map<number, Pending>();

  constructor(
    database: Database,
    listener: { changed: (key: RunKey) => void; onError: (error: unknown) => void },
  ) {
    this.#database = database;
    this.#changed = listener.changed;
    this.#onError = listener.onError;
  }

  async enter(key: RunKey, state: RunState, reason?: CodedReason): Promise<void> {
    const now = this.#database.now();
    const [entered] = await this.#database.write((db) => [
      numberedStatement(
        db,
        sql.enterState,
        key.runId,
        key.fence,
        state,
        reason ? JSON.stringify(reason) : null,
        now,
      ),
      numberedStatement(
        db,
        sql.insertStepIfChanged,
        key.runId,
        now,
        stepLevels[state] ?? 'info',
        `state-${state}`,
        JSON.stringify(reason?.facts ?? {}),
      ),
    ]);
    if (entered === 0) throw new SyncError('lease-lost');
    this.#changed(key);
  }

  async note(
    key: RunKey,
    level: 'info' | 'passed' | 'waiting' | 'warning' | 'failed',
    code: string,
    facts: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.#database.write((db) => [
      numberedStatement(
        db,
        sql.insertStep,
        key.runId,
        this.#database.now(),
        level,
        code,
        JSON.stringify(facts),
      ),
    ]);
    this.#changed(key);
  }

  progress(key: RunKey, progress: RunProgress): void {
    const pending = this.#pending.get(key.runId);
    if (pending === undefined) {
      const fresh: Pending = { latest: progress, key, timer: null, writtenAt: 0 };
      this.#pending.set(key.runId, fresh);
      this.#schedule(fresh);
      return;
    }
    pending.latest = progress;
    pending.key = key;
    if (pending.timer === null) this.#schedule(pending);
  }

  async setSnapshot(key: RunKey, snapshotId: number): Promise<void> {
    await this.#fenced(key, sql.setSnapshot, snapshotId);
  }

  async setPlan(key: RunKey, planId: number): Promise<void> {
    await this.#fenced(key, sql.setPlan, planId);
    const reason: CodedReason = { code: 'newer-plan', facts: { runId: key.runId } };
    await this.#database.write((db) => [
      numberedStatement(db, sql.replaceHeld, key.connectorId, key.runId, JSON.stringify(reason)),
    ]);
  }

  async finish(key: RunKey, outcome: RunOutcome): Promise<void> {
    await this.#flush(key.runId);
    const now = this.#database.now();
    const { state, reason, counters } = outcome;
    const [finished] = await this.#database.write((db) => [
      numberedStatement(
        db,
        sql.finishRun,
        key.runId,
        key.fence,
        state,
        reason ? JSON.stringify(reason) : null,
        counters ? JSON.stringify(counters) : null,
        now,
      ),
      numberedStatement(
        db,
        sql.insertStepIfChanged,
        key.runId,
        now,
        stepLevels[state] ?? 'info',
        `state-${state}`,
        JSON.stringify({ ...reason?.facts, ...(reason ? { reason: reason.code } : {}) }),
      ),
    ]);
    if (finished === 0) throw new SyncError('lease-lost');
    this.#changed(key);
  }

  async lastProgress(connectorId: number, beforeRunId: number): Promise<RunProgress | null> {
    const [stored] = this.#database.sql.column<string>(sql.selectLastProgress, connectorId, beforeRunId);
    return stored === undefined ? null : readProgress(stored);
  }

  /** Writes what is pending, e.g. when the process stops. */
  async close(): Promise<void> {
    for (const runId of [...this.#pending.keys()]) await this.#flush(runId);
  }

  #schedule(pending: Pending): void {
    const wait = Math.max(0, pending.writtenAt + progressInterval - performance.now());
    pending.timer = setTimeout(() => {
      pending.timer = null;
      pending.writtenAt = performance.now();
      this.#write(pending).catch(this.#onError);
    }, wait);
    pending.timer.unref();
  }

  async #flush(runId: number): Promise<void> {
    const pending = this.#pending.get(runId);
    if (pending === undefined) return;
    this.#pending.delete(runId);
    if (pending.timer !== null) clearTimeout(pending.timer);
    await this.#write(pending);
  }

  async #write({ key, latest }: Pending): Promise<void> {
    const text = JSON.stringify(latest);
    await this.#database.write((db) => [numberedStatement(db, sql.setProgress, key.runId, key.fence, text)]);
    this.#changed(key);
  }

  async #fenced(key: RunKey, text: string, value: number): Promise<void> {
    const [changed] = await this.#database.write((db) => [
      numberedStatement(db, text, key.runId, key.fence, value),
    ]);
    if (changed === 0) throw new SyncError('lease-lost');
  }
}
