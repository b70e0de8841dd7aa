import { randomInt } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { RunKey, SnapshotStore } from '@gatehouse/sync/ports';
import type {
  AbsenceAnswer,
  SnapshotFacts,
  SnapshotSink,
  SourceGroupRow,
  SourceUserRow,
} from '@gatehouse/sync/source';
import type { Database } from '../database.ts';
import { inChunks } from '../in-chunks.ts';
import { numberedReturning, numberedStatement } from '../numbered-statement.ts';
import { jsonList, toNumber } from '../raw.ts';
import { eachRow, type Step, type StepValues, step } from '../step-writer.ts';
import { GatheredSteps } from './gathered-steps.ts';
import { deleteSnapshotRows } from './purge.ts';
import * as sql from './queries.ts';
import { fromSourceRow, toFacts } from './rows.ts';

/** Rows of one statement. */
const rowsPerStatement = 2_000;
/** Rows of one transaction: several pages of the source. */
const weightPerWrite = 2_000;
/** Ids of members that cost as much as a person's record. */
const idsPerRow = 20;
const peoplePerStep = 5_000;

export class SqliteSnapshotStore implements SnapshotStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async begin(key: RunKey): Promise<number> {
    const [unfinished] = this.#database.sql.column<number>(sql.selectUnfinished, key.runId);
    if (unfinished !== undefined) {
      await deleteSnapshotRows(this.#database, unfinished);
      return unfinished;
    }
    const [rows] = await this.#database.write((db) => [
      numberedReturning<{ id: number }>(
        db,
        sql.insertSnapshot,
        key.connectorId,
        key.runId,
        this.#database.now(),
      ),
    ]);
    return toNumber(rows[0]?.id);
  }

  sink(snapshotId: number): SnapshotSink {
    const gathered = new GatheredSteps(weightPerWrite, (steps) => this.#write(snapshotId, steps));
    const add = (text: string, rows: readonly StepValues[], weight: number) =>
      gathered.add({ step: eachRow(text, rows), weight });
    const records = (rows: readonly (SourceUserRow | SourceGroupRow)[]): StepValues[] =>
      rows.map((row) => [snapshotId, ...fromSourceRow(row)]);
    return {
      users: (rows) => add(sql.upsertUser, records(rows), rows.length),
      groups: (rows) => add(sql.upsertGroup, records(rows), rows.length),
      members: (groupExternalId, page, memberIds) =>
        add(
          sql.upsertMembers,
          [[snapshotId, groupExternalId, page, jsonList(memberIds)]],
          Math.ceil(memberIds.length / idsPerRow),
        ),
      groupGone: async (groupExternalId) => {
        await this.#database.write((db) => [
          numberedStatement(db, sql.markGroupGone, snapshotId, groupExternalId),
        ]);
      },
    };
  }

  async absentPeople(snapshotId: number, connectorId: number) {
    const absent: string[] = [];
    const { sql: reader } = this.#database;
    for (let after = ''; ; ) {
      const [boundary] = reader.column<string>(sql.selectBoundary, connectorId, after, peoplePerStep - 1);
      absent.push(
        ...reader.column<string>(sql.selectAbsentPeople, connectorId, after, boundary ?? null, snapshotId),
      );
      if (boundary === undefined) break;
      after = boundary;
      await setImmediate();
    }
    return { total: absent.length, sample: async (limit: number) => pickAtRandom(absent, limit) };
  }

  async recordAbsences(
    snapshotId: number,
    answers: readonly { externalId: string; answer: AbsenceAnswer }[],
  ): Promise<void> {
    await inChunks(answers, rowsPerStatement, async (chunk) => {
      const rows = jsonList(chunk.map(({ externalId, answer }) => [externalId, answer]));
      await this.#database.write((db) => [numberedStatement(db, sql.upsertAbsences, snapshotId, rows)]);
    });
  }

  async finish(snapshotId: number, facts: SnapshotFacts): Promise<void> {
    const complete = facts.usersComplete && facts.groupsComplete ? 1 : 0;
    await this.#database.write((db) => [
      numberedStatement(
        db,
        sql.finishSnapshot,
        snapshotId,
        JSON.stringify(facts),
        complete,
        this.#database.now(),
      ),
    ]);
  }

  async lastGood(connectorId: number, beforeRunId: number): Promise<SnapshotFacts | null> {
    return this.#facts(sql.selectLastGood, connectorId, beforeRunId);
  }

  async lastRead(connectorId: number, beforeRunId: number): Promise<SnapshotFacts | null> {
    return this.#facts(sql.selectLastRead, connectorId, beforeRunId);
  }

  #facts(text: string, connectorId: number, beforeRunId: number): SnapshotFacts | null {
    const [stored] = this.#database.sql.column<string>(text, connectorId, beforeRunId);
    return stored === undefined ? null : toFacts(stored);
  }

  /** A snapshot that is finished stays as it is. */
  async #write(snapshotId: number, steps: readonly Step[]): Promise<void> {
    await this.#database.writeSteps(function* () {
      const open = yield step(sql.findOpen, snapshotId);
      if (open > 0) for (const one of steps) yield one;
    });
  }
}

/** Without putting back; all of them when there are no more than `limit`. */
function pickAtRandom(all: readonly string[], limit: number): string[] {
  const rest = [...all];
  for (let place = 0; place < Math.min(limit, rest.length); place += 1) {
    const other = randomInt(place, rest.length);
    const [picked, moved] = [rest[other], rest[place]];
    if (picked === undefined || moved === undefined) break;
    rest[place] = picked;
    rest[other] = moved;
  }
  return rest.slice(0, limit);
}
