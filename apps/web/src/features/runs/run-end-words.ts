import type { Run, RunCounters } from '@gatehouse/contracts/run';
import { sourceErrorCodes } from '@gatehouse/contracts/run-codes';
import { formatCount, formatNoun } from '../../lib/format.ts';
import { enteredAt } from './run-stages.ts';

type EndedRun = Pick<Run, 'intent' | 'origin' | 'state' | 'counters' | 'progress' | 'steps'>;

/** What an ended run has written, first of all when it is nothing. */
export function whatWasWritten(run: EndedRun): string {
  const wrote =
    run.intent === 'apply' && (enteredAt(run.steps, 'applying') !== null || run.origin.kind !== 'source');
  const applied = run.progress?.applied ?? 0;
  if (!wrote || applied === 0) return 'Nothing was written.';
  const expected = run.progress?.applyExpected ?? null;
  const rest = expected === null ? '' : ` of ${formatCount(Math.max(applied, expected))}`;
  return `${formatCount(applied)}${rest} rows were written and stay.`;
}

/** What a finished apply has done: "1,204 users added, 688 users disabled, 9 groups added". */
export function appliedSentence(run: Pick<Run, 'counters'>): string {
  const { counters } = run;
  if (counters === null) return 'Everything of the plan is written.';
  const parts = [
    [counters.added, `${formatNoun(counters.added, 'user')} added`],
    [counters.modified, `${formatNoun(counters.modified, 'user')} modified`],
    [counters.cleanedUp, `${formatNoun(counters.cleanedUp, 'user')} disabled`],
  ] as const;
  const users = parts.filter(([count]) => count > 0).map(([, words]) => words);
  const done = [...users, ...groupParts(counters)];
  return done.length === 0 ? 'Nothing differed, nothing was written.' : `${done.join(', ')}.`;
}

/** "9 groups added", "1 group cleaned up", without zeros. */
export function groupParts({
  groupsAdded,
  groupsModified,
  groupsCleanedUp,
}: Pick<RunCounters, 'groupsAdded' | 'groupsModified' | 'groupsCleanedUp'>): string[] {
  const parts = [
    [groupsAdded, 'added'],
    [groupsModified, 'modified'],
    [groupsCleanedUp, 'cleaned up'],
  ] as const;
  return parts.filter(([count]) => count > 0).map(([count, word]) => `${formatNoun(count, 'group')} ${word}`);
}

/** Number of users and groups that the plan of a run would change. */
export function changeCount({ counters }: Pick<Run, 'counters'>): number {
  if (counters === null) return 0;
  const { added, modified, cleanedUp, groupsAdded, groupsModified, groupsCleanedUp } = counters;
  return added + modified + cleanedUp + groupsAdded + groupsModified + groupsCleanedUp;
}

/** Whether the guard would hold what a simulation planned; the diary says so near its end. */
export function wouldBeHeld({ steps }: Pick<Run, 'steps'>): boolean {
  return steps.some(({ code }) => code === 'guard-would-hold');
}

/** "2 groups failed: nothing of them is written."; null when nothing failed. */
export function failedSentence({
  failed,
  groupsFailed,
}: Pick<RunCounters, 'failed' | 'groupsFailed'>): string | null {
  const parts = [
    [failed, formatNoun(failed, 'user')],
    [groupsFailed, formatNoun(groupsFailed, 'group')],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([, text]) => text);
  if (words.length === 0) return null;
  return `${words.join(' and ')} failed: nothing of ${failed + groupsFailed === 1 ? 'it' : 'them'} is written.`;
}

const HOST_CODES = ['host-not-resolved', 'host-blocked', 'host-tls', 'host-redirects', 'not-the-source'];
const TOKEN_CODES = ['token-invalid', 'token-missing', 'token-forbidden'];

export type Advice = {
  text: string;
  /** Whether the tab *Connection* helps, and whether the fix is there. */
  atConnection: boolean;
  fixesThere: boolean;
};

/** What to do about a failed run; what we saw is said by the words of its reason. */
export function adviceFor(code: string): Advice {
  if (TOKEN_CODES.includes(code)) {
    return {
      text: 'The token is on the tab Connection. Test it there, then try again.',
      atConnection: true,
      fixesThere: true,
    };
  }
  if (HOST_CODES.includes(code)) {
    return {
      text: 'The domain is on the tab Connection. Test it there, then try again.',
      atConnection: true,
      fixesThere: true,
    };
  }
  if ((sourceErrorCodes as readonly string[]).includes(code)) {
    return {
      text: 'Try again. If it fails the same way, test the connection.',
      atConnection: true,
      fixesThere: false,
    };
  }
  if (code === 'settings-changed' || code === 'plan-not-open') {
    return { text: 'Simulate again and review the new plan.', atConnection: false, fixesThere: false };
  }
  return { text: 'Try again. What happened stands below.', atConnection: false, fixesThere: false };
}
