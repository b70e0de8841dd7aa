import { setImmediate } from 'node:timers/promises';
import type { RunCounters } from '@gatehouse/contracts/run';
import { directoryEventLimit } from '@gatehouse/directory/directory-event-limit';
import { type PlanApplier, type PlanTotals, type RunKey, SyncError } from '@gatehouse/sync/ports';
import type { Database } from '../database.ts';
import { untilDone } from '../in-chunks.ts';
import { numberedReturning, numberedStatement } from '../numbered-statement.ts';
import { randomPublicId } from '../random-id.ts';
import { jsonList, toNumber } from '../raw.ts';
import { isUniqueViolation } from '../unique-violation.ts';
import { addRows, noRowsCounted, type StateCount } from './applied-counters.ts';
import * as sql from './apply-queries.ts';
import { type Chunk, readChunk } from './chunk.ts';
import { type ChunkInput, chunkSteps } from './chunk-steps.ts';
import { findNames } from './held-names.ts';

/** Rows of a plan that one step counts. */
const rowsPerStep = 5_000;
/** Memberships of deleted groups that one statement removes. */
const membershipsPerStatement = 5_000;
/** A name that is taken between reading and writing a chunk makes it start over; more often is a fault. */
const chunkAttempts = 3;

type PlanRow = {
  id: number;
  state: string;
  settingsVersion: number;
  /** The connector's settings now. */
  headVersion: number;
  rows: number;
  groupRows: number;
  announcement: 'events' | 'epoch' | null;
  closedByRunId: number | null;
  appliedGains: number;
  appliedLosses: number;
  totals: string;
  directoryId: number;
};

export class SqlitePlanApplier implements PlanApplier {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async begin(planId: number, key: RunKey): Promise<{ pending: number }> {
    const plan = this.#find(planId);
    if (plan.state !== 'applying' && plan.closedByRunId === key.runId) return this.#revisit(plan, key);
    if (plan.state !== 'open' && plan.state !== 'applying') throw new SyncError('plan-not-open');
    if (plan.settingsVersion !== key.settingsVersion) {
      if (plan.state === 'applying') await this.#close(plan, key, 'discarded');
      throw new SyncError('settings-changed');
    }
    const announcement = plan.announcement ?? (await this.#chooseAnnouncement(plan));
    const { connectorId, fence } = key;
    const [held, begun] = await this.#database.write((db) => [
      numberedReturning<{ held: number }>(db, sql.countLease, planId, connectorId, fence),
      numberedStatement(db, sql.beginApply, planId, connectorId, fence, announcement),
    ]);
    throwUnlessHeld(held);
    if (begun === 0)
      throw new SyncError(isOutdated(this.#find(planId)) ? 'settings-changed' : 'plan-not-open');
    return { pending: this.#countPending(planId) };
  }

  /** The plan stays closed; the run that closed it comes back to its own end. */
  async #revisit(plan: PlanRow, { connectorId, fence }: RunKey): Promise<{ pending: number }> {
    const [held] = await this.#database.write((db) => [
      numberedReturning<{ held: number }>(db, sql.countLease, plan.id, connectorId, fence),
    ]);
    throwUnlessHeld(held);
    return { pending: this.#countPending(plan.id) };
  }

