import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Connector } from '@gatehouse/contracts/connector';
import { activeRunStates, type Run } from '@gatehouse/contracts/run';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Rehearsal, startRehearsal } from '../../../../packages/rehearsal/src/start-rehearsal.ts';
import { databaseFile } from '../stores/open-data-directory.ts';
import { testAdmin } from '../testing.ts';
import { GatehouseProcess } from './gatehouse-process.ts';
import { dumpDirectory, noSchedule, readDatabase } from './testing.ts';
import { type Before, type Judgement, judgePeople, readBefore } from './whole-people.ts';

/** Several chunks of an apply. */
const people = 9_000;
/** What the issue allows between a restart and the run that goes on or is given up. Milliseconds. */
const recovery = 10_000;

let folder: string;
let rehearsal: Rehearsal;
let gatehouse: GatehouseProcess;
let connectorId: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-crash-'));
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, testAdmin.password, { mode: 0o600 });
  rehearsal = await startRehearsal({ users: people, groups: 40, rateLimit: 'off' });
  gatehouse = await GatehouseProcess.prepare(join(folder, 'data'), {
    OUTBOUND_ALLOW: rehearsal.url,
    ADMIN_EMAIL: testAdmin.email,
    ADMIN_PASSWORD_FILE: passwordFile,
    LOG_LEVEL: 'info',
  });
  gatehouse.start();
  await gatehouse.ready();
  await gatehouse.signIn(testAdmin.email, testAdmin.password);
  const { value } = await rehearsal.control.tokens.create({ name: 'sync', owner: 'read-only-admin' });
  const connector = await gatehouse.call<Connector>('POST', '/api/connectors', {
    kind: 'okta',
    name: 'Acme',
    settings: { domain: rehearsal.url, schedule: noSchedule },
    apiToken: value,
  });
  connectorId = connector.id;
}, 90_000);

afterAll(async () => {
  await gatehouse.end('SIGKILL');
  await rehearsal.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => rehearsal.control.faults.clearAll());

function look<T>(read: (database: BetterSqlite3.Database) => T): T {
  return readDatabase(gatehouse.dataDir, read);
}

/** Waits for something in the database, looking every few milliseconds, so that a kill hits the moment. */
async function until(matches: (database: BetterSqlite3.Database) => boolean, what: string): Promise<number> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < 40_000) {
    if (look(matches)) return performance.now() - startedAt;
    await wait(2);
  }
  throw new Error(`${what} did not come: ${gatehouse.output.slice(-2_000)}`);
}

function stateOf(runId: number): (database: BetterSqlite3.Database) => string {
  return (database) => database.prepare('select state from Run where id = ?').pluck().get(runId) as string;
}

function isOver(runId: number): (database: BetterSqlite3.Database) => boolean {
  const active: readonly string[] = activeRunStates;
  return (database) => !active.includes(stateOf(runId)(database));
}

/** Rows of the run's plan in a state. */
function rows(runId: number, state: 'pending' | 'applied'): (database: BetterSqlite3.Database) => number {
  const sql = `select count(*) from PlanChange c join Run r on r.planId = c.planId where r.id = ? and c.state = ?`;
  return (database) => database.prepare(sql).pluck().get(runId, state) as number;
}

async function startRun(intent: 'simulate' | 'apply'): Promise<number> {
  return (await gatehouse.call<Run>('POST', `/api/connectors/${connectorId}/runs`, { intent })).id;
}

async function finished(runId: number): Promise<Run> {
  await until(isOver(runId), `the end of run ${runId}`);
  return gatehouse.call<Run>('GET', `/api/runs/${runId}`);
}

function remember(): Before {
  return look(readBefore);
}

function judge(runId: number, before: Before): Judgement {
  return look((database) => judgePeople(database, runId, before));
}

/** Kills the process in the middle of applying, at several places, and starts it again each time. Answers how many hit. */
async function killWhileApplying(runId: number, before: Before, shares: readonly number[]): Promise<number> {
  let hits = 0;
  for (const share of shares) {
    await until((database) => {
      const applied = rows(runId, 'applied')(database);
      return applied > 0 && applied >= share * (applied + rows(runId, 'pending')(database));
    }, `${share} of the plan`);
    await wait(Math.random() * 30);
    await gatehouse.end('SIGKILL');

    const { wrong, after, before: pending } = judge(runId, before);
    expect(wrong).toEqual([]);
    expect(after).toBeGreaterThan(0);
    if (pending > 0) {
      hits += 1;
      expect(look(stateOf(runId))).toBe('applying');
    }

    const left = look(rows(runId, 'pending'));
    gatehouse.start();
    const took = await until(
      (database) => rows(runId, 'pending')(database) < left || isOver(runId)(database),
      'the run to go on',
    );
    expect(took).toBeLessThan(recovery);
  }
  await gatehouse.ready();
  return hits;
}

