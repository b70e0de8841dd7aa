import type { GuardVerdict } from '@gatehouse/contracts/plan';
import type { RunProgress } from '@gatehouse/contracts/run';
import { confirmAbsences } from './confirm-absences.ts';
import { judge } from './guard.ts';
import { makePlan } from './plan.ts';
import type {
  Clock,
  PlanApplier,
  PlanningView,
  PlanningViewOpener,
  PlanStore,
  PlanTotals,
  RunJournal,
  RunKey,
  RunOutcome,
  SnapshotStore,
} from './ports.ts';
import { SyncError } from './ports.ts';
import { ProgressTracker } from './progress-tracker.ts';
import { snapshotFacts } from './read-facts.ts';
import type { SnapshotFacts, Source } from './source.ts';
import { SourceError } from './source.ts';

/**
 * A run from its first call to its last row.
 *
 *   simulate      read → confirm absences → plan → guard → done ("a sync would be held")
 *   apply         read → confirm absences → plan → guard → held, or apply → done
 *   stored-plan   apply → done; also goes on with a plan that an earlier run began to apply
 *
 * A simulation is handed no applier: it cannot write to the directory. A run that fails, is cancelled before it applies
 * or is held leaves the directory as it was.
 */
export type RunInput =
  | { readonly kind: 'simulate'; readonly key: RunKey; readonly source: Source }
  | { readonly kind: 'apply'; readonly key: RunKey; readonly source: Source }
  | { readonly kind: 'stored-plan'; readonly key: RunKey; readonly planId: number };

export type SimulationPorts = {
  readonly snapshots: SnapshotStore;
  readonly planning: PlanningViewOpener;
  readonly plans: PlanStore;
  readonly journal: RunJournal;
  readonly now: Clock;
  /**
   * Aborted: a person cancels the run. Aborted with a `SyncError` `lease-lost` as its reason (the process stops, or the
   * lease went elsewhere): the run stops as it is, without a word, and can be gone on with.
   */
  readonly signal: AbortSignal;
  /** Errors that are no source's and no decision of ours: for the log. */
  readonly onUnexpected: (error: unknown) => void;
};

export type ApplyPorts = SimulationPorts & { readonly applier: PlanApplier };

/**
 * Carries out one run; the outcome is in the journal already. Never throws: what goes wrong is the outcome. A run that
 * lost its lease stops without a word, because the journal is another process's by then.
 */
export function executeRun(
  input: RunInput & { readonly kind: 'simulate' },
  ports: SimulationPorts,
): Promise<RunOutcome>;
export function executeRun(
  input: Exclude<RunInput, { kind: 'simulate' }>,
  ports: ApplyPorts,
): Promise<RunOutcome>;
export async function executeRun(input: RunInput, ports: SimulationPorts | ApplyPorts): Promise<RunOutcome> {
  const { journal, onUnexpected } = ports;
  try {
    const outcome = await outcomeOf(input, ports);
    await journal.finish(input.key, outcome);
    return outcome;
  } catch (error) {
    if (!isLeaseLost(error)) onUnexpected(error);
    return { state: 'interrupted', reason: { code: 'lease-lost', facts: {} }, counters: null };
  }
}

async function outcomeOf(input: RunInput, ports: SimulationPorts | ApplyPorts): Promise<RunOutcome> {
  const run = new Run(input, ports);
  try {
    return await run.execute();
  } catch (error) {
    if (isLeaseLost(error)) throw error;
    // What happened before the end stands before it.
    await run.settleDiary().catch(ports.onUnexpected);
    if (ports.signal.aborted && isLeaseLost(ports.signal.reason)) throw ports.signal.reason;
    return failureOf(error, ports);
  }
}

function failureOf(error: unknown, ports: SimulationPorts): RunOutcome {
  const isCancelled = ports.signal.aborted && isCancellation(error);
  if (isCancelled) {
    return { state: 'cancelled', reason: { code: 'cancelled-by-person', facts: {} }, counters: null };
  }
  if (error instanceof SourceError) {
    const facts = { ...error.facts, severity: error.severity };
    return { state: 'failed', reason: { code: error.code, facts }, counters: null };
  }
  if (error instanceof SyncError) {
    return { state: 'failed', reason: { code: error.code, facts: error.facts }, counters: null };
  }
  ports.onUnexpected(error);
  const facts = { name: error instanceof Error ? error.name : typeof error };
  return { state: 'failed', reason: { code: 'unexpected', facts }, counters: null };
}

