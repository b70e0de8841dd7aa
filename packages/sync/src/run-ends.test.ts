import { beforeEach, describe, expect, it } from 'vitest';
import { FakeSource } from './conformance/fake-source.ts';
import { sourceUser } from './conformance/harness.ts';
import { RunBench } from './conformance/run-bench.ts';
import type { PlanApplier, PlanningViewOpener } from './ports.ts';
import { SyncError } from './ports.ts';
import { SourceError } from './source.ts';

let source: FakeSource;
let bench: RunBench;

beforeEach(() => {
  source = new FakeSource();
  source.users = [sourceUser('00u1', 'ada'), sourceUser('00u2', 'bo')];
  bench = new RunBench(source);
});

/** The applier of the harness; something happens after each chunk. */
function applierWith(afterChunk: () => Promise<void>): PlanApplier {
  const { applier } = bench.harness;
  return {
    begin: (planId, key) => applier.begin(planId, key),
    finish: (planId, key) => applier.finish(planId, key),
    applyChunk: async (planId, key) => {
      const chunk = await applier.applyChunk(planId, key);
      await afterChunk();
      return chunk;
    },
  };
}

describe('the end of a run', () => {
  it.each([
    ['hard', new SourceError('token-invalid', 'hard', { facts: { oktaCode: 'E0000011' } })],
    ['soft', new SourceError('server-failed', 'soft', { facts: { status: 500 } })],
  ] as const)('is failed with what the source said (%s)', async (severity, error) => {
    source.duringRead = () => {
      throw error;
    };

    const outcome = await bench.run('apply');

    expect(outcome).toEqual({
      state: 'failed',
      reason: { code: error.code, facts: { ...error.facts, severity } },
      counters: null,
    });
    expect((await bench.harness.directory()).users).toEqual([]);
    expect(bench.unexpected).toEqual([]);
  });

  it('is failed, and handed to the log, when the error is ours', async () => {
    const error = new RangeError('a secret thing');
    source.duringRead = () => {
      throw error;
    };

    expect(await bench.run('apply')).toEqual({
      state: 'failed',
      reason: { code: 'unexpected', facts: { name: 'RangeError' } },
      counters: null,
    });
    expect(bench.unexpected).toEqual([error]);
  });

  it('is cancelled while it reads', async () => {
    source.duringRead = () => {
      bench.stop.abort();
      throw new SourceError('cancelled', 'soft');
    };

    expect(await bench.run('apply')).toMatchObject({
      state: 'cancelled',
      reason: { code: 'cancelled-by-person' },
    });
    expect((await bench.harness.directory()).users).toEqual([]);
  });

  it('is cancelled while it plans, and leaves no plan', async () => {
    const { planning } = bench.harness;
    const stopping: PlanningViewOpener = {
      open: (...keys) => {
        bench.stop.abort();
        return planning.open(...keys);
      },
    };

    const outcome = await bench.run('apply', { planning: stopping });

    expect(outcome.state).toBe('cancelled');
    expect(bench.harness.memory.plans.byId.size).toBe(0);
  });

  it('is cancelled between two chunks: what is applied stays', async () => {
    source.users = Array.from({ length: 700 }, (_, index) => sourceUser(`00u${index}`, `p${index}`));
    const applier = applierWith(async () => bench.stop.abort());

    const outcome = await bench.run('apply', { applier });

    expect(outcome).toMatchObject({ state: 'cancelled', reason: { facts: { applied: 500 } } });
    expect(outcome.counters).toMatchObject({ added: 500 });
    expect(await bench.harness.planState(bench.journal.planId ?? -1)).toBe('discarded');
  });

  it('is silent when the lease is lost, and another run goes on', async () => {
    source.users = Array.from({ length: 700 }, (_, index) => sourceUser(`00u${index}`, `p${index}`));
    const applier = applierWith(async () => void (await bench.harness.startRun()));

    const outcome = await bench.run('apply', { applier });

    expect(outcome.state).toBe('interrupted');
    expect(bench.journal.outcome).toBeNull();
    const planId = bench.journal.planId ?? -1;
    expect(await bench.harness.planState(planId)).toBe('applying');
    expect(await bench.applyStored(planId)).toMatchObject({ state: 'done', counters: { added: 700 } });
  });

  it('is silent when the process stops, and can be gone on with', async () => {
    source.duringRead = () => bench.stop.abort(new SyncError('lease-lost'));

    expect((await bench.run('apply')).state).toBe('interrupted');
    expect(bench.journal.outcome).toBeNull();
  });
});