describe('a kill in the middle of applying', () => {
  it('leaves every new person wholly out or wholly in, and the run goes on to its end', async () => {
    const before = remember();
    const runId = await startRun('apply');

    expect(await killWhileApplying(runId, before, [0.1, 0.4, 0.7])).toBeGreaterThan(0);

    const run = await finished(runId);
    expect(run).toMatchObject({ state: 'done', reason: null, counters: { drifted: 0 } });
    const result = judge(runId, before);
    expect(result).toMatchObject({ before: 0, after: run.counters?.added, wrong: [] });
    const memberships = look((database) => database.prepare('select count(*) from Membership').pluck().get());
    expect(run.counters?.membershipsGained).toBe(memberships);
  });

  it('leaves every changed person wholly as before or as planned, their memberships included', async () => {
    const { groups, people: persons } = rehearsal.control;
    const [joined = '', left = ''] = look((database) =>
      database
        .prepare(
          `select g.externalId from DirectoryGroup g join Membership m on m.groupId = g.id
           group by g.id order by count(*) desc limit 2`,
        )
        .pluck()
        .all(),
    ) as string[];
    const everybody = [...remember().people.keys()];
    const leavers = (await groups.members(left)).slice(0, 100);
    await groups.changeMembers(joined, { add: everybody.slice(0, 6_000) });
    await groups.changeMembers(left, { remove: leavers });
    for (const id of leavers.slice(0, 40)) await persons.edit(id, { lastName: 'Changed' });
    const before = remember();
    const simulation = await finished(await startRun('simulate'));
    const { planId } = simulation;
    const { id: runId } = await gatehouse.call<Run>('POST', `/api/runs/${simulation.id}/apply`, { planId });

    expect(await killWhileApplying(runId, before, [0.2, 0.6])).toBeGreaterThan(0);

    const run = await finished(runId);
    expect(run).toMatchObject({ state: 'done', counters: { ...simulation.counters, drifted: 0 } });
    expect(judge(runId, before)).toMatchObject({ before: 0, wrong: [] });
    const again = await finished(await startRun('simulate'));
    expect(again.counters).toMatchObject({ added: 0, modified: 0, cleanedUp: 0, membershipsGained: 0 });
  });
});

describe('a kill behind the last chunk', () => {
  it.each([
    { name: 'before the plan is closed', plan: `state = 'applying', closedAt = null, closedByRunId = null` },
    { name: 'before the run is', plan: `state = state` },
  ])('$name ends as the run would have', async ({ plan }) => {
    const login = `late-${Math.random().toString(36).slice(2)}@rehearsal.example`;
    await rehearsal.control.people.create({
      profile: { login, email: login, firstName: 'L', lastName: 'L' },
    });
    const done = await finished(await startRun('apply'));
    const before = dumpDirectory(gatehouse.dataDir).DirectoryUser;
    await gatehouse.end('SIGKILL');
    const database = new BetterSqlite3(databaseFile(gatehouse.dataDir));
    database
      .prepare(`update Run set state = 'applying', counters = null, finishedAt = null where id = ?`)
      .run(done.id);
    database.prepare(`update Plan set ${plan} where runId = ?`).run(done.id);
    database.close();

    gatehouse.start();
    expect(await until(isOver(done.id), 'the end')).toBeLessThan(recovery);
    await gatehouse.ready();

    const run = await gatehouse.call<Run>('GET', `/api/runs/${done.id}`);
    expect(run).toMatchObject({ state: 'done', reason: null, counters: done.counters });
    expect(dumpDirectory(gatehouse.dataDir).DirectoryUser).toEqual(before);
  });
});

