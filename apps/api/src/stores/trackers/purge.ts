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
  /** Tests, and logins of people that failed: with their events. */
  readonly detailed: number;
  /** Logins that failed before it was known who it is. Whoever opens their addresses can make them, so they are counted apart. */
  readonly nameless: number;
  /** Ways back of a login that nobody began. */
  readonly strays: number;
  /** Logins that passed or that nobody came back from. */
  readonly lines: number;
  /** Logins under way: more were not begun by people, and the oldest of them end. */
  readonly begun: number;
};

export const trackerLimits: TrackerLimits = {
  detailed: 5_000,
  nameless: 5_000,
  strays: 500,
  lines: 20_000,
  begun: 50_000,
};

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
  for (const kind of sql.keptKinds) {
    const texts = sql.keptTexts[kind];
    await untilDone(async () => {
      const total = database.sql.get<{ total: number }>(texts.count)?.total ?? 0;
      const step = Math.min(total - limits[kind], trackersPerStep);
      if (step <= 0) return false;
      const [count] = await database.write((db) => [numberedStatement(db, texts.delete, step)]);
      deleted += count;
      return count > 0;
    });
  }
  return deleted;
}
