import type { Benchmark } from './benchmark.ts';
import { orgSize } from './first-full-sync.ts';
import { measureHealth } from './support/full-sync.ts';
import { percentile } from './support/statistics.ts';

export const healthDuringSync: Benchmark = {
  name: 'health-during-sync',
  about: '/healthz while a first full sync runs',
  async run(run) {
    const { health, idle } = await measureHealth(run, orgSize(run));
    return [
      { name: 'health-during-sync', unit: 'ms', value: percentile(health, 99), limit: percentile(idle, 99) },
    ];
  },
};
