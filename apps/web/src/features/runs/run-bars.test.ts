import type { RunCounters, RunSummary } from '@gatehouse/contracts/run';
import { describe, expect, it } from 'vitest';
import { runBars } from './run-bars.ts';

const counters = { added: 3, modified: 2, cleanedUp: 1, held: 0 } as RunCounters;

function run(id: number, hour: number, parts: Partial<RunSummary> = {}): RunSummary {
  const at = (minute: number) => new Date(2026, 10, 20, hour, minute).toISOString();
  return {
    id,
    connector: { id: 'c'.repeat(22), name: 'Acme workforce' },
    scope: 'full',
    intent: 'apply',
    origin: { kind: 'source', runId: null },
    trigger: 'scheduled',
    startedBy: 'schedule',
    state: 'done',
    reason: null,
    counters,
    queuedAt: at(0),
    startedAt: at(0),
    finishedAt: at(4),
    reviewed: null,
    ...parts,
  };
}

describe('runBars', () => {
  it('stands oldest first, with the day below its first run', () => {
    const bars = runBars([run(4, 25), run(3, 24), run(2, 22), run(1, 20)]);

    expect(bars.map(({ id, day }) => [id, day])).toEqual([
      [1, '20 Nov'],
      [2, undefined],
      [3, '21 Nov'],
      [4, undefined],
    ]);
    expect(bars[0]).toMatchObject({ added: 3, modified: 2, cleanedUp: 1, held: 0, duration: 240_000 });
  });

  it.each([
    ['a simulation', run(1, 1, { intent: 'simulate' }), 0],
    ['a run without counters', run(1, 1, { state: 'failed', counters: null }), 0],
    ['a sync', run(1, 1), 1],
  ])('%s', (_name, one, expected) => {
    expect(runBars([one])).toHaveLength(expected);
  });

  it('draws a held run as held', () => {
    expect(runBars([run(1, 1, { state: 'held', finishedAt: null })])[0]).toMatchObject({
      added: 0,
      modified: 0,
      cleanedUp: 0,
      held: 6,
      duration: 0,
    });
  });

  it('draws the newest 24', () => {
    const bars = runBars(Array.from({ length: 30 }, (_, index) => run(30 - index, 1)));

    expect(bars.map(({ id }) => id)).toEqual(Array.from({ length: 24 }, (_, index) => index + 7));
  });
});