function isLeaseLost(error: unknown): boolean {
  return error instanceof SyncError && error.code === 'lease-lost';
}

function isCancellation(error: unknown): boolean {
  const isOurs = error instanceof SyncError || error instanceof SourceError;
  return isOurs && error.code === 'cancelled';
}

/** The steps of one run, with the diary kept in order beside them. */
class Run {
  readonly #input: RunInput;
  readonly #ports: SimulationPorts | ApplyPorts;
  /** Diary entries are written one after the other; a step waits for those before it. */
  #diary: Promise<void> = Promise.resolve();

  constructor(input: RunInput, ports: SimulationPorts | ApplyPorts) {
    this.#input = input;
    this.#ports = ports;
  }

  async execute(): Promise<RunOutcome> {
    const input = this.#input;
    if (input.kind === 'stored-plan') return this.#apply(input.planId, this.#tracker(null));
    const { journal } = this.#ports;
    const { key } = input;
    await journal.enter(key, 'reading');
    const tracker = this.#tracker(await journal.lastProgress(key.connectorId, key.runId));
    const read = await this.#read(input.source, tracker);
    this.#checkSignal();
    await journal.enter(key, 'planning');
    const planned = await this.#plan(read, tracker);
    const { counters } = planned.totals;
    if (input.kind === 'simulate') return { state: 'done', reason: null, counters };
    if (planned.verdict.outcome === 'hold') {
      const facts = { held: counters.held, reasons: planned.verdict.reasons.map(({ code }) => code) };
      return { state: 'held', reason: { code: 'guard-held', facts }, counters };
    }
    return this.#apply(planned.planId, tracker);
  }

