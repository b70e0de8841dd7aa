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
import { MemberPages } from './member-pages.ts';
import { deleteSnapshotRows } from './purge.ts';
import * as sql from './queries.ts';
import { fromSourceRow, toFacts } from './rows.ts';

/** Rows of one statement. A page of the source is smaller. */
const rowsPerStatement = 2_000;
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
    const memberPages = new MemberPages(async (pages) => {
      await this.#database.write((db) => [
        numberedStatement(db, sql.upsertMembers, snapshotId, jsonList(pages)),
      ]);
    });
    return {
      users: async (rows) => this.#upsert(sql.upsertUsers, snapshotId, rows),
      groups: async (rows) => this.#upsert(sql.upsertGroups, snapshotId, rows),
      members: (groupExternalId, page, memberIds) => memberPages.add([groupExternalId, page, memberIds]),
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

  async #upsert(
    text: string,
    snapshotId: number,
    rows: readonly (SourceUserRow | SourceGroupRow)[],
  ): Promise<void> {
    await inChunks(rows, rowsPerStatement, async (chunk) => {
      const list = jsonList(chunk.map(fromSourceRow));
      await this.#database.write((db) => [numberedStatement(db, text, snapshotId, list)]);
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
