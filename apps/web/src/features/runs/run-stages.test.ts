import type { Run, RunState, RunStep } from '@gatehouse/contracts/run';
import { describe, expect, it } from 'vitest';
import { runStages } from './run-stages.ts';

const time = (second: number) => new Date(Date.UTC(2026, 10, 21, 2, 15, second)).toISOString();

/** A diary, newest first, that entered these states one second after the other. */
function diary(...states: RunState[]): RunStep[] {
  return states
    .map((state, seq): RunStep => ({ seq, at: time(seq), level: 'info', code: `state-${state}`, facts: {} }))
    .reverse();
}

type Case = Pick<Run, 'intent' | 'state' | 'steps'> & { origin?: 'source' | 'plan'; finishedAt?: string };

function draw({ intent, state, steps, origin = 'source', finishedAt }: Case): string {
  const stages = runStages({
    intent,
    state,
    steps,
    origin: { kind: origin, runId: null },
    queuedAt: time(0),
    startedAt: state === 'queued' ? null : time(1),
    finishedAt: finishedAt ?? null,
    planId: null,
  });
  return stages.map((stage) => `${stage.name}:${stage.state}`).join(' ');
}

describe('runStages', () => {
  it.each<[string, Case, string]>([
    [
      'waiting for another run',
      { intent: 'apply', state: 'queued', steps: diary('queued') },
      'queued:running reading:coming planning:coming applying:coming done:coming',
    ],
    [
      'a simulation that reads',
      { intent: 'simulate', state: 'reading', steps: diary('queued', 'reading') },
      'queued:passed reading:running planning:coming done:coming',
    ],
    [
      'a diary so long that its first entries are not in the answer',
      { intent: 'simulate', state: 'planning', steps: [] },
      'queued:passed reading:passed planning:running done:coming',
    ],
    [
      'a simulation that is done',
      {
        intent: 'simulate',
        state: 'done',
        steps: diary('queued', 'reading', 'planning', 'done'),
        finishedAt: time(9),
      },
      'queued:passed reading:passed planning:passed done:passed',
    ],
    [
      'a plan that is applied',
      { intent: 'apply', origin: 'plan', state: 'applying', steps: diary('queued', 'applying') },
      'queued:passed applying:running done:coming',
    ],
    [
      'held before applying',
      { intent: 'apply', state: 'held', steps: diary('queued', 'reading', 'planning', 'held') },
      'queued:passed reading:passed planning:passed held:held done:coming',
    ],
    [
      'held and discarded',
      {
        intent: 'apply',
        state: 'discarded',
        steps: diary('queued', 'reading', 'planning', 'held', 'discarded'),
        finishedAt: time(9),
      },
      'queued:passed reading:passed planning:passed held:stopped done:not-reached',
    ],
    [
      'failed while reading',
      { intent: 'apply', state: 'failed', steps: diary('queued', 'reading', 'failed'), finishedAt: time(9) },
      'queued:passed reading:failed planning:not-reached applying:not-reached done:not-reached',
    ],
    [
      'cancelled while applying',
      {
        intent: 'apply',
        state: 'cancelled',
        steps: diary('queued', 'reading', 'planning', 'applying', 'cancelled'),
        finishedAt: time(9),
      },
      'queued:passed reading:passed planning:passed applying:stopped done:not-reached',
    ],
    [
      'interrupted, and the diary says nothing of where',
      { intent: 'apply', state: 'interrupted', steps: [], finishedAt: time(9) },
      'queued:passed reading:interrupted planning:not-reached applying:not-reached done:not-reached',
    ],
    [
      'a simulation that a newer one replaces',
      {
        intent: 'simulate',
        state: 'replaced',
        steps: diary('queued', 'reading', 'planning', 'done'),
        finishedAt: time(9),
      },
      'queued:passed reading:passed planning:passed done:passed',
    ],
  ])('%s', (_name, run, expected) => {
    expect(draw(run)).toBe(expected);
  });

  it('says when each stage began and ended', () => {
    const stages = runStages({
      intent: 'simulate',
      state: 'planning',
      steps: diary('queued', 'reading', 'planning'),
      origin: { kind: 'source', runId: null },
      queuedAt: time(0),
      startedAt: time(1),
      finishedAt: null,
      planId: null,
    });

    expect(stages.map(({ since, until }) => [since, until])).toEqual([
      [time(0), time(1)],
      [time(1), time(2)],
      [time(2), null],
      [null, null],
    ]);
  });
});
