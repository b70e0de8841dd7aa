import { eventWords, failedEvent, trackerSentence } from '@gatehouse/contracts/login-words';
import type { Removed } from './count-removed.ts';
import type { BundledTracker } from './support-bundle.ts';

/** The first file that somebody opens: what this is, what was taken out, and what is still personal in it. */
export function readmeOf(input: {
  readonly tracker: BundledTracker;
  readonly removed: readonly Removed[];
  readonly fileNames: readonly string[];
}): string {
  const { tracker, removed, fileNames } = input;
  const failed = failedEvent(tracker);
  const reading = failed === null ? null : eventWords(failed);
  const removals = removed.map(({ kind, count }) => `  ${count} x ${kind}`);
  const lines = [
    `Support bundle of login tracker ${tracker.id}`,
    '',
    trackerSentence(tracker),
    ...(reading === null ? [] : ['', reading.saw, reading.matters, `What to do: ${reading.advice}`]),
    '',
    'Files',
    ...fileNames.map((name) => `  ${name}`),
    '',
    'Removed',
    ...(removals.length === 0 ? ['  nothing had to be'] : removals),
    '',
    'Tokens, codes, secrets and cookies are not kept with a trace in the first place: where one',
    'stood there is [redacted]. Of configured secrets the bundle says only whether they are set.',
    'Names and e-mail addresses of the person who logged in are still in it, and so are the',
    'names of their groups. Hand it on only to people who may know them.',
    '',
  ];
  return lines.join('\n');
}
