import { foldSearch } from '@gatehouse/mapping/search-text';
import type { Change, RuleWords } from '@gatehouse/sync/change';
import { changedAttributes } from '@gatehouse/sync/changed-attributes';
import type { StepValues } from '../step-writer.ts';

/** What PlanChangeDetail keeps of the source's record. */
export type StoredSource = {
  readonly status: string | null;
  readonly updatedAt: string | null;
  readonly rules: RuleWords;
};

/** For `insertChange`. */
export function toChangeValues(planId: number, seq: number, change: Change): StepValues {
  const label = change.subject === 'user' ? change.label : { ...change.label, username: '', email: '' };
  const gained = change.subject === 'user' ? change.groupsAdded.length : 0;
  const lost = change.subject === 'user' ? change.groupsRemoved.length : 0;
  return [
    planId,
    seq,
    change.subject,
    change.operation,
    change.category,
    change.key,
    change.subjectId,
    change.plannedRevision,
    label.name,
    label.username,
    label.email,
    foldSearch(`${label.name} ${label.username} ${label.email}`),
    changedAttributes(change).join(','),
    gained,
    lost,
    change.reason.code,
    change.operation === 'skip' ? 'none' : 'pending',
  ];
}

/** For `insertDetail`. */
export function toDetailValues(planId: number, seq: number, change: Change): StepValues {
  return [
    planId,
    seq,
    change.before === null ? null : JSON.stringify(change.before),
    change.after === null ? null : JSON.stringify(change.after),
    JSON.stringify(change.subject === 'user' ? change.groupsAdded : []),
    JSON.stringify(change.subject === 'user' ? change.groupsRemoved : []),
    JSON.stringify(change.reason),
    change.subject === 'user' ? JSON.stringify(sourceOf(change)) : null,
  ];
}

function sourceOf(change: Extract<Change, { subject: 'user' }>): StoredSource {
  return { status: change.sourceStatus, updatedAt: change.sourceUpdatedAt, rules: change.rules };
}

/** What the directory's lists of people are sorted by and searched in. */
export function searchOfUser(user: { displayName: string; username: string; email: string }): string {
  return foldSearch(`${user.displayName} ${user.username} ${user.email}`);
}

export function searchOfGroup(group: { name: string; description: string }): string {
  return foldSearch(`${group.name} ${group.description}`);
}
