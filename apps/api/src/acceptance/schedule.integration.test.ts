import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connector } from '@gatehouse/contracts/connector';
import type { Overview } from '@gatehouse/contracts/overview';
import type { RunSummary } from '@gatehouse/contracts/run';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type Rehearsal, startRehearsal } from '../../../../packages/rehearsal/src/start-rehearsal.ts';
import { Gatehouse } from './testing.ts';

let rehearsal: Rehearsal;
let token: string;
let dataDir: string;
let gatehouse: Gatehouse;

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 60, groups: 12, rateLimit: 'off' });
  token = (await rehearsal.control.tokens.create({ name: 'sync', owner: 'read-only-admin' })).value;
});

afterAll(() => rehearsal.close());

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-schedule-'));
  await start(0);
});

afterEach(async () => {
  await gatehouse.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** With a clock that is so far ahead. Unit: hours. */
async function start(ahead: number): Promise<void> {
  const now = () => Date.now() + ahead * 3_600_000;
  gatehouse = await Gatehouse.start({ allow: [rehearsal.url], overrides: { now } }, dataDir);
}

async function restart(ahead: number): Promise<void> {
  await gatehouse.close();
  await start(ahead);
}

async function connect(
  expression: string,
  change: { enabled?: boolean; apiToken?: string | undefined } = {},
) {
  const { enabled = true, apiToken = token } = change;
  const value = { expression, dialect: 'unix', timeZone: 'UTC' };
  const answer = await gatehouse.call('POST', '/api/connectors', 201, {
    kind: 'okta',
    name: 'Acme',
    settings: { domain: rehearsal.url, schedule: { enabled, value } },
    ...('apiToken' in change && change.apiToken === undefined ? {} : { apiToken }),
  });
  return answer.json as unknown as Connector;
}

function runs(): Promise<RunSummary[]> {
  return gatehouse.all<RunSummary>('/api/runs');
}

async function firstRun(timeout: number): Promise<RunSummary> {
  return vi.waitFor(
    async () => {
      const [run] = await runs();
      expect(run?.state).toBe('done');
      if (run === undefined) throw new Error('no run');
      return run;
    },
    { timeout, interval: 200 },
  );
}

it('a scheduled sync comes by itself, within its minute', { timeout: 120_000 }, async () => {
  const { id, nextRunAt } = await connect('* * * * *');
  expect(await runs()).toEqual([]);

  const run = await firstRun(100_000);

  expect(run).toMatchObject({ intent: 'apply', trigger: 'scheduled', startedBy: 'Schedule', state: 'done' });
  const late = Date.parse(run.queuedAt) - Date.parse(nextRunAt ?? '');
  expect(late).toBeGreaterThanOrEqual(0);
  expect(late).toBeLessThan(30_000);
  expect(Object.keys((await gatehouse.directory()).users).length).toBeGreaterThan(30);
  expect(Date.parse((await gatehouse.connector(id)).nextRunAt ?? '')).toBeGreaterThan(
    Date.parse(run.queuedAt),
  );
});

it('one that became due while the server was down comes once, at its start', async () => {
  const { id, nextRunAt } = await connect('0 * * * *');
  expect(Date.parse(nextRunAt ?? '')).toBeGreaterThan(Date.now());

  await restart(26);

  const run = await firstRun(30_000);
  expect(run).toMatchObject({ trigger: 'scheduled', intent: 'apply' });
  expect(await runs()).toHaveLength(1);
  const next = Date.parse((await gatehouse.connector(id)).nextRunAt ?? '');
  expect(next).toBeGreaterThan(Date.now() + 26 * 3_600_000);
  const { health } = await gatehouse.get<Overview>('/api/overview');
  expect(health.nextRun).toMatchObject({
    connector: { id },
    timeZone: 'UTC',
    at: new Date(next).toISOString(),
  });
});

it.each([
  { name: 'is not due', expression: '0 0 1 1 *', change: {}, hours: 1 },
  { name: 'is switched off', expression: '0 * * * *', change: { enabled: false }, hours: 26 },
  {
    name: 'has no token, and the log says so',
    expression: '0 * * * *',
    change: { apiToken: undefined },
    hours: 26,
  },
])('none comes while it $name', async ({ expression, change, hours }) => {
  await connect(expression, change);

  await restart(hours);

  await gatehouse.get('/api/overview');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await runs()).toEqual([]);
  expect(gatehouse.app.logs.some((line) => line.includes('the API token is missing'))).toBe(
    'apiToken' in change,
  );
});
