import type { TrackerState } from '@gatehouse/contracts/tracker';
import { type PillState, StatePill } from '../ui/state-pill.tsx';

const states: Readonly<Record<TrackerState, { pill: PillState; word: string }>> = {
  waiting: { pill: 'queued', word: 'Waiting' },
  'in-progress': { pill: 'running', word: 'In progress' },
  passed: { pill: 'passed', word: 'Passed' },
  failed: { pill: 'failed', word: 'Failed' },
  'timed-out': { pill: 'warning', word: 'Timed out' },
};

/** The state of a whole tracker. */
export function TrackerStatePill({ state }: { state: TrackerState }) {
  const { pill, word } = states[state];
  return <StatePill state={pill}>{word}</StatePill>;
}
