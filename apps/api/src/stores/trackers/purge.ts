import type { Database } from '../database.ts';
import { untilDone } from '../in-chunks.ts';
import { numberedReturning, numberedStatement } from '../numbered-statement.ts';
import { statement, toNumber } from '../raw.ts';
import * as sql from './queries.ts';
import type { TrackerChange } from './tracer.ts';
import { shownTrackerId } from './tracker-ids.ts';

/** Trackers that go in one step, each with its events. */
const trackersPerStep = 100;
const dayMs = 24 * 60 * 60 * 1_000;

/** How many trackers are kept. */
export type TrackerLimits = {
  /** Tests, and logins that failed: with their events. */
  readonly detailed: number;
  /** Logins that passed or that nobody came back from. */
  readonly lines: number;
};

export const trackerLimits: TrackerLimits = { detailed: 5_000, lines: 20_000 };

/** Ends what nobody opened or came back to in time, and clears links that are of no use any more. */
export async function expireTrackers(
  database: Database,
  changed: (change: TrackerChange) => void,
): Promise<void> {
  await untilDone(async () => {
    const [expired] = await database.write((db) => [
      numberedReturning<{ publicId: string; idpId: number }>(
        db,
        sql.expireTrackers,
        database.now(),
        trackersPerStep,
      ),
      statement(db, sql.clearLinks),
    ]);
    for (const { publicId, idpId } of expired) {
      changed({ trackerId: shownTrackerId(publicId), idpId: toNumber(idpId), end: 'timed-out' });
    }
    return expired.length === trackersPerStep;
  });
}

/** Deletes the oldest trackers: by age, and what is beyond the numbers. Answers how many went. */
export async function purgeTrackers(
  database: Database,
  { days, limits = trackerLimits }: { days: number; limits?: TrackerLimits },
): Promise<number> {
  const before = database.now() - days * dayMs;
  let deleted = 0;
  await untilDone(async () => {
    const [count] = await database.write((db) => [
      numberedStatement(db, sql.deleteOld, before, trackersPerStep),
    ]);
    deleted += count;
    return count === trackersPerStep;
  });
  const kinds = [
    { count: sql.countDetailed, delete: sql.deleteDetailed, kept: limits.detailed },
    { count: sql.countLines, delete: sql.deleteLines, kept: limits.lines },
  ];
  for (const kind of kinds) {
    await untilDone(async () => {
      const total = database.sql.get<{ total: number }>(kind.count)?.total ?? 0;
      const step = Math.min(total - kind.kept, trackersPerStep);
      if (step <= 0) return false;
      const [count] = await database.write((db) => [numberedStatement(db, kind.delete, step)]);
      deleted += count;
      return count > 0;
    });
  }
  return deleted;
}
