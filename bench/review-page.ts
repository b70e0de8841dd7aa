import { join } from 'node:path';
import type { Plan } from '@gatehouse/contracts/plan';
import BetterSqlite3 from 'better-sqlite3';
import type { Benchmark } from './benchmark.ts';
import { usualGroups } from './first-full-sync.ts';
import { type ApiSession, signIn } from './support/api-session.ts';
import { startGatehouse } from './support/gatehouse.ts';
import { percentile } from './support/statistics.ts';

const windowSize = 100;
/** Where in the list of each filter the windows lie, as shares of its length. */
const places = [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1];
const rounds = 3;
const warmUps = 1;

export const reviewPage: Benchmark = {
  name: 'review-page',
  about: 'a window of the review of a large plan, any filter, any offset',
  async run(run) {
    const users = run.options.users ?? 100_000;
    const synced = await run.fullSync({ users, groups: run.options.groups ?? usualGroups(users) });
    const { dataDirectory, rehearsalUrl, runId } = synced;
    const { profiles } = run.options;
    const gatehouse = await startGatehouse({ dataDirectory, rehearsalUrl, profiles });
    run.cleanUp.defer(gatehouse.stop);
    const api = await signIn(gatehouse.url);
    const plan = await api.get<Plan>(`/api/runs/${runId}/plan`);

    const samples: number[] = [];
    for (const filter of filtersFor(plan)) {
      const times = await measureFilter(api, `/api/runs/${runId}/changes?${filter}`);
      const worst = percentile(times.milliseconds, 95).toFixed(0);
      run.note(`p95 ${worst.padStart(4)} ms, ${String(times.total).padStart(7)} rows: ${filter}`);
      samples.push(...times.milliseconds);
    }
    await gatehouse.stop();
    const limit = percentile(readByKey(join(dataDirectory, 'gatehouse.db'), runId, samples.length), 95);
    return [{ name: 'review-page', unit: 'ms', value: percentile(samples, 95), limit }];
  },
};

const categories = ['added', 'modified', 'not-modified', 'cleaned-up', 'filtered', 'failed', 'drifted'];
const searches = ['a', 'an', 'maria', 'zzzzzz', 'example'];
const facetParameters = [
  ['attribute', 'attribute'],
  ['group-gained', 'groupGained'],
  ['group-lost', 'groupLost'],
  ['reason', 'reason'],
] as const;

type Filter = readonly (readonly [parameter: string, value: string])[];

/** Each filter of the review by itself, the most frequent and the rarest value of each facet, and some together. */
function filtersFor({ facets }: Plan): string[] {
  const byFacet = facetParameters.flatMap(([kind, parameter]) => {
    const values = facets.filter(({ facet }) => facet === kind).map(({ value }) => value);
    return [...new Set([...values.slice(0, 1), ...values.slice(-1)])].map(
      (value): Filter => [[parameter, value]],
    );
  });
  const group = byFacet.find(([part]) => part?.[0] === 'groupGained') ?? [];
  const added = ['category', 'added'] as const;
  const filters: Filter[] = [
    [],
    [['subject', 'group']],
    ...categories.map((category): Filter => [['category', category]]),
    ...searches.map((search): Filter => [['search', search]]),
    ...byFacet,
    [added, ['search', 'an']],
    [added, ...group],
    [added, ['search', 'an'], ...group],
    [
      ['category', 'not-modified'],
      ['search', 'an'],
    ],
  ];
  return filters.map((filter) => new URLSearchParams(Object.fromEntries(filter)).toString());
}

async function measureFilter(
  api: ApiSession,
  path: string,
): Promise<{ total: number; milliseconds: number[] }> {
  const { total } = await api.get<{ total: number }>(`${path}&limit=1`);
  const last = Math.max(0, total - windowSize);
  const milliseconds: number[] = [];
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const place of places) {
      const startedAt = performance.now();
      await api.getText(`${path}&limit=${windowSize}&offset=${Math.round(place * last)}`);
      if (round >= 0) milliseconds.push(performance.now() - startedAt);
    }
  }
  return { total, milliseconds };
}

/** Milliseconds of reading 100 rows of the plan by their key, at places spread over it. */
function readByKey(file: string, runId: number, times: number): number[] {
  const database = new BetterSqlite3(file, { readonly: true, fileMustExist: true });
  try {
    const plan = database.prepare('select id, rows from Plan where runId = ?').get(runId) as {
      id: number;
      rows: number;
    };
    const statement = database.prepare(
      `select * from PlanChange where planId = ? and seq >= ? order by seq limit ${windowSize}`,
    );
    return Array.from({ length: times }, (_, index) => {
      const seq = Math.floor((index / times) * plan.rows);
      const startedAt = performance.now();
      statement.all(plan.id, seq);
      return performance.now() - startedAt;
    });
  } finally {
    database.close();
  }
}
