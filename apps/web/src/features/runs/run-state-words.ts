import { activeRunStates, type RunState, type RunSummary } from '@gatehouse/contracts/run';
import type { PillState } from '../../components/ui/state-pill.tsx';
import { formatDuration } from '../../lib/format.ts';

type PillWord = { pill: PillState; word: string };

const PILLS: Record<Exclude<RunState, 'done'>, PillWord> = {
  queued: { pill: 'queued', word: 'Queued' },
  reading: { pill: 'running', word: 'Reading Okta' },
  planning: { pill: 'running', word: 'Planning' },
  applying: { pill: 'running', word: 'Applying' },
  held: { pill: 'held', word: 'Held' },
  failed: { pill: 'failed', word: 'Failed' },
  cancelled: { pill: 'over', word: 'Cancelled' },
  interrupted: { pill: 'warning', word: 'Interrupted' },
  discarded: { pill: 'over', word: 'Discarded' },
  replaced: { pill: 'over', word: 'Replaced' },
};

/** The state of a run in a word. A simulation that is done has written nothing. */
export function runPill({ state, intent }: Pick<RunSummary, 'state' | 'intent'>): PillWord {
  if (state !== 'done') return PILLS[state];
  return intent === 'simulate'
    ? { pill: 'not-applied', word: 'Simulated' }
    : { pill: 'passed', word: 'Applied' };
}

type Described = Pick<RunSummary, 'scope' | 'intent' | 'origin'>;

/** "Full sync", "Simulation", "Apply of plan #148". */
export function runKind({ scope, intent, origin }: Described): string {
  if (origin.kind === 'plan')
    return origin.runId === null ? 'Apply of a plan' : `Apply of plan #${origin.runId}`;
  if (origin.kind === 'undo') return origin.runId === null ? 'Undo' : `Undo of #${origin.runId}`;
  if (intent === 'simulate') return scope === 'full' ? 'Simulation' : `Simulation, ${scopeWords[scope]}`;
  return `${scopeWords[scope].charAt(0).toUpperCase()}${scopeWords[scope].slice(1)} sync`;
}

const scopeWords = { full: 'full', incremental: 'incremental', 'single-user': 'one user' } as const;

/** "started by Priya Raman", "started by the schedule". */
export function startedWords({ trigger, startedBy }: Pick<RunSummary, 'trigger' | 'startedBy'>): string {
  if (trigger === 'scheduled') return 'started by the schedule';
  if (trigger === 'login') return 'started by a login';
  if (trigger === 'product') return 'started by an application';
  return `started by ${startedBy}`;
}

/** From its start (its queue, while it has not started) to its end or now; null before it is known. */
export function runDuration({
  startedAt,
  finishedAt,
}: Pick<RunSummary, 'startedAt' | 'finishedAt'>): number | null {
  if (startedAt === null || finishedAt === null) return null;
  return Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt));
}

export function runDurationWords(run: Pick<RunSummary, 'startedAt' | 'finishedAt'>): string {
  const duration = runDuration(run);
  return duration === null ? '–' : formatDuration(duration);
}

const ACTIVE: readonly RunState[] = activeRunStates;

/** Whether the run still moves by itself. */
export function isRunActive(state: RunState): boolean {
  return ACTIVE.includes(state);
}
