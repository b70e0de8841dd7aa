import type { Facet } from '@gatehouse/contracts/plan';
import type { Change } from '@gatehouse/sync/change';
import {
  type PlanGroup,
  type PlanStore,
  type PlanSummary,
  type PlanWriter,
  type RunKey,
  SyncError,
} from '@gatehouse/sync/ports';
import type { Database } from '../database.ts';
import { inChunks } from '../in-chunks.ts';
import { numberedReturning, numberedStatement } from '../numbered-statement.ts';
import { randomPublicId } from '../random-id.ts';
import { jsonList, toNumber } from '../raw.ts';
import { deletePlan } from './purge.ts';
import * as sql from './queries.ts';
import { toChangeColumns, toDetailColumns } from './rows.ts';

/** Rows of few numbers. */
const rowsPerStatement = 5_000;
/** Wide rows in two tables. */
const changesPerBatch = 250;

export class SqlitePlanStore implements PlanStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A run that plans once more begins anew. */
  async begin(key: RunKey, snapshotId: number): Promise<PlanWriter> {
    const database = this.#database;
    for (const former of database.sql.column<number>(sql.selectPlanOfRun, key.runId)) {
      await deletePlan(database, former);
    }
    const publicId = randomPublicId();
    const { runId, connectorId, settingsVersion } = key;
    const [rows] = await database.write((db) => [
      numberedReturning<{ id: number }>(
        db,
        sql.insertPlan,
        ...[publicId, runId, connectorId, snapshotId, settingsVersion, database.now()],
      ),
    ]);
    return new SqlitePlanWriter(database, key, { planId: toNumber(rows[0]?.id), publicId });
  }
}

class SqlitePlanWriter implements PlanWriter {
  readonly planId: number;
  readonly publicId: string;
  readonly #database: Database;
  readonly #key: RunKey;
  #rows = 0;
  #groupRows = 0;

  constructor(database: Database, key: RunKey, plan: { planId: number; publicId: string }) {
    this.#database = database;
    this.#key = key;
    this.planId = plan.planId;
    this.publicId = plan.publicId;
  }

  async groups(groups: readonly PlanGroup[]): Promise<void> {
    await this.#insert(sql.insertGroups, groups, ({ ordinal, groupId, externalId, name }) => [
      ordinal,
      groupId,
      externalId,
      name,
    ]);
  }

  async changes(changes: readonly { seq: number; change: Change }[]): Promise<void> {
    for (const { seq, change } of changes) this.#count(seq, change);
    await inChunks(changes, changesPerBatch, async (chunk) => {
      const rows = jsonList(chunk.map(({ seq, change }) => toChangeColumns(seq, change)));
      const details = jsonList(chunk.map(({ seq, change }) => toDetailColumns(seq, change)));
      await this.#database.write((db) => [
        numberedStatement(db, sql.insertChanges, this.planId, rows),
        numberedStatement(db, sql.insertDetails, this.planId, details),
      ]);
    });
  }

  /** The review finds users behind groups by their numbers alone. */
  #count(seq: number, change: Change): void {
    if (seq !== this.#rows) throw new RangeError(`row ${seq} of a plan came after ${this.#rows} rows`);
    if (change.subject === 'group') {
      if (this.#groupRows !== this.#rows) throw new RangeError('a group came after the users of a plan');
      this.#groupRows += 1;
    } else if (!appliedToUsers.has(change.operation)) {
      throw new RangeError(`the operation ${change.operation} is not known for a user`);
    }
    this.#rows += 1;
  }

  async changeGroups(rows: readonly { ordinal: number; seq: number; gained: boolean }[]): Promise<void> {
    await this.#insert(sql.insertChangeGroups, rows, ({ ordinal, seq, gained }) => [
      ordinal,
      seq,
      gained ? 1 : 0,
    ]);
  }

  async changeAttributes(rows: readonly { attribute: string; seq: number }[]): Promise<void> {
    await this.#insert(sql.insertChangeAttributes, rows, ({ attribute, seq }) => [attribute, seq]);
  }

  async finish(summary: PlanSummary): Promise<void> {
    await this.#insert<Facet>(sql.insertFacets, summary.facets, ({ facet, value, label, count }) => [
      facet,
      value,
      label,
      count,
    ]);
    const { connectorId, fence, runId } = this.#key;
    const [finished] = await this.#database.write((db) => [
      numberedStatement(
        db,
        sql.finishPlan,
        ...[this.planId, connectorId, fence, summary.digest, JSON.stringify(summary.totals)],
        ...[JSON.stringify(summary.verdict), JSON.stringify(summary.suppressed)],
        ...[this.#rows, this.#groupRows],
      ),
      numberedStatement(
        db,
        sql.replaceOlder,
        ...[this.planId, connectorId, fence, this.#database.now(), runId],
      ),
    ]);
    if (finished === 0) throw new SyncError('lease-lost');
  }

  async abandon(): Promise<void> {
    await deletePlan(this.#database, this.planId);
  }

  async #insert<Row>(text: string, rows: readonly Row[], toColumns: (row: Row) => unknown[]): Promise<void> {
    await inChunks(rows, rowsPerStatement, async (chunk) => {
      const list = jsonList(chunk.map(toColumns));
      await this.#database.write((db) => [numberedStatement(db, text, this.planId, list)]);
    });
  }
}

/** What `SqlitePlanApplier` knows to write for a person. */
const appliedToUsers: ReadonlySet<Change['operation']> = new Set([
  'create',
  'update',
  'enable',
  'disable',
  'skip',
]);
