import type { Benchmark } from './benchmark.ts';
import { orgSize } from './first-full-sync.ts';

export const healthDuringSync: Benchmark = {
  name: 'health-during-sync',
  about: '/healthz while a first full sync runs',
  async run(run) {
    const sync = await run.fullSync(orgSize(run));
    return [{ name: 'health-during-sync', unit: 'ms', value: sync.healthP99Ms, limit: sync.idleP99Ms }];
  },
};
