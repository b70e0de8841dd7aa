import type { Benchmark, BenchRun, OrgSize } from './benchmark.ts';

/** The org of the benchmarks that only need some org. */
export function orgSize({ options }: Pick<BenchRun, 'options'>): OrgSize {
  const users = options.users ?? 10_000;
  return { users, groups: options.groups ?? usualGroups(users) };
}

/** 300 groups for 10,000 users and 2,000 for 100,000, as in real orgs; between and beyond by the same curve. */
export function usualGroups(users: number): number {
  return Math.max(1, Math.round(300 * (users / 10_000) ** Math.log10(2000 / 300)));
}

export const firstFullSync: Benchmark = {
  name: 'first-full-sync',
  about: 'rehearsal Okta into an empty directory, and the memory of the process',
  async run(run) {
    const sync = await run.fullSync(orgSize(run));
    return [
      { name: 'first-full-sync', unit: 's', value: sync.seconds, limit: sync.limitSeconds },
      ...(sync.peakMegabytes === null
        ? []
        : [{ name: 'first-full-sync-memory', unit: 'MB', value: sync.peakMegabytes, limit: null } as const]),
    ];
  },
};
