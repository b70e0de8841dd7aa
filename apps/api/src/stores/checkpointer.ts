import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Rows that are written before the log is copied into the database: some megabytes of pages. */
const rowsPerCheckpoint = 10_000;
/** Rows before writing waits until all of the log is copied, so that it begins anew: some tens of megabytes. */
const rowsPerLog = 40_000;

/**
 * Copies the write-ahead log into the database in a thread of its own, which begins with the first large write: in the
 * writer each copy would hold up the process for as long as a disk takes for many megabytes. The writer's own checkpoint
 * stays as it is and finds little to do; what a thread that fails leaves undone, it does.
 */
export type Checkpointer = {
  /** Tells how many rows a committed transaction wrote. */
  written(rows: number): void;
  /** Before a transaction. Now and then it waits until all is copied: only then the log is written from its start. */
  ready(): Promise<void>;
  close(): Promise<void>;
};

export function createCheckpointer(file: string): Checkpointer {
  let thread: Worker | null = null;
  let running: PromiseWithResolvers<void> | null = null;
  let hasEnded = false;
  let rowsToCopy = 0;
  let rowsInLog = 0;

  function settle(): void {
    running?.resolve();
    running = null;
  }

  function start(): Worker {
    const started = new Worker(new URL('./checkpoint-thread.ts', import.meta.url), {
      workerData: { file },
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
    });
    started.unref();
    started.on('message', settle);
    started.on('error', () => undefined);
    started.on('exit', () => {
      hasEnded = true;
      settle();
    });
    return started;
  }

  async function checkpoint(): Promise<void> {
    rowsToCopy = 0;
    thread ??= start();
    running ??= Promise.withResolvers<void>();
    thread.postMessage('checkpoint');
    await running.promise;
  }

  return {
    written(rows) {
      rowsToCopy += rows;
      rowsInLog += rows;
      if (rowsToCopy >= rowsPerCheckpoint && running === null && !hasEnded) void checkpoint();
    },
    async ready() {
      if (rowsInLog < rowsPerLog) return;
      rowsInLog = 0;
      await running?.promise;
      if (!hasEnded) await checkpoint();
    },
    async close() {
      if (thread === null || hasEnded) return;
      thread.ref();
      const ended = once(thread, 'exit');
      thread.postMessage('close');
      await ended;
    },
  };
}

/** For a database in memory. */
export const noCheckpointer: Checkpointer = {
  written: () => undefined,
  ready: async () => undefined,
  close: async () => undefined,
};