describe('a kill before anything is applied', () => {
  it.each(['reading', 'planning'] as const)(
    'while %s leaves the directory, and the run is interrupted',
    async (state) => {
      await rehearsal.control.faults.set({ kind: 'slow', milliseconds: state === 'reading' ? 200 : 20 });
      const before = dumpDirectory(gatehouse.dataDir);
      const runId = await startRun('apply');
      await until((database) => stateOf(runId)(database) === state, state);
      if (state === 'reading') await wait(Math.random() * 500);

      await gatehouse.end('SIGKILL');

      expect(look(stateOf(runId))).toBe(state);
      gatehouse.start();
      expect(await until(isOver(runId), 'the end')).toBeLessThan(recovery);
      await gatehouse.ready();
      const run = await gatehouse.call<Run>('GET', `/api/runs/${runId}`);
      expect(run).toMatchObject({ state: 'interrupted', reason: { code: 'process-ended' } });
      expect(run.finishedAt).not.toBeNull();
      expect(run.steps[0]?.code).toBe('state-interrupted');
      expect(dumpDirectory(gatehouse.dataDir)).toEqual(before);
      await rehearsal.control.faults.clearAll();
      expect((await finished(await startRun('apply'))).state).toBe('done');
    },
  );
});

describe('a stop', () => {
  it('while reading is quick; the run is interrupted', async () => {
    await rehearsal.control.faults.set({ kind: 'slow', milliseconds: 5_000 });
    const runId = await startRun('apply');
    await until((database) => stateOf(runId)(database) === 'reading', 'reading');
    const startedAt = performance.now();

    expect(await gatehouse.end('SIGTERM')).toBe(0);

    expect(performance.now() - startedAt).toBeLessThan(4_500);
    gatehouse.start();
    await until(isOver(runId), 'the end');
    await gatehouse.ready();
    expect(look(stateOf(runId))).toBe('interrupted');
  });

  it('while applying ends between two chunks; the run goes on at the next start', async () => {
    const joining = await letManyJoin(0);
    const before = remember();
    const runId = await startRun('apply');
    await until((database) => rows(runId, 'applied')(database) > 0, 'the first chunk');

    expect(await gatehouse.end('SIGTERM')).toBe(0);

    expect(judge(runId, before).wrong).toEqual([]);
    expect(gatehouse.output).toContain('"msg":"stopped"');
    gatehouse.start();
    await gatehouse.ready();
    expect(await finished(runId)).toMatchObject({ state: 'done', counters: { drifted: 0 } });
    expect(judge(runId, before)).toMatchObject({ before: 0, after: joining, wrong: [] });
  });
});

it('a cancellation that a kill came before still holds: the rest stays as it was', async () => {
  await letManyJoin(1);
  const before = remember();
  const runId = await startRun('apply');
  await until((database) => stateOf(runId)(database) === 'applying', 'applying');
  await gatehouse.end('SIGKILL');
  const { before: left, after } = judge(runId, before);
  expect(left).toBeGreaterThan(0);
  const database = new BetterSqlite3(databaseFile(gatehouse.dataDir));
  database.prepare('update Run set cancelRequestedAt = 1 where id = ?').run(runId);
  database.close();

  gatehouse.start();
  await gatehouse.ready();

  const run = await finished(runId);
  expect(run).toMatchObject({ state: 'cancelled', reason: { code: 'cancelled-by-person' } });
  const result = judge(runId, before);
  expect(result.wrong).toEqual([]);
  expect(result.after).toBeLessThan(after + left);
  expect(run.counters).toMatchObject({ modified: result.after });
});

/** Many people join the group at a place of the list, in Okta. Answers how many. */
async function letManyJoin(place: number): Promise<number> {
  const { groups } = rehearsal.control;
  const team = look((database) =>
    database
      .prepare('select externalId from DirectoryGroup order by name limit 1 offset ?')
      .pluck()
      .get(place),
  ) as string;
  const members = new Set(await groups.members(team));
  const joining = [...remember().people.keys()].filter((id) => !members.has(id)).slice(0, 4_400);
  await groups.changeMembers(team, { add: joining });
  return joining.length;
}

it('a second process on the same data directory names the first, and its run goes on', async () => {
  await rehearsal.control.faults.set({ kind: 'slow', milliseconds: 300, times: 6 });
  const runId = await startRun('simulate');
  const second = await GatehouseProcess.prepare(gatehouse.dataDir, {});

  second.start();

  expect(await second.ended()).toBe(1);
  expect(second.output).toContain('Gatehouse does not start.');
  expect(second.output).toContain(`process ${gatehouse.pid}`);
  expect(second.output).toContain(gatehouse.url);
  expect((await finished(runId)).state).toBe('done');
});
