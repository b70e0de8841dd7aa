import type { Connector } from '@gatehouse/contracts/connector';
import type { Run } from '@gatehouse/contracts/run';
import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Gatehouse } from './testing.ts';

let rehearsal: Rehearsal;
let token: string;
let gatehouse: Gatehouse;
let connectorId: string;

beforeAll(async () => {
  rehearsal = await startRehearsal({ users: 60, groups: 12, rateLimit: 'off' });
  token = (await rehearsal.control.tokens.create({ name: 'sync', owner: 'read-only-admin' })).value;
});

afterAll(() => rehearsal.close());

beforeEach(async () => {
  await rehearsal.control.regenerate({ users: 60, groups: 12, seed: 7 });
  gatehouse = await Gatehouse.start({ allow: [rehearsal.url] });
  connectorId = (await gatehouse.connect({ url: rehearsal.url, token })).id;
});

afterEach(() => gatehouse.close());

describe('a plan is refused', () => {
  async function simulated(): Promise<Run> {
    return gatehouse.run(connectorId, 'simulate');
  }

  async function changeSchedule(): Promise<void> {
    const { settings, settingsVersion, name } = await gatehouse.connector(connectorId);
    const value = { expression: '0 */4 * * *', dialect: 'unix', timeZone: 'UTC' };
    await gatehouse.call('PUT', `/api/connectors/${connectorId}`, 200, {
      expectedVersion: settingsVersion,
      name,
      settings: { ...settings, schedule: { enabled: true, value } },
    });
  }

  it('when its settings changed, and the plan names them', async () => {
    const run = await simulated();
    const before = gatehouse.dump();
    await changeSchedule();

    const answer = await gatehouse.tryApply(run.id);

    expect(answer.status).toBe(409);
    expect(answer.json).toMatchObject({
      code: 'plan-settings-changed',
      facts: { plannedVersion: 1, version: 2 },
    });
    expect((await gatehouse.plan(run.id)).applicable).toMatchObject({
      possible: false,
      reasons: [{ code: 'settings-changed' }],
      settingsChanged: ['Enable Scheduled Synchronization', 'interval'],
    });
    expect(gatehouse.dump()).toEqual(before);
  });

  it.each<{ name: string; prepare: (run: Run) => Promise<unknown>; planId?: string; code: string }>([
    {
      name: 'by another id',
      prepare: async () => {},
      planId: 'AAAAAAAAAAAAAAAAAAAAAA',
      code: 'plan-differs',
    },
    { name: 'the second time', prepare: (run) => gatehouse.apply(run.id), code: 'plan-closed' },
    {
      name: 'once discarded',
      prepare: (run) => gatehouse.call('POST', `/api/runs/${run.id}/discard`, 200),
      code: 'plan-closed',
    },
    {
      name: 'while another run is in progress',
      prepare: async () => {
        await rehearsal.control.faults.set({ kind: 'slow', milliseconds: 300, times: 3 });
        await gatehouse.startRun(connectorId, 'simulate');
      },
      code: 'run-in-progress',
    },
    {
      name: 'once a newer one is there',
      prepare: () => gatehouse.run(connectorId, 'simulate'),
      code: 'plan-closed',
    },
  ])('$name: $code', async ({ prepare, planId, code }) => {
    const run = await simulated();
    await prepare(run);
    const before = gatehouse.dump();

    const answer = await gatehouse.tryApply(run.id, planId);

    expect(answer.status).toBe(409);
    expect(answer.json).toMatchObject({ code });
    expect(gatehouse.dump()).toEqual(before);
    await rehearsal.control.faults.clearAll();
  });

  it('before there is one', async () => {
    await rehearsal.control.faults.set({ kind: 'html' });
    const run = await gatehouse.run(connectorId, 'simulate');
    await rehearsal.control.faults.clearAll();

    const answer = await gatehouse.tryApply(run.id, 'AAAAAAAAAAAAAAAAAAAAAA');

    expect(run.state).toBe('failed');
    expect([answer.status, answer.json.code]).toEqual([409, 'no-plan']);
  });
});

describe('of two at the same moment', () => {
  it('one applies the plan', async () => {
    const run = await gatehouse.run(connectorId, 'simulate');

    const answers = await Promise.all([1, 2, 3].map(() => gatehouse.tryApply(run.id)));

    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
    const refusals = answers.filter(({ status }) => status === 409).map(({ json }) => json.code);
    expect(refusals.every((code) => code === 'run-in-progress' || code === 'plan-closed')).toBe(true);
    const winner = answers.find(({ status }) => status === 202)?.json.id;
    expect(await gatehouse.finished(Number(winner))).toMatchObject({
      state: 'done',
      counters: { drifted: 0 },
    });
    expect(await gatehouse.all('/api/runs')).toHaveLength(2);
  });

  it.each(['simulate', 'apply'] as const)('one run is made (%s)', async (intent) => {
    const path = `/api/connectors/${connectorId}/runs`;

    const answers = await Promise.all(
      [1, 2, 3].map(() => gatehouse.admin.send('POST', path, { body: { intent } })),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
    const refused = answers.find(({ status }) => status === 409)?.json;
    const made = answers.find(({ status }) => status === 202)?.json;
    expect(refused).toMatchObject({ code: 'run-in-progress', facts: { runId: made?.id } });
    expect((await gatehouse.finished(Number(made?.id))).state).toBe('done');
  });

  it.each<{ name: string; change: (form: ConnectorForm, tab: number) => ConnectorForm }>([
    { name: 'names', change: (form, tab) => ({ ...form, name: `Tab ${tab}` }) },
    {
      name: 'schedules',
      change: (form, tab) => ({ ...form, settings: { ...form.settings, schedule: daily(tab) } }),
    },
    {
      name: 'a name and a schedule',
      change: (form, tab) =>
        tab === 1
          ? { ...form, name: 'Tab 1' }
          : { ...form, settings: { ...form.settings, schedule: daily(2) } },
    },
  ])('tab saves ($name), the other is told, and nothing is overwritten', async ({ change }) => {
    const { settings, settingsVersion, name } = await gatehouse.connector(connectorId);
    const form = { expectedVersion: settingsVersion, expectedName: name, name, settings };
    const save = (tab: number) =>
      gatehouse.admin.send('PUT', `/api/connectors/${connectorId}`, { body: change(form, tab) });

    const answers = [await save(1), await save(2)];

    expect(answers.map(({ status }) => status)).toEqual([200, 409]);
    expect(answers[1]?.json).toMatchObject({
      code: 'version-conflict',
      detail: expect.stringMatching(/Ann Admin saved|renamed to “Tab 1”/),
    });
    const { name: savedName, settings: saved } = await gatehouse.connector(connectorId);
    expect({ name: savedName, settings: saved }).toMatchObject({
      name: change(form, 1).name,
      settings: change(form, 1).settings,
    });
  });
});

type ConnectorForm = Pick<Connector, 'name' | 'settings'> & { expectedVersion: number; expectedName: string };

function daily(hour: number): Connector['settings']['schedule'] {
  return { enabled: true, value: { expression: `0 ${hour} * * *`, dialect: 'unix', timeZone: 'UTC' } };
}
