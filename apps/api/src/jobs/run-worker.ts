import type { Logger } from '../logging/logger.ts';
import { type LeaseStore, leaseHeartbeat } from '../stores/runs/leases.ts';
import type { QueuedRun, RunStore } from '../stores/runs/store.ts';

/** Runs of different connectors that work at the same time. */
const concurrency = 2;

/** Why a run is told to end. */
export type StopReason = 'cancelled' | 'lease-lost' | 'stopping';

export type RunWorkerParts = {
  readonly runs: RunStore;
  readonly leases: LeaseStore;
  /** Executes one run under a lease to its end and writes its outcome; must end soon after the signal. */
  readonly execute: (run: QueuedRun, fence: number, signal: AbortSignal) => Promise<void>;
  readonly log: Logger;
  readonly heartbeatMs?: number;
};

type Working = {
  readonly run: QueuedRun;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
};

/**
 * Takes runs from the queue, oldest first, each under its connector's lease with a heartbeat. At a start it goes on with
 * plans that are half applied and marks interrupted what a process that is gone was reading.
 */
export class RunWorker {
  readonly #parts: RunWorkerParts;
  readonly #working = new Map<number, Working>();
  #isStopping = false;
  #isTaking = false;
  #takeAgain = false;

  constructor(parts: RunWorkerParts) {
    this.#parts = parts;
  }

  /** Call once, when this process owns the data directory and the leases of the former one are void. */
  async recover(): Promise<void> {
    const { runs, log } = this.#parts;
    const interrupted = await runs.interruptOrphans();
    if (interrupted.length > 0)
      log.warn({ runs: interrupted }, 'Runs of the former process were interrupted');
    for (const run of runs.applying()) {
      log.info({ run: run.id }, 'A plan that is half applied goes on');
      await this.#take(run);
    }
    for (const runId of runs.cancelling()) this.cancel(runId);
    this.wake();
  }

  /** Looks into the queue, now or after the look that is going on. */
  wake(): void {
    this.#takeAgain = true;
    if (this.#isTaking) return;
    this.#isTaking = true;
    this.#takeAll()
      .catch((error: unknown) => this.#parts.log.error({ err: error }, 'The queue of runs could not be read'))
      .finally(() => {
        this.#isTaking = false;
        if (this.#takeAgain) this.wake();
      });
  }

  /** Tells a run of this process to end. */
  cancel(runId: number): void {
    this.#working.get(runId)?.controller.abort('cancelled' satisfies StopReason);
  }

  /** Tells every run to end and waits for them: reading is interrupted, an apply stops between two chunks. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const working = [...this.#working.values()];
    for (const { controller } of working) controller.abort('stopping' satisfies StopReason);
    await Promise.allSettled(working.map(({ ended }) => ended));
  }

  async #takeAll(): Promise<void> {
    while (this.#takeAgain && !this.#isStopping) {
      this.#takeAgain = false;
      for (const run of this.#parts.runs.queued()) {
        if (this.#isStopping || this.#working.size >= concurrency) return;
        if (!this.#working.has(run.id)) await this.#take(run);
      }
    }
    this.#takeAgain = false;
  }

  async #take(run: QueuedRun): Promise<void> {
    const fence = await this.#parts.leases.claim(run.connectorId, run.id);
    if (fence === null) {
      this.#parts.log.warn({ run: run.id }, 'The lease of the connector is taken; the run waits');
      return;
    }
    const controller = new AbortController();
    const ended = this.#work(run, fence, controller).finally(() => {
      this.#working.delete(run.id);
      this.wake();
    });
    this.#working.set(run.id, { run, controller, ended });
  }

  async #work(run: QueuedRun, fence: number, controller: AbortController): Promise<void> {
    const { leases, execute, log, heartbeatMs = leaseHeartbeat } = this.#parts;
    const heartbeat = setInterval(() => {
      leases.renew(run.connectorId, fence).then(
        (isOurs) => {
          if (!isOurs) controller.abort('lease-lost' satisfies StopReason);
        },
        (error: unknown) => log.error({ err: error, run: run.id }, 'The lease could not be renewed'),
      );
    }, heartbeatMs);
    try {
      await execute(run, fence, controller.signal);
    } catch (error) {
      log.error({ err: error, run: run.id }, 'A run ended without an outcome');
    } finally {
      clearInterval(heartbeat);
      await leases.release(run.connectorId, fence).catch((error: unknown) => {
        log.error({ err: error, run: run.id }, 'The lease could not be released');
      });
    }
  }
}
