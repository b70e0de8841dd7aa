import { setTimeout as delay } from 'node:timers/promises';
import type { Benchmark, BenchRun } from './benchmark.ts';
import { orgSize } from './first-full-sync.ts';
import { startBareServer } from './support/bare-server.ts';
import type { FullSync } from './support/full-sync.ts';
import { startGatehouse } from './support/gatehouse.ts';
import { residentMegabytes } from './support/memory.ts';
import { median } from './support/statistics.ts';

const rounds = 5;
/** Memory is read when what a start leaves behind has settled. */
const settleMs = 2_000;

export const start: Benchmark = {
  name: 'start',
  about: 'process start to /readyz on an existing database, and the memory then',
  async run(run) {
    const synced = await run.fullSync(orgSize(run));
    // Not counted: the first one finds cold file caches.
    await startOnce(run, synced);
    const starts: Started[] = [];
    const limits: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      starts.push(await startOnce(run, synced));
      limits.push(await startBareOnce());
    }
    const memory = starts.flatMap(({ megabytes }) => (megabytes === null ? [] : [megabytes]));
    return [
      {
        name: 'start',
        unit: 'ms',
        value: median(starts.map(({ readyAfterMs }) => readyAfterMs)),
        limit: median(limits),
      },
      ...(memory.length === 0
        ? []
        : [{ name: 'start-memory', unit: 'MB', value: median(memory), limit: null } as const]),
    ];
  },
};

type Started = { readonly readyAfterMs: number; readonly megabytes: number | null };

async function startOnce(run: BenchRun, { dataDirectory, rehearsalUrl }: FullSync): Promise<Started> {
  const { profiles } = run.options;
  const gatehouse = await startGatehouse({ dataDirectory, rehearsalUrl, profiles });
  try {
    await delay(settleMs);
    const megabytes = residentMegabytes(gatehouse.processId, 'now');
    return { readyAfterMs: gatehouse.readyAfterMs, megabytes };
  } finally {
    await gatehouse.stop();
  }
}

async function startBareOnce(): Promise<number> {
  const server = await startBareServer();
  await server.stop();
  return server.readyAfterMs;
}
