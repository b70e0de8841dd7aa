import type { LoginFailureCode, LoginStepCode } from './login-codes.ts';
import { loginStepCodes } from './login-codes.ts';
import { idTokenWords } from './login-words/id-token-words.ts';
import type { LoginFailureTable, LoginFailureWords, PersonWords } from './login-words/login-failure-entry.ts';
import { loginStepStands, loginStepWords } from './login-words/login-step-words.ts';
import { personFailureWords } from './login-words/person-words.ts';
import { reachWords } from './login-words/reach-words.ts';
import { returnWords, startWords } from './login-words/start-words.ts';
import { tokenWords } from './login-words/token-words.ts';
import { upstreamWords } from './login-words/upstream-words.ts';
import { userinfoWords } from './login-words/userinfo-words.ts';
import type { Tracker, TrackerEvent, TrackerSummary } from './tracker.ts';

/** Words of every failure, for staff and for the person at the browser. */
export const loginFailureWords: LoginFailureTable<LoginFailureCode> = {
  ...startWords,
  ...returnWords,
  ...upstreamWords,
  ...reachWords,
  ...tokenWords,
  ...idTokenWords,
  ...userinfoWords,
  ...personFailureWords,
};

/** Names that the person knows; both are shown as they are, so the page escapes them. */
export type PersonNames = { readonly idp?: string | null; readonly application?: string | null };

/** What the person at the browser reads about a failure: nothing but this and the tracker id. */
export function personWords(code: LoginFailureCode, names: PersonNames = {}): PersonWords {
  const { title, text } = loginFailureWords[code].person;
  return { title: fillNames(title, names), text: fillNames(text, names) };
}

function fillNames(text: string, names: PersonNames): string {
  const filled = text.replaceAll(/\{(idp|application)\}/g, (_match, name: string) =>
    name === 'idp' ? (names.idp ?? 'your identity provider') : (names.application ?? 'the application'),
  );
  return `${filled.charAt(0).toUpperCase()}${filled.slice(1)}`;
}

/** A failure's words with the facts of its event filled in. */
export type FailureReading = Omit<LoginFailureWords, 'saw' | 'person'> & { readonly saw: string };

/** Words of an event that failed or warns; null for one that did neither. */
export function eventWords(
  event: Pick<TrackerEvent, 'code' | 'facts' | 'expected' | 'seen'>,
): FailureReading | null {
  if (event.code === null) return null;
  const { saw, person: _, ...words } = loginFailureWords[event.code];
  return { ...words, saw: saw({ ...event.facts, expected: event.expected, seen: event.seen }) };
}

/** The event that ended a login; null while none did. */
export function failedEvent(tracker: Pick<Tracker, 'events'>): TrackerEvent | null {
  return tracker.events.find((event) => event.state === 'failed') ?? null;
}

/**
 * The steps that this tracker has or would have had, in the order of its timeline: their places are the numbers in
 * "step 6 of 16". A step that was passed over (no userinfo, no UserSync) is not counted.
 */
export function trackerSteps(
  tracker: Pick<Tracker, 'kind' | 'updateMethod' | 'events'>,
): readonly LoginStepCode[] {
  const seen = new Set(tracker.events.map((event) => event.step));
  const last = loginStepCodes.findLastIndex((step) => seen.has(step));
  return loginStepCodes.filter((step, index) => {
    if (seen.has(step)) return true;
    if (index < last) return false;
    if (step === 'link-opened') return tracker.kind === 'test';
    if (step === 'login-started') return tracker.kind === 'login';
    return step !== 'refresh' || tracker.updateMethod.startsWith('usersync');
  });
}

/** How a login stands or ended, in one sentence. */
export function trackerSentence(
  tracker: Pick<Tracker, 'kind' | 'state' | 'updateMethod' | 'events' | 'failure' | 'lastStep'>,
): string {
  const steps = trackerSteps(tracker);
  switch (tracker.state) {
    case 'waiting':
      return 'Nobody has opened the test URL yet.';
    case 'passed':
      return `All ${steps.length} steps passed.${tracker.kind === 'test' ? ' It was a test: nothing was written.' : ''}`;
    case 'timed-out':
      return tracker.lastStep === null || tracker.lastStep === 'link-opened'
        ? 'Nobody used the test URL within an hour.'
        : `The login was left after ${place(steps, tracker.lastStep)}: nobody came back from Okta within the hour.`;
    case 'in-progress':
      return tracker.lastStep === null
        ? 'The login has begun.'
        : `The login is at ${place(steps, tracker.lastStep)}: ${loginStepStands[tracker.lastStep]}.`;
    case 'failed':
      return tracker.failure === null
        ? 'The login stopped.'
        : `The login stopped at ${place(steps, tracker.failure.step)}: ${loginFailureWords[tracker.failure.code].clause}.`;
  }
}

function place(steps: readonly LoginStepCode[], step: LoginStepCode): string {
  const index = steps.indexOf(step);
  return index === -1 ? `“${loginStepWords[step]}”` : `step ${index + 1} of ${steps.length}`;
}

/** A few words for the list of trackers. */
export function whereItStands(tracker: Pick<TrackerSummary, 'state' | 'failure' | 'lastStep'>): string {
  switch (tracker.state) {
    case 'waiting':
      return 'test URL not opened yet';
    case 'passed':
      return 'all checks passed';
    case 'timed-out':
      return tracker.lastStep === null || tracker.lastStep === 'link-opened'
        ? 'test URL not used within an hour'
        : 'did not come back from Okta within the hour';
    case 'in-progress':
      return tracker.lastStep === null ? 'has begun' : loginStepStands[tracker.lastStep];
    case 'failed':
      return tracker.failure === null ? 'stopped' : loginFailureWords[tracker.failure.code].label;
  }
}
