import type { RunKey, RunOutcome } from '../ports.ts';
import type { ApplyPorts } from '../run.ts';
import { executeRun } from '../run.ts';
import type { Source } from '../source.ts';
import { FakeJournal } from './fake-journal.ts';
import { createMemoryHarness } from './memory-harness.ts';
import type { StoredPlan } from './memory-plans.ts';

/** Runs against stores in memory. Journal, abort controller and unexpected errors are those of the last run. */
export class RunBench {
  readonly harness = createMemoryHarness();
  readonly source: Source;
  journal = new FakeJournal();
  stop = new AbortController();
  unexpected: unknown[] = [];

  constructor(source: Source) {
    this.source = source;
  }

  async run(kind: 'simulate' | 'apply', change: Partial<ApplyPorts> = {}): Promise<RunOutcome> {
    const { ports, key } = await this.#prepare(change);
    const { source } = this;
    if (kind === 'apply') return executeRun({ kind, key, source }, ports);
    const { applier: _applier, ...withoutApplier } = ports;
    return executeRun({ kind, key, source }, withoutApplier);
  }

  /** Applies a stored plan; `settingsVersion` as the connector has it by then. */
  async applyStored(planId: number, settingsVersion = 1): Promise<RunOutcome> {
    const { ports, key } = await this.#prepare({});
    return executeRun({ kind: 'stored-plan', key: { ...key, settingsVersion }, planId }, ports);
  }

  async #prepare(change: Partial<ApplyPorts>): Promise<{ ports: ApplyPorts; key: RunKey }> {
    this.journal = new FakeJournal();
    this.stop = new AbortController();
    this.unexpected = [];
    const { snapshots, planning, plans, applier } = this.harness;
    const onUnexpected = (error: unknown) => void this.unexpected.push(error);
    const basics = { journal: this.journal, now: Date.now, signal: this.stop.signal, onUnexpected };
    const ports = { snapshots, planning, plans, applier, ...basics, ...change };
    return { ports, key: await this.harness.startRun() };
  }

  /** The plan that the last run made. */
  lastPlan(): StoredPlan {
    const plan = this.harness.memory.plans.byId.get(this.journal.planId ?? -1);
    if (plan === undefined) throw new Error('the run made no plan');
    return plan;
  }
}
