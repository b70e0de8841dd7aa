import { join } from 'node:path';
import type { BenchRun, OrgSize } from '../benchmark.ts';
import { createConnector, signIn, syncToTheEnd } from './api-session.ts';
import { bareInsert } from './bare-insert.ts';
import { bareRead, warmUp } from './bare-read.ts';
import { startBareServer } from './bare-server.ts';
import { startGatehouse } from './gatehouse.ts';
import { sampleHealth } from './health-sampler.ts';
import { residentMegabytes } from './memory.ts';
import { type RunningRehearsal, startRehearsal } from './rehearsal.ts';
import { median } from './statistics.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Up to this many users a sync is cheap enough to be measured three times. */
const cheapUsers = 20_000;

/** What one first full sync showed. */
export type FullSync = {
  readonly seconds: number;
  readonly limitSeconds: number;
  /** Null where the system does not tell. */
  readonly peakMegabytes: number | null;
  /** The data directory that it filled; no process uses it. */
  readonly dataDirectory: string;
  readonly rehearsalUrl: string;
  /** Number of the run, whose plan is still there. */
  readonly runId: number;
};

/** Measures the sync and its limit in turns; the middle values count. */
export async function measureFullSync(run: BenchRun, size: OrgSize): Promise<FullSync> {
  const rehearsal = await startWarmRehearsal(run, size);
  const rounds: FullSync[] = [];
  for (let round = 0; round < (size.users <= cheapUsers ? 3 : 1); round += 1) {
    rounds.push(await measureOnce(run, rehearsal));
  }
  await rehearsal.stop();
  const last = rounds.at(-1);
  if (last === undefined) throw new Error('nothing was measured');
  const peaks = rounds.flatMap(({ peakMegabytes }) => (peakMegabytes === null ? [] : [peakMegabytes]));
  return {
    ...last,
    seconds: median(rounds.map(({ seconds }) => seconds)),
    limitSeconds: median(rounds.map(({ limitSeconds }) => limitSeconds)),
    peakMegabytes: peaks.length === 0 ? null : Math.max(...peaks),
  };
}

/** Milliseconds of `/healthz` while a sync of its own runs, and of a bare server that stands idle meanwhile. */
export async function measureHealth(
  run: BenchRun,
  size: OrgSize,
): Promise<{ readonly health: readonly number[]; readonly idle: readonly number[] }> {
  const rehearsal = await startWarmRehearsal(run, size);
  const bare = await startBareServer();
  run.cleanUp.defer(bare.stop);
  const samples = { health: [] as readonly number[], idle: [] as readonly number[] };
  await sync(run, rehearsal, {
    dataDirectory: temporaryFolder(run.cleanUp),
    async during(url, work) {
      const health = sampleHealth(`${url}/healthz`);
      const idle = sampleHealth(bare.url);
      await work();
      samples.health = await health.stop();
      samples.idle = await idle.stop();
    },
  });
  await bare.stop();
  await rehearsal.stop();
  return samples;
}

async function startWarmRehearsal(run: BenchRun, size: OrgSize): Promise<RunningRehearsal> {
  run.note(`generating an org of ${size.users} users and ${size.groups} groups`);
  const rehearsal = await startRehearsal(size);
  run.cleanUp.defer(rehearsal.stop);
  await warmUp(rehearsal);
  return rehearsal;
}

async function measureOnce(run: BenchRun, rehearsal: RunningRehearsal): Promise<FullSync> {
  const readSeconds = await bareRead(rehearsal);
  const dataDirectory = temporaryFolder(run.cleanUp);
  const synced = await sync(run, rehearsal, { dataDirectory });
  const file = join(dataDirectory, 'gatehouse.db');
  const insertSeconds = bareInsert(file, join(temporaryFolder(run.cleanUp), 'bare.db'));
  run.note(
    `sync ${synced.seconds.toFixed(2)} s, bare read ${readSeconds.toFixed(2)} s, bare insert ${insertSeconds.toFixed(2)} s`,
  );
  return {
    ...synced,
    limitSeconds: readSeconds + insertSeconds,
    dataDirectory,
    rehearsalUrl: rehearsal.url,
  };
}

type Synced = Pick<FullSync, 'seconds' | 'peakMegabytes' | 'runId'>;

/** One process, one sync. `during` is given the server's address and does its own beside the work. */
async function sync(
  run: BenchRun,
  rehearsal: RunningRehearsal,
  options: {
    readonly dataDirectory: string;
    readonly during?: (url: string, work: () => Promise<void>) => Promise<void>;
  },
): Promise<Synced> {
  const { dataDirectory, during = (_url, work) => work() } = options;
  const { profiles } = run.options;
  const gatehouse = await startGatehouse({ dataDirectory, rehearsalUrl: rehearsal.url, profiles });
  run.cleanUp.defer(gatehouse.stop);
  const api = await signIn(gatehouse.url);
  const connector = await createConnector(api, rehearsal);

  let seconds = 0;
  let runId = 0;
  await during(gatehouse.url, async () => {
    const ended = await syncToTheEnd(api, connector.id);
    seconds = ended.seconds;
    runId = ended.run.id;
  });
  const peakMegabytes = residentMegabytes(gatehouse.processId, 'peak');
  await gatehouse.stop();
  return { seconds, peakMegabytes, runId };
}