  #tracker(last: RunProgress | null): ProgressTracker {
    const { key } = this.#input;
    return new ProgressTracker({
      last,
      now: this.#ports.now,
      publish: (progress) => this.#ports.journal.progress(key, progress),
      note: (level, code, facts) => this.#note(level, code, facts),
    });
  }

  #note(...[level, code, facts]: Parameters<ProgressTracker['note']>): void {
    this.#diary = this.#diary.then(() => this.#ports.journal.note(this.#input.key, level, code, facts));
    // Awaited by `settleDiary`; until then a failure must not count as unhandled.
    this.#diary.catch(() => {});
  }

  async settleDiary(): Promise<void> {
    await this.#diary;
  }

  #checkSignal(): void {
    if (this.#ports.signal.aborted) throw new SyncError('cancelled');
  }

  async #read(source: Source, tracker: ProgressTracker): Promise<ReadResult> {
    const { snapshots, journal, signal } = this.#ports;
    const { key } = this.#input;
    const snapshotId = await snapshots.begin(key);
    await journal.setSnapshot(key, snapshotId);
    this.#checkSignal();
    const sourceFacts = await source.readAll(snapshots.sink(snapshotId), tracker, signal);
    this.#checkSignal();
    const earlier = {
      lastGood: await snapshots.lastGood(key.connectorId, key.runId),
      lastRead: await snapshots.lastRead(key.connectorId, key.runId),
    };
    const absences = await confirmAbsences({
      source,
      snapshots,
      snapshotId,
      key,
      facts: sourceFacts,
      earlier,
      observer: tracker,
      signal,
    });
    const facts = snapshotFacts({ ...sourceFacts, calls: tracker.progress().calls }, absences);
    await snapshots.finish(snapshotId, facts);
    tracker.planExpected(facts.usersRead + absences.absent);
    noteRead(tracker, facts);
    await this.settleDiary();
    return { snapshotId, facts, ...earlier };
  }

  async #plan(read: ReadResult, tracker: ProgressTracker): Promise<Planned> {
    const { planning, journal } = this.#ports;
    const { key } = this.#input;
    const view = await planning.open(read.snapshotId, key.connectorId, key.directoryId);
    try {
      const planned = await this.#writePlan(view, read, tracker);
      await journal.setPlan(key, planned.planId);
      await this.#notePlan(tracker, planned);
      return planned;
    } finally {
      view.close();
    }
  }

  async #writePlan(view: PlanningView, read: ReadResult, tracker: ProgressTracker): Promise<Planned> {
    const { plans, signal } = this.#ports;
    const writer = await plans.begin(this.#input.key, read.snapshotId);
    try {
      const onProgress = (people: number) => tracker.planned(people);
      const result = await makePlan({ view, writer, facts: read.facts, signal, onProgress });
      const verdict = judge({ ...read, directory: await view.totals(), removals: result.removals });
      const totals = verdict.outcome === 'hold' ? withHeld(result.totals) : result.totals;
      const { suppressed, digest, facets } = result;
      this.#checkSignal();
      await writer.finish({ totals, verdict, suppressed, digest, facets });
      return { planId: writer.planId, totals, verdict };
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  }

  async #notePlan(tracker: ProgressTracker, { totals, verdict }: Planned): Promise<void> {
    const { counters } = totals;
    // A row that failed changes nothing.
    const failed = counters.failed + counters.groupsFailed;
    tracker.note('passed', 'plan-finished', {
      changes: totals.changes - counters.failed,
      groupChanges: totals.groupChanges - counters.groupsFailed,
      failed,
    });
    if (verdict.outcome === 'pass') tracker.note('passed', 'guard-passed', {});
    else if (this.#input.kind === 'simulate') tracker.note('warning', 'guard-would-hold', {});
    for (const { code, facts } of verdict.reasons) tracker.note('warning', code, facts);
    await this.settleDiary();
  }

  async #apply(planId: number, tracker: ProgressTracker): Promise<RunOutcome> {
    const { journal, signal } = this.#ports;
    const { key } = this.#input;
    const applier = applierOf(this.#ports);
    await journal.enter(key, 'applying');
    const { pending } = await applier.begin(planId, key);
    tracker.note('info', 'apply-started', { pending });
    tracker.applied(0, pending);
    let applied = 0;
    let drifted = 0;
    for (;;) {
      if (signal.aborted && isLeaseLost(signal.reason)) throw signal.reason;
      if (signal.aborted) break;
      const chunk = await applier.applyChunk(planId, key);
      if (chunk === null) break;
      applied += chunk.applied;
      drifted += chunk.drifted;
      tracker.applied(applied + drifted, pending);
    }
    const counters = await applier.finish(planId, key);
    if (applied + drifted < pending) {
      tracker.note('warning', 'apply-cancelled', { applied });
      await this.settleDiary();
      return { state: 'cancelled', reason: { code: 'cancelled-by-person', facts: { applied } }, counters };
    }
    tracker.note(drifted === 0 ? 'passed' : 'warning', 'apply-finished', { applied, drifted });
    await this.settleDiary();
    return { state: 'done', reason: null, counters };
  }
}

type ReadResult = {
  readonly snapshotId: number;
  readonly facts: SnapshotFacts;
  readonly lastGood: SnapshotFacts | null;
  readonly lastRead: SnapshotFacts | null;
};

type Planned = { readonly planId: number; readonly totals: PlanTotals; readonly verdict: GuardVerdict };

function applierOf(ports: SimulationPorts | ApplyPorts): PlanApplier {
  if ('applier' in ports) return ports.applier;
  throw new TypeError('a simulation applies nothing');
}

function noteRead(tracker: ProgressTracker, facts: SnapshotFacts): void {
  for (const gap of facts.gaps) tracker.note('warning', gap.code, gap.facts);
  if (facts.usersComplete && facts.groupsComplete) {
    tracker.note('passed', 'read-finished', { calls: facts.calls });
    return;
  }
  const collections = [
    ...(facts.usersComplete ? [] : ['people']),
    ...(facts.groupsComplete ? [] : ['groups']),
  ];
  tracker.note('warning', 'read-incomplete', { collections: collections.join(' and ') });
}

/** People whom a held plan leaves as they are. */
function withHeld(totals: PlanTotals): PlanTotals {
  const { added, modified, cleanedUp } = totals.counters;
  return { ...totals, counters: { ...totals.counters, held: added + modified + cleanedUp } };
}
