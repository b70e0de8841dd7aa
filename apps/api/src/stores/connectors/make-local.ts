import type { Database } from '../database.ts';
import { untilDone } from '../in-chunks.ts';
import { numberedStatement } from '../numbered-statement.ts';
import * as sql from './queries.ts';

/** Rows that one step makes local. */
const rowsPerStep = 500;

/** Makes the people, groups and memberships of a removed connector local ones, step by step; goes on after a crash. */
export async function makeLocal(database: Database, connectorId: number): Promise<void> {
  const now = database.now();
  await untilDone(async () => {
    const [, , users, groups] = await database.write((db) => [
      numberedStatement(db, sql.makeMembershipsLocal, connectorId, rowsPerStep),
      numberedStatement(db, sql.removeMembershipsOf, connectorId, rowsPerStep),
      numberedStatement(db, sql.makeUsersLocal, connectorId, rowsPerStep, now),
      numberedStatement(db, sql.makeGroupsLocal, connectorId, rowsPerStep, now),
    ]);
    return users > 0 || groups > 0;
  });
}
