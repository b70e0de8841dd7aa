import type { Run } from '@gatehouse/contracts/run';
import { formatDuration } from '../../lib/format.ts';
import { enteredAt } from './run-stages.ts';

const SECOND = 1000;
/** Before this much work is done its speed says nothing. */
const LEAST_SHARE = 0.02;
const LEAST_ELAPSED = 3 * SECOND;

export type TimeLeft = {
  /** What ends then: "Reading". */
  stage: string;
  milliseconds: number;
  endsAt: number;
};

type TimedRun = Pick<Run, 'state' | 'progress' | 'startedAt' | 'steps'>;

/**
 * How long the present stage will still take, from how far it came so far; null while that is not known. A wait for
 * the source's rate limit is part of the speed, and its end is the least.
 */
export function timeLeft(run: TimedRun, now: number): TimeLeft | null {
  const work = workOf(run);
  if (work === null || run.progress === null) return null;
  const elapsed = now - Date.parse(work.since);
  const share = work.done / work.expected;
  if (elapsed < LEAST_ELAPSED || share < LEAST_SHARE || share > 1) return null;
  const estimate = (elapsed / share) * (1 - share);
  const wait = run.progress.waiting === null ? 0 : Date.parse(run.progress.waiting.until) - now;
  const milliseconds = Math.max(estimate, wait, 0);
  return { stage: work.stage, milliseconds, endsAt: now + milliseconds };
}

type Work = { stage: string; since: string; done: number; expected: number };

function workOf({ state, progress, startedAt, steps }: TimedRun): Work | null {
  if (progress === null) return null;
  const { calls, callsExpected, planned, planExpected, applied, applyExpected } = progress;
  if (state === 'reading')
    return work('Reading', enteredAt(steps, 'reading') ?? startedAt, calls, callsExpected);
  if (state === 'planning') return work('Planning', enteredAt(steps, 'planning'), planned, planExpected);
  if (state === 'applying') return work('Applying', enteredAt(steps, 'applying'), applied, applyExpected);
  return null;
}

function work(stage: string, since: string | null, done: number, expected: number | null): Work | null {
  return since === null || expected === null || expected <= 0 ? null : { stage, since, done, expected };
}

/** "about 2 min 30 s": as exact as an estimate can be. */
export function aboutDuration(milliseconds: number): string {
  if (milliseconds < 5 * SECOND) return 'a few seconds';
  const step = milliseconds < 60 * SECOND ? 5 : milliseconds < 600 * SECOND ? 10 : 60;
  const rounded = Math.ceil(milliseconds / (step * SECOND)) * step * SECOND;
  return `about ${formatDuration(rounded)}`;
}

/** "29 s": whole seconds until a moment, never below zero. */
export function countdown(until: string, now: number): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / SECOND));
  return seconds === 0 ? 'now' : `in ${formatDuration(Math.max(seconds * SECOND, SECOND))}`;
}
