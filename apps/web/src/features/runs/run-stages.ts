import type { Run, RunState, RunStep } from '@gatehouse/contracts/run';

export type StageName = 'queued' | 'reading' | 'planning' | 'held' | 'applying' | 'done';
export type StageState =
  | 'passed'
  | 'running'
  | 'held'
  | 'failed'
  | 'interrupted'
  | 'stopped'
  | 'coming'
  | 'not-reached';

export type Stage = {
  name: StageName;
  state: StageState;
  /** When it began; null when it has not, or when the entry is no longer among the newest of the diary. */
  since: string | null;
  /** When it ended; null while it lasts. */
  until: string | null;
};

type StagedRun = Pick<
  Run,
  'intent' | 'origin' | 'state' | 'queuedAt' | 'startedAt' | 'finishedAt' | 'steps' | 'planId'
>;

const OVER: readonly RunState[] = ['done', 'failed', 'cancelled', 'interrupted', 'discarded', 'replaced'];

/** The stages that this run has: a simulation does not apply, an applied plan is neither read nor planned again. */
function stageNames(run: StagedRun): StageName[] {
  if (run.origin.kind !== 'source') return ['queued', 'applying', 'done'];
  if (run.intent === 'simulate') return ['queued', 'reading', 'planning', 'done'];
  const wasHeld = run.state === 'held' || run.state === 'discarded' || enteredAt(run.steps, 'held') !== null;
  return wasHeld
    ? ['queued', 'reading', 'planning', 'held', 'done']
    : ['queued', 'reading', 'planning', 'applying', 'done'];
}

/** When the run entered a state, from its diary (newest first). */
export function enteredAt(steps: readonly RunStep[], state: RunState): string | null {
  return steps.find((step) => step.code === `state-${state}`)?.at ?? null;
}

/** The stages of a run with what is known of each. */
export function runStages(run: StagedRun): Stage[] {
  const names = stageNames(run);
  const reached = reachedStage(run, names);
  const began = names.map((name) => beganAt(run, name));
  return names.map((name, index) => ({
    name,
    state: stateOf(run, index, reached, names),
    since: began[index] ?? null,
    until: index < reached ? (began[index + 1] ?? null) : index === reached ? run.finishedAt : null,
  }));
}

function beganAt(run: StagedRun, name: StageName): string | null {
  if (name === 'queued') return run.queuedAt;
  if (name === 'done') return run.finishedAt;
  const known = enteredAt(run.steps, name);
  if (known !== null) return known;
  // The first stage after the queue begins with the run.
  const first = run.origin.kind === 'source' ? 'reading' : 'applying';
  return name === first ? run.startedAt : null;
}

/** Index of the stage that the run is in, or in which it ended. */
function reachedStage(run: StagedRun, names: readonly StageName[]): number {
  if (run.state === 'done' || run.state === 'replaced') return names.length - 1;
  if (run.state === 'discarded') return run.intent === 'simulate' ? names.length - 1 : names.indexOf('held');
  const direct = names.indexOf(run.state as StageName);
  if (direct >= 0) return direct;
  const entered = names.findLastIndex((name) => enteredAt(run.steps, name as RunState) !== null);
  if (entered >= 0) return entered;
  return run.startedAt === null ? 0 : 1;
}

function stateOf(run: StagedRun, index: number, reached: number, names: readonly StageName[]): StageState {
  if (index < reached) return 'passed';
  if (index > reached) return OVER.includes(run.state) ? 'not-reached' : 'coming';
  if (run.state === 'failed' || run.state === 'interrupted') return run.state;
  if (run.state === 'cancelled' || run.state === 'discarded')
    return names[index] === 'done' ? 'passed' : 'stopped';
  if (run.state === 'held') return 'held';
  return names[index] === 'done' ? 'passed' : 'running';
}
