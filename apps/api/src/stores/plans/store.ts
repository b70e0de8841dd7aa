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
import { numberedReturning, numberedStatement } from '../numbered-statement.ts';
import { randomPublicId } from '../random-id.ts';
import { toNumber } from '../raw.ts';
import { eachRow, type Step, type StepValues } from '../step-writer.ts';
import { deletePlan } from './purge.ts';
import * as sql from './queries.ts';
import { toChangeValues, toDetailValues } from './rows.ts';

/** Rows of one transaction: a commit writes each page of an index that it touched once. */
const rowsPerTransaction = { wide: 2_000, narrow: 20_000 };

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
  /** Nobody reads a plan before it is finished, so its rows may be written some at a time. */
  #waiting: Step[] = [];
  #waitingRows = 0;
  #rows = 0;
  #groupRows = 0;

  constructor(database: Database, key: RunKey, plan: { planId: number; publicId: string }) {
    this.#database = database;
    this.#key = key;
    this.planId = plan.planId;
    this.publicId = plan.publicId;
  }

  async groups(groups: readonly PlanGroup[]): Promise<void> {
    await this.#add(
      sql.insertGroup,
      groups.map(({ ordinal, groupId, externalId, name }) => [
        this.planId,
        ordinal,
        groupId,
        externalId,
        name,
      ]),
    );
  }

  async changes(changes: readonly { seq: number; change: Change }[]): Promise<void> {
    for (const { seq, change } of changes) this.#count(seq, change);
    const wide = rowsPerTransaction.wide;
    await this.#add(
      sql.insertChange,
      changes.map(({ seq, change }) => toChangeValues(this.planId, seq, change)),
      wide,
    );
    await this.#add(
      sql.insertDetail,
      changes.map(({ seq, change }) => toDetailValues(this.planId, seq, change)),
      wide,
    );
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
    await this.#add(
      sql.insertChangeGroup,
      rows.map(({ ordinal, seq, gained }) => [this.planId, ordinal, seq, gained ? 1 : 0]),
    );
  }

  async changeAttributes(rows: readonly { attribute: string; seq: number }[]): Promise<void> {
    await this.#add(
      sql.insertChangeAttribute,
      rows.map(({ attribute, seq }) => [this.planId, attribute, seq]),
    );
  }

  async finish(summary: PlanSummary): Promise<void> {
    await this.#add(
      sql.insertFacet,
      summary.facets.map(({ facet, value, label, count }) => [this.planId, facet, value, label, count]),
    );
    await this.#write();
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
    this.#drop();
    await deletePlan(this.#database, this.planId);
  }

  async #add(text: string, rows: readonly StepValues[], most = rowsPerTransaction.narrow): Promise<void> {
    this.#waiting.push(eachRow(text, rows));
    this.#waitingRows += rows.length;
    if (this.#waitingRows >= most) await this.#write();
  }

  async #write(): Promise<void> {
    const steps = this.#waiting;
    if (steps.length === 0) return;
    this.#drop();
    await this.#database.writeSteps(function* () {
      for (const one of steps) yield one;
    });
  }

  #drop(): void {
    this.#waiting = [];
    this.#waitingRows = 0;
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
