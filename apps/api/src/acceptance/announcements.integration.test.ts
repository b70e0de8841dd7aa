import { setTimeout as wait } from 'node:timers/promises';
import { type Rehearsal, startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { afterEach, expect, it } from 'vitest';
import { Gatehouse, readDatabase } from './testing.ts';

let rehearsal: Rehearsal;
let gatehouse: Gatehouse;

afterEach(async () => {
  await gatehouse.close();
  await rehearsal.close();
});

async function connected(users: number, groups: number): Promise<string> {
  rehearsal = await startRehearsal({ users, groups, rateLimit: 'off' });
  const token = (await rehearsal.control.tokens.create({ name: 'sync', owner: 'read-only-admin' })).value;
  gatehouse = await Gatehouse.start({ allow: [rehearsal.url] });
  return (await gatehouse.connect({ url: rehearsal.url, token })).id;
}

type Event = { kind: string; operation: string; subjectId: number; epoch: string };

function announced(): { epoch: string; events: Event[] } {
  return readDatabase(gatehouse.app.config.dataDir, (database) => ({
    epoch: database.prepare('select eventEpoch from Directory').pluck().get() as string,
    events: database
      .prepare('select kind, operation, subjectId, epoch from DirectoryEvent order by id')
      .all() as Event[],
  }));
}

function count<T>(rows: readonly T[], matches: (row: T) => boolean): number {
  return rows.filter(matches).length;
}

it('up to 5,000 changes are told to the products one by one, groups first, in the epoch that was', async () => {
  const connectorId = await connected(60, 12);
  const before = announced();

  const { counters } = await gatehouse.run(connectorId, 'apply');

  const { epoch, events } = announced();
  expect(epoch).toBe(before.epoch);
  expect(new Set(events.map((event) => event.epoch))).toEqual(new Set([epoch]));
  expect(count(events, ({ kind }) => kind === 'group')).toBe(counters?.groupsAdded);
  expect(count(events, ({ kind }) => kind === 'user')).toBe(counters?.added);
  const members = Object.values((await gatehouse.directory()).users).filter(
    ({ groups }) => groups.length > 0,
  );
  expect(count(events, ({ kind }) => kind === 'membership')).toBe(members.length);
  expect(
    events.every(({ kind, operation }) => operation === (kind === 'membership' ? 'UPDATED' : 'CREATED')),
  ).toBe(true);
  const kinds = events.map(({ kind }) => kind).filter((kind, index, all) => kind !== all[index - 1]);
  expect(kinds).toEqual(['group', 'user', 'membership']);
});

it('a group with another name makes every product read anew', async () => {
  const connectorId = await connected(60, 12);
  await gatehouse.run(connectorId, 'apply');
  const [team = ''] = Object.keys((await gatehouse.directory()).groups);
  const before = announced();
  await rehearsal.control.groups.edit(team, { name: 'Renamed team' });

  await gatehouse.run(connectorId, 'apply');

  const after = announced();
  expect(after.epoch).not.toBe(before.epoch);
  expect(after.events).toEqual(before.events);
});

it('more than 5,000 changes write no event: a new epoch with the first chunk and another with the last', async () => {
  const connectorId = await connected(3_200, 40);
  const epochs = new Set([announced().epoch]);
  const runId = await gatehouse.startRun(connectorId, 'apply');
  let isOver = false;
  const run = gatehouse.finished(runId).finally(() => {
    isOver = true;
  });

  while (!isOver) {
    epochs.add(announced().epoch);
    await wait(5);
  }
  epochs.add(announced().epoch);

  const { state, counters } = await run;
  expect(state).toBe('done');
  expect(counters?.added).toBeGreaterThan(2_000);
  expect(epochs.size).toBe(3);
  expect(announced().events).toEqual([]);
});
