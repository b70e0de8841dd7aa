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
import { median, percentile } from './statistics.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Up to this many users a sync is cheap enough to be measured three times. */
const cheapUsers = 20_000;

/** What one first full sync showed. */
export type FullSync = {
  readonly seconds: number;
  readonly limitSeconds: number;
  /** Null where the system does not tell. */
  readonly peakMegabytes: number | null;
  readonly healthP99Ms: number;
  readonly idleP99Ms: number;
  /** The data directory that it filled; no process uses it. */
  readonly dataDirectory: string;
  readonly rehearsalUrl: string;
  /** Number of the run, whose plan is still there. */
  readonly runId: number;
};

/** Measures the sync, its limit, and the server's health meanwhile, in turns; the middle values count. */
export async function measureFullSync(run: BenchRun, size: OrgSize): Promise<FullSync> {
  run.note(`generating an org of ${size.users} users and ${size.groups} groups`);
  const rehearsal = await startRehearsal(size);
  run.cleanUp.defer(rehearsal.stop);
  await warmUp(rehearsal);
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
    healthP99Ms: median(rounds.map(({ healthP99Ms }) => healthP99Ms)),
    idleP99Ms: median(rounds.map(({ idleP99Ms }) => idleP99Ms)),
  };
}

async function measureOnce(run: BenchRun, rehearsal: RunningRehearsal): Promise<FullSync> {
  const readSeconds = await bareRead(rehearsal);
  const dataDirectory = temporaryFolder(run.cleanUp);
  const synced = await sync(run, rehearsal, dataDirectory);
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

type Synced = Pick<FullSync, 'seconds' | 'peakMegabytes' | 'healthP99Ms' | 'idleP99Ms' | 'runId'>;

async function sync(run: BenchRun, rehearsal: RunningRehearsal, dataDirectory: string): Promise<Synced> {
  const { profiles } = run.options;
  const gatehouse = await startGatehouse({ dataDirectory, rehearsalUrl: rehearsal.url, profiles });
  run.cleanUp.defer(gatehouse.stop);
  const idle = await startBareServer();
  run.cleanUp.defer(idle.stop);
  const api = await signIn(gatehouse.url);
  const connector = await createConnector(api, rehearsal);

  const health = sampleHealth(`${gatehouse.url}/healthz`);
  const idleHealth = sampleHealth(idle.url);
  const {
    seconds,
    run: { id: runId },
  } = await syncToTheEnd(api, connector.id);
  const healthP99Ms = percentile(await health.stop(), 99);
  const idleP99Ms = percentile(await idleHealth.stop(), 99);

  const peakMegabytes = residentMegabytes(gatehouse.processId, 'peak');
  await gatehouse.stop();
  await idle.stop();
  return { seconds, peakMegabytes, healthP99Ms, idleP99Ms, runId };
}
