import type { Database } from '../database.ts';
import { untilDone } from '../in-chunks.ts';
import { numberedStatement } from '../numbered-statement.ts';
import * as sql from './queries.ts';

const rowsPerStep = 2_000;

/**
 * Removes the rows of snapshots that nobody needs any more: all but the newest complete one of each connector and those
 * of plans that are open. Their facts stay. Answers how many were purged.
 */
export async function purgeSnapshots(database: Database): Promise<number> {
  const ids = database.sql.column<number>(sql.selectPurgeable);
  for (const id of ids) {
    await deleteSnapshotRows(database, id);
    await database.write((db) => [numberedStatement(db, sql.markPurged, id, database.now())]);
  }
  return ids.length;
}

/** Removes what was staged, step by step. */
export async function deleteSnapshotRows(database: Database, snapshotId: number): Promise<void> {
  for (const text of sql.deleteRows) {
    await untilDone(async () => {
      const [removed] = await database.write((db) => [numberedStatement(db, text, snapshotId, rowsPerStep)]);
      return removed > 0;
    });
  }
}
