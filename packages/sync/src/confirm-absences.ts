import type { RunKey, SnapshotStore } from './ports.ts';
import { SyncError } from './ports.ts';
import { seesAsMuch } from './read-facts.ts';
import type { AbsenceAnswer, ReadObserver, SnapshotFacts, Source, SourceFacts } from './source.ts';

/** So many are asked about one by one; of more, so many at random stand for all. */
export const askedAtMost = 50;
const inFlight = 5;

export type AbsenceResult = Readonly<Record<AbsenceAnswer, number>> & {
  readonly absent: number;
  readonly asked: number;
};

/**
 * The last step of a read: asks the source about people of this connector whom its list did not return. "Not found"
 * confirms only while the token sees as much as at the last good run, because a narrowed token gets that answer too.
 */
export async function confirmAbsences(input: {
  readonly source: Source;
  readonly snapshots: SnapshotStore;
  readonly snapshotId: number;
  readonly key: RunKey;
  readonly facts: SourceFacts;
  readonly earlier: { readonly lastGood: SnapshotFacts | null; readonly lastRead: SnapshotFacts | null };
  readonly observer: ReadObserver;
  readonly signal: AbortSignal;
}): Promise<AbsenceResult> {
  const { source, snapshots, snapshotId, key, facts, earlier, observer, signal } = input;
  const counts = { deprovisioned: 0, gone: 0, present: 0, unknown: 0 };
  const absent = await snapshots.absentPeople(snapshotId, key.connectorId);
  if (absent.total === 0) {
    observer.note('passed', 'absences-none', {});
    return { ...counts, absent: 0, asked: 0 };
  }
  const ids = await absent.sample(askedAtMost);
  const isComparable = seesAsMuch(facts, earlier);
  const answers: { externalId: string; answer: AbsenceAnswer }[] = [];
  await inParallel(ids, async (externalId) => {
    if (signal.aborted) throw new SyncError('cancelled');
    const said = await source.confirmAbsence(externalId, signal);
    const answer = said === 'gone' && !isComparable ? 'unknown' : said;
    counts[answer] += 1;
    answers.push({ externalId, answer });
  });
  await snapshots.recordAbsences(snapshotId, answers);
  const result = { ...counts, absent: absent.total, asked: ids.length };
  observer.note(counts.present + counts.unknown === 0 ? 'info' : 'warning', 'absences-asked', result);
  return result;
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  async function drain(): Promise<void> {
    for (const item of queue) await work(item);
  }
  await Promise.all(Array.from({ length: inFlight }, drain));
}
