import type { Plan } from '@gatehouse/contracts/plan';
import { formatCount, formatNoun } from '../../lib/format.ts';
import { groupParts } from './run-end-words.ts';

/** What applying the plan would do, and what it leaves alone. */
export type GoingThrough = {
  /** User and group changes together. */
  changes: number;
  /** "1,204 added", in the order of the summary bar, without zeros. */
  parts: readonly string[];
  failed: number;
};

export function goingThrough(totals: Plan['totals']): GoingThrough {
  const { counters } = totals;
  const groups = totals.groupChanges - counters.groupsFailed;
  const parts = [
    [counters.added, `${formatCount(counters.added)} added`],
    [counters.modified, `${formatCount(counters.modified)} modified`],
    [counters.cleanedUp, `${formatCount(counters.cleanedUp)} disabled`],
  ] as const;
  return {
    changes: totals.changes - counters.failed + groups,
    parts: [...parts.filter(([count]) => count > 0).map(([, words]) => words), ...groupParts(counters)],
    failed: counters.failed + counters.groupsFailed,
  };
}

/** No row would be written. Some may have failed, as they will again until somebody changes them in Okta. */
export function isNothingToDo(totals: Plan['totals']): boolean {
  return goingThrough(totals).changes === 0;
}

/** "98,214 users compared: 97,639 from Okta, 575 only in the directory". */
export function comparedSentence(totals: Plan['totals']): string {
  const { usersRead, usersOnlyInDirectory } = totals;
  const compared = `${formatNoun(usersRead + usersOnlyInDirectory, 'user')} compared`;
  if (usersOnlyInDirectory === 0) return `${compared}, all from Okta`;
  return `${compared}: ${formatCount(usersRead)} from Okta, ${formatCount(usersOnlyInDirectory)} only in the directory`;
}

/**
 * Why the plan is not what would be computed now: "3 settings and 12 users or groups differ since 01:51"; null when
 * nothing differs.
 */
export function staleSentence(applicable: Plan['applicable'], computedAt: string): string | null {
  const { settingsChanged, drifting, reasons } = applicable;
  const unnamed = reasons.some(({ code }) => code === 'settings-changed') && settingsChanged.length === 0;
  const parts = [
    unnamed && 'The settings',
    settingsChanged.length > 0 && formatNoun(settingsChanged.length, 'setting'),
    drifting > 0 && formatNoun(drifting, 'row'),
  ].filter((part) => part !== false);
  if (parts.length === 0) return null;
  const one = !unnamed && settingsChanged.length + drifting === 1;
  return `${parts.join(' and ')} ${one ? 'differs' : 'differ'} since ${computedAt}`;
}

/** The sentences of the confirmation: what happens to whom, and what does not happen. */
export function applySentences(totals: Plan['totals'], drifting: number): string[] {
  const { counters } = totals;
  const through = goingThrough(totals);
  const users = [
    [counters.added, `${formatNoun(counters.added, 'user')} added.`],
    [counters.modified, `${formatNoun(counters.modified, 'user')} modified.`],
    [
      counters.cleanedUp,
      `${formatNoun(counters.cleanedUp, 'user')} disabled: no more logins. Nothing is deleted.`,
    ],
  ] as const;
  const others = [
    [counters.membershipsGained, `${formatNoun(counters.membershipsGained, 'membership')} gained.`],
    [counters.membershipsLost, `${formatNoun(counters.membershipsLost, 'membership')} lost.`],
    [through.failed, `${formatNoun(through.failed, 'failed row')}, of which nothing is written.`],
    [drifting, `${formatNoun(drifting, 'row')} skipped and listed as drifted: changed since this plan.`],
  ] as const;
  const said = (lines: readonly (readonly [number, string])[]) =>
    lines.filter(([count]) => count > 0).map(([, sentence]) => sentence);
  return [...said(users), ...groupParts(counters).map((part) => `${part}.`), ...said(others)];
}
