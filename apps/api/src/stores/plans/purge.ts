import type { Database } from '../database.ts';
import { untilDone } from '../in-chunks.ts';
import { numberedStatement } from '../numbered-statement.ts';
import * as sql from './queries.ts';

const rowsPerStep = 2_000;
/** Plans of a connector whose rows are kept for the review of old runs. */
const plansKept = 50;

/**
 * Removes the rows of closed plans but the newest of each connector, whose totals stay, and all of a plan that a run
 * left half written. Answers how many were purged.
 */
export async function purgePlans(database: Database, kept = plansKept): Promise<number> {
  const old = database.sql.column<number>(sql.selectPurgeable, kept);
  for (const id of old) {
    // First the state: a reader must not take half of the rows for all.
    await database.write((db) => [numberedStatement(db, sql.markPurged, id)]);
    await deletePlanRows(database, id);
  }
  const abandoned = database.sql.column<number>(sql.selectAbandoned);
  for (const id of abandoned) await deletePlan(database, id);
  return old.length + abandoned.length;
}

/** Removes the plan and everything of it, step by step. */
export async function deletePlan(database: Database, planId: number): Promise<void> {
  await deletePlanRows(database, planId);
  await database.write((db) => [numberedStatement(db, sql.deletePlan, planId)]);
}

async function deletePlanRows(database: Database, planId: number): Promise<void> {
  for (const text of sql.deleteRows) {
    await untilDone(async () => {
      const [removed] = await database.write((db) => [numberedStatement(db, text, planId, rowsPerStep)]);
      return removed > 0;
    });
  }
}