  #countPending(planId: number): number {
    return this.#database.sql.column<number>(sql.countPending, planId)[0] ?? 0;
  }

  async applyChunk(planId: number, key: RunKey): Promise<{ applied: number; drifted: number } | null> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#tryChunk(planId, key);
      } catch (error) {
        if (!isUniqueViolation(error) || attempt === chunkAttempts) throw error;
      }
    }
  }

  async #tryChunk(planId: number, key: RunKey): Promise<{ applied: number; drifted: number } | null> {
    const chunk = await readChunk(this.#database.sql, planId);
    const plan = this.#find(planId);
    if (chunk === null || plan.state !== 'applying') return null;

    await this.#thinOutDeletedGroups(planId, key, chunk);
    const input: ChunkInput = {
      planId,
      key,
      chunk,
      directoryId: plan.directoryId,
      names: this.#findNames(plan, key, chunk),
      now: this.#database.now(),
      announcement: this.#announcementOf(plan),
    };
    const applied = await this.#database.writeSteps(() => chunkSteps(input));
    return { applied, drifted: chunk.users.length + chunk.groups.length - applied };
  }

  async finish(planId: number, key: RunKey): Promise<RunCounters> {
    const plan = this.#find(planId);
    const counted = noRowsCounted();
    for (let from = 0; from < plan.rows; from += rowsPerStep) {
      const to = from + rowsPerStep;
      addRows(counted, this.#database.sql.all<StateCount>(sql.countStates, planId, from, to));
      await setImmediate();
    }
    const totals = JSON.parse(plan.totals) as PlanTotals;
    if (plan.state === 'applying') {
      await this.#close(plan, key, counted.pending === 0 ? 'applied' : 'discarded');
    }
    return {
      ...counted.counters,
      notModified: totals.counters.notModified,
      membershipsGained: plan.appliedGains,
      membershipsLost: plan.appliedLosses,
    };
  }

  async #close(plan: PlanRow, key: RunKey, state: 'applied' | 'discarded'): Promise<void> {
    const { connectorId, fence, runId } = key;
    const [held] = await this.#database.write((db) => [
      numberedReturning<{ held: number }>(db, sql.countLease, plan.id, connectorId, fence),
      numberedStatement(db, sql.raiseGroupRevisions, plan.id, connectorId, fence),
      ...(plan.announcement === 'epoch'
        ? [
            numberedStatement(
              db,
              sql.raiseEpoch,
              ...[plan.id, connectorId, fence, randomPublicId(), plan.directoryId],
            ),
          ]
        : []),
      numberedStatement(
        db,
        sql.closePlan,
        ...[plan.id, connectorId, fence, state, this.#database.now(), runId],
      ),
    ]);
    throwUnlessHeld(held);
  }

  /** More events than products should read one by one, or a group's new name, which no event can tell. */
  async #chooseAnnouncement(plan: PlanRow): Promise<'events' | 'epoch'> {
    let events = 0;
    for (let from = 0; from < plan.rows; from += rowsPerStep) {
      const counted = this.#database.sql.get<{ events: number; renames: number }>(
        sql.countEvents,
        ...[plan.id, from, from + rowsPerStep],
      );
      events += counted?.events ?? 0;
      if (events > directoryEventLimit || counted?.renames === 1) return 'epoch';
      await setImmediate();
    }
    return 'events';
  }

  /** A plan with an epoch raises it in its first chunk and once more when it is closed. */
  #announcementOf(plan: PlanRow): ChunkInput['announcement'] {
    if (plan.announcement !== 'epoch') return 'events';
    const isFirst = this.#database.sql.get(sql.selectTouched, plan.id) === undefined;
    return isFirst ? { epoch: randomPublicId() } : null;
  }

  #findNames(plan: PlanRow, key: RunKey, chunk: Chunk): ChunkInput['names'] {
    const { sql: reader } = this.#database;
    const place = { connectorId: key.connectorId, directoryId: plan.directoryId };
    return {
      users: findNames(reader, 'user', { ...place, claims: chunk.users }),
      groups: findNames(reader, 'group', { ...place, claims: chunk.groups }),
    };
  }

  /** Ahead of the chunk, so that it stays short; a crash in between leaves the group's row pending. */
  async #thinOutDeletedGroups(planId: number, key: RunKey, chunk: Chunk): Promise<void> {
    const ids = chunk.groups.flatMap((group) => (group.operation === 'delete' ? [group.subjectId] : []));
    if (ids.length === 0) return;
    const [memberships = 0] = this.#database.sql.column<number>(sql.countMembershipsOfGroups, jsonList(ids));
    if (memberships <= membershipsPerStatement) return;

    const values = [planId, key.connectorId, key.fence, chunk.first, chunk.last, membershipsPerStatement];
    for (const text of [sql.thinOutOwn, sql.thinOutDeletedGroups]) {
      await untilDone(async () => {
        const [removed] = await this.#database.write((db) => [
          numberedStatement(db, text, ...values),
          ...(text === sql.thinOutOwn ? [numberedStatement(db, sql.addLosses, planId)] : []),
        ]);
        return removed > 0;
      });
    }
  }

  #find(planId: number): PlanRow {
    const plan = this.#database.sql.get<PlanRow>(sql.selectPlan, planId);
    if (plan === undefined) throw new SyncError('plan-not-open');
    return plan;
  }
}

function throwUnlessHeld(rows: readonly { held: number }[]): void {
  if (toNumber(rows[0]?.held) === 0) throw new SyncError('lease-lost');
}

/** The connector was saved after the plan was made. */
function isOutdated(plan: PlanRow): boolean {
  return plan.state === 'open' && plan.settingsVersion !== plan.headVersion;
}
