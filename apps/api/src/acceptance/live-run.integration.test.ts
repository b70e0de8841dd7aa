import { setTimeout as wait } from 'node:timers/promises';
import type { Run } from '@gatehouse/contracts/run';
import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type EventStream, Gatehouse } from './testing.ts';

let rehearsal: Rehearsal;
let gatehouse: Gatehouse;
let connectorId: string;

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 120, groups: 12, rateLimit: 'off' });
  const token = (await rehearsal.control.tokens.create({ name: 'sync', owner: 'read-only-admin' })).value;
  gatehouse = await Gatehouse.start({ allow: [rehearsal.url] });
  connectorId = (await gatehouse.connect({ url: rehearsal.url, token })).id;
});

afterAll(async () => {
  await gatehouse.close();
  await rehearsal.close();
});

beforeEach(() => rehearsal.control.faults.clearAll());

/** Until nothing more comes. */
async function quiet(stream: EventStream): Promise<ReturnType<EventStream['events']>> {
  return vi.waitFor(
    async () => {
      const seen = stream.events().length;
      await wait(700);
      expect(stream.events().length).toBe(seen);
      return stream.events();
    },
    { timeout: 15_000 },
  );
}

it.each(['simulate', 'apply'] as const)(
  'a run (%s) is announced under every topic that shows it',
  async (intent) => {
    const stream = await gatehouse.listen();

    const run = await gatehouse.run(connectorId, intent);

    const events = await quiet(stream);
    stream.cut();
    expect(new Set(events.map(({ topic }) => topic))).toEqual(
      new Set([
        `run/${run.id}`,
        'runs',
        `connector/${connectorId}`,
        'connectors',
        'directory',
        'overview',
        'audit',
      ]),
    );
    const versions = events.map(({ version }) => version);
    expect(versions).toEqual(versions.map((_version, index) => (versions[0] ?? 0) + index));
  },
);

it('whoever fetches at the last event of a run sees its end', async () => {
  const stream = await gatehouse.listen();
  const states: string[] = [];

  const runId = await gatehouse.startRun(connectorId, 'simulate');
  let seen = 0;
  const isOver = (state: string | undefined) => state === 'done';
  for (const until = Date.now() + 20_000; Date.now() < until && !isOver(states.at(-1)); await wait(10)) {
    const events = stream.events().filter(({ topic }) => topic === `run/${runId}`);
    if (events.length === seen) continue;
    seen = events.length;
    states.push((await gatehouse.get<Run>(`/api/runs/${runId}`)).state);
  }

  stream.cut();
  expect(states.at(-1)).toBe('done');
});

it('progress is announced while it reads, not only at its end', async () => {
  await rehearsal.control.faults.set({ kind: 'slow', milliseconds: 400, times: 5 });
  const stream = await gatehouse.listen();
  const runId = await gatehouse.startRun(connectorId, 'simulate');

  const progress = await vi.waitFor(
    async () => {
      expect(stream.events().filter(({ topic }) => topic === `run/${runId}`).length).toBeGreaterThan(2);
      const run = await gatehouse.get<Run>(`/api/runs/${runId}`);
      expect(run.state).toBe('reading');
      expect(run.progress?.calls).toBeGreaterThan(0);
      return run.progress;
    },
    { timeout: 20_000, interval: 20 },
  );

  stream.cut();
  expect(progress?.calls).toBeGreaterThan(0);
  await gatehouse.finished(runId);
});

it('a stream that breaks in the middle of a run goes on behind its last event, without a gap', async () => {
  await rehearsal.control.faults.set({ kind: 'slow', milliseconds: 150, times: 6 });
  const whole = await gatehouse.listen();
  const first = await gatehouse.listen();
  const runId = await gatehouse.startRun(connectorId, 'apply');
  await vi.waitFor(() => expect(first.events().length).toBeGreaterThan(2), { timeout: 10_000 });
  first.cut();
  const before = first.events();
  await gatehouse.finished(runId);

  const second = await gatehouse.listen(before.at(-1)?.version);

  const all = await quiet(whole);
  const after = await quiet(second);
  whole.cut();
  second.cut();
  expect(after.length).toBeGreaterThan(2);
  expect([...before, ...after]).toEqual(all);
});

it('an id from before a restart asks to fetch everything anew', async () => {
  const stream = await gatehouse.listen(1);

  await vi.waitFor(() => expect(stream.events().map(({ topic }) => topic)).toEqual(['reset']));
  stream.cut();
});
