import type { CodedReason, RunProgress, RunState } from '@gatehouse/contracts/run';
import type { RunJournal, RunKey, RunOutcome } from '../ports.ts';

/** A journal in memory. */
export class FakeJournal implements RunJournal {
  readonly states: RunState[] = [];
  readonly notes: { level: string; code: string; facts: CodedReason['facts'] }[] = [];
  latest: RunProgress | null = null;
  snapshotId: number | null = null;
  planId: number | null = null;
  outcome: RunOutcome | null = null;
  last: RunProgress | null = null;

  async enter(_key: RunKey, state: RunState): Promise<void> {
    this.states.push(state);
  }

  async note(
    _key: RunKey,
    level: string,
    code: string,
    facts: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    this.notes.push({ level, code, facts });
  }

  progress(_key: RunKey, progress: RunProgress): void {
    this.latest = progress;
  }

  async setSnapshot(_key: RunKey, snapshotId: number): Promise<void> {
    this.snapshotId = snapshotId;
  }

  async setPlan(_key: RunKey, planId: number): Promise<void> {
    this.planId = planId;
  }

  async finish(_key: RunKey, outcome: RunOutcome): Promise<void> {
    this.outcome = outcome;
  }

  async lastProgress(): Promise<RunProgress | null> {
    return this.last;
  }

  /** Codes of the diary, in order. */
  codes(): string[] {
    return this.notes.map(({ code }) => code);
  }
}
