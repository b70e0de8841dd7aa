import type { SnapshotFacts, SourceFacts } from './source.ts';

type Gap = SnapshotFacts['gaps'][number];

/** More unreadable records than this make a collection incomplete: 1 %, and more than 3. */
const unreadableLimit = { floor: 3, share: 0.01 };

/** What asking about absent people left open. */
export type AbsenceGaps = { readonly asked: number; readonly unknown: number; readonly present: number };

/** Decides which collections are complete. */
export function snapshotFacts(facts: SourceFacts, absences: AbsenceGaps): SnapshotFacts {
  const users = [...recordGaps(facts, 'users'), ...absenceGaps(absences)];
  const groups = recordGaps(facts, 'groups');
  return {
    ...facts,
    schema: 1,
    usersComplete: users.length === 0,
    groupsComplete: groups.length === 0,
    gaps: [...users, ...groups],
  };
}

function recordGaps(facts: SourceFacts, collection: 'users' | 'groups'): Gap[] {
  const gaps: Gap[] = [];
  const withoutId = facts.recordsWithoutId[collection];
  if (withoutId > 0) gaps.push({ code: 'records-without-id', facts: { collection, count: withoutId } });
  const read = collection === 'users' ? facts.usersRead : facts.groupsRead;
  const count = collection === 'users' ? facts.unreadableUsers : facts.unreadableGroups;
  if (count > Math.max(unreadableLimit.floor, Math.floor(read * unreadableLimit.share))) {
    gaps.push({ code: `unreadable-${collection}`, facts: { count, read } });
  }
  return gaps;
}

function absenceGaps({ asked, unknown, present }: AbsenceGaps): Gap[] {
  const gaps: Gap[] = [];
  if (unknown > 0) gaps.push({ code: 'absence-unknown', facts: { count: unknown, asked } });
  if (present > 0) gaps.push({ code: 'absence-present', facts: { count: present, asked } });
  return gaps;
}

/**
 * Whether the token sees as much as at the last good run, so that "not found" means deleted and not hidden: the same
 * owner as at the last read, no built-in group lost (a group administrator does not see Everyone), and not less than
 * 90 % of the groups.
 */
export function seesAsMuch(
  facts: SourceFacts,
  earlier: { readonly lastGood: SnapshotFacts | null; readonly lastRead: SnapshotFacts | null },
): boolean {
  const { lastGood, lastRead } = earlier;
  if (lastGood === null || facts.owner === null || facts.owner.id !== lastRead?.owner?.id) return false;
  if (facts.builtInGroups < lastGood.builtInGroups) return false;
  return facts.groupsRead >= Math.floor(lastGood.groupsRead * 0.9);
}
