import { describe, expect, it } from 'vitest';
import type { SnapshotFacts } from '../source.ts';
import type { HarnessFactory } from './harness.ts';
import { emptyFacts, sourceGroup, sourceUser } from './harness.ts';
import { StoresBench } from './stores-bench.ts';

/** Ids that a case-insensitive or UTF-16 order would put otherwise, in the order of their bytes. */
const idsInByteOrder = ['00uA', '00uZ', '00ua', '00uaa', '00uz', '00u\uff5e', '00u\u{1f600}'];

/** What every `SnapshotStore` and its `PlanningView` must do. */
export function describeSnapshotStore(name: string, create: HarnessFactory): void {
  describe(`SnapshotStore on ${name}`, () => {
    const bench = StoresBench.within(create);
    describeStaging(bench);
    describeAbsences(bench);
    describeTheFactsOfEarlierRuns(bench);
    describePlanningView(bench);
    describeLookups(bench);
  });
}

function describeStaging(bench: StoresBench): void {
  describe('staging', () => {
    it('keeps a person who comes twice once, with the later record', async () => {
      const id = await bench.stage({}, async (snapshotId) => {
        const sink = bench.harness.snapshots.sink(snapshotId);
        await sink.users([sourceUser('00u1', 'old'), sourceUser('00u1', 'newer')]);
        await sink.users([sourceUser('00u1', 'newest')]);
        await sink.groups([sourceGroup('00g1', 'Old'), sourceGroup('00g1', 'New')]);
      });

      const pairs = await bench.view(id, async (opened) => [
        await collect(opened.users()),
        await collect(opened.groups()),
      ]);

      expect(pairs[0]).toEqual([{ key: '00u1', source: sourceUser('00u1', 'newest'), directory: null }]);
      expect(pairs[1]).toEqual([{ key: '00g1', source: sourceGroup('00g1', 'New'), directory: null }]);
    });

    it('lets a readable record follow an unreadable one and the other way round', async () => {
      const unreadable = {
        externalId: '00u1',
        failure: { code: 'record-unreadable', facts: { field: 'status' } },
        label: 'who',
      };
      const id = await bench.stage({}, async (snapshotId) => {
        const sink = bench.harness.snapshots.sink(snapshotId);
        await sink.users([unreadable]);
        await sink.users([sourceUser('00u1', 'readable')]);
        await sink.users([sourceUser('00u2', 'readable')]);
        await sink.users([{ ...unreadable, externalId: '00u2' }]);
      });

      const pairs = await bench.view(id, (opened) => collect(opened.users()));

      expect(pairs.map((pair) => pair.source)).toEqual([
        sourceUser('00u1', 'readable'),
        { ...unreadable, externalId: '00u2' },
      ]);
    });

    it('empties the unfinished snapshot of a run that begins again', async () => {
      const first = await bench.harness.snapshots.begin(bench.key);
      await bench.harness.snapshots.sink(first).users([sourceUser('00u1', 'left-over')]);
      await bench.harness.snapshots.sink(first).members('00g1', 0, ['00u1']);

      const id = await bench.stage({}, async (snapshotId) => {
        await bench.harness.snapshots.sink(snapshotId).users([sourceUser('00u2', 'new')]);
      });

      await bench.view(id, async (opened) => {
        expect((await collect(opened.users())).map((pair) => pair.key)).toEqual(['00u2']);
        expect(await collect(opened.memberPages())).toEqual([]);
      });
    });

    it('replaces a page of members that comes again', async () => {
      const id = await bench.stage({}, async (snapshotId) => {
        const sink = bench.harness.snapshots.sink(snapshotId);
        await sink.groups([sourceGroup('00g1', 'One')]);
        await sink.members('00g1', 0, ['00u1', '00u2']);
        await sink.members('00g1', 0, ['00u3']);
      });

      expect(await bench.view(id, (opened) => collect(opened.memberPages()))).toEqual([
        { groupExternalId: '00g1', memberIds: ['00u3'] },
      ]);
    });

    it('answers text as it came', async () => {
      const nasty = sourceUser('00u1', `Robert'); DROP TABLE "x";-- \u202e<b>\u{1f600}`);
      const id = await bench.stage({}, (snapshotId) =>
        bench.harness.snapshots.sink(snapshotId).users([nasty]),
      );

      expect((await bench.view(id, (opened) => collect(opened.users())))[0]?.source).toEqual(nasty);
    });
  });
}

function describeAbsences(bench: StoresBench): void {
  describe('absences', () => {
    it('counts active people of this connector who are not in the snapshot', async () => {
      await bench.harness.addUser({ username: 'here', externalId: '00u1' });
      await bench.harness.addUser({ username: 'away', externalId: '00u2' });
      await bench.harness.addUser({ username: 'off', externalId: '00u3', active: false });
      await bench.harness.addUser({ username: 'other', externalId: '00u4', owner: 'other-connector' });
      await bench.harness.addUser({ username: 'local', externalId: null, owner: 'local' });
      await bench.harness.addUser({ username: 'case', externalId: '00U1' });
      const id = await bench.harness.snapshots.begin(bench.key);
      await bench.harness.snapshots.sink(id).users([sourceUser('00u1', 'here')]);

      const absent = await bench.harness.snapshots.absentPeople(id, bench.key.connectorId);

      expect(absent.total).toBe(2);
      expect([...(await absent.sample(50))].sort()).toEqual(['00U1', '00u2']);
      expect(await absent.sample(1)).toHaveLength(1);
    });

    it('takes the answers, the later one for the same person', async () => {
      const id = await bench.stage({}, async (snapshotId) => {
        await bench.harness.snapshots.recordAbsences(snapshotId, [
          { externalId: '00u1', answer: 'unknown' },
          { externalId: '00u2', answer: 'deprovisioned' },
        ]);
        await bench.harness.snapshots.recordAbsences(snapshotId, [{ externalId: '00u1', answer: 'gone' }]);
      });

      const absences = await bench.view(id, (opened) => opened.absences());

      expect([...absences].sort()).toEqual([
        ['00u1', 'gone'],
        ['00u2', 'deprovisioned'],
      ]);
    });
  });
}

function describeTheFactsOfEarlierRuns(bench: StoresBench): void {
  describe('the facts of earlier runs', () => {
    it('has none at first', async () => {
      expect(await bench.harness.snapshots.lastGood(bench.key.connectorId, bench.key.runId)).toBeNull();
      expect(await bench.harness.snapshots.lastRead(bench.key.connectorId, bench.key.runId)).toBeNull();
    });

    it('does not measure by a held read, an incomplete one, one without a plan, or itself', async () => {
      await bench.plannedRun({ usersRead: 100 }, 'pass');
      await bench.nextRun();
      await bench.plannedRun({ usersRead: 7 }, 'hold');
      await bench.nextRun();
      await bench.plannedRun({ usersRead: 5, usersComplete: false }, 'pass');
      await bench.nextRun();
      await bench.harness.snapshots.finish(await bench.harness.snapshots.begin(bench.key), {
        ...emptyFacts,
        usersRead: 3,
      });
      await bench.nextRun();
      await bench.plannedRun({ usersRead: 1 }, 'pass');

      expect(
        (await bench.harness.snapshots.lastGood(bench.key.connectorId, bench.key.runId))?.usersRead,
      ).toBe(100);
      expect(
        (await bench.harness.snapshots.lastRead(bench.key.connectorId, bench.key.runId))?.usersRead,
      ).toBe(5);
    });

    it('keeps every fact', async () => {
      const facts: SnapshotFacts = {
        ...emptyFacts,
        owner: null,
        recordsWithoutId: { users: 0, groups: 2 },
        gaps: [{ code: 'records-without-id', facts: { collection: 'groups', count: 2 } }],
      };
      await bench.plannedRun(facts, 'pass');
      await bench.nextRun();

      expect(await bench.harness.snapshots.lastRead(bench.key.connectorId, bench.key.runId)).toEqual(facts);
    });
  });
}

function describePlanningView(bench: StoresBench): void {
  describe('PlanningView', () => {
    it('pairs in the order of bytes, with ids that differ by case only kept apart', async () => {
      const fromSource = idsInByteOrder.filter((_, index) => index % 2 === 0);
      const fromDirectory = idsInByteOrder.filter((_, index) => index % 2 === 1 || index === 2);
      for (const [index, externalId] of fromDirectory.entries()) {
        await bench.harness.addUser({ username: `name-${index}`, externalId });
        await bench.harness.addGroup({ name: `name-${index}`, externalId });
      }
      const id = await bench.stage({}, async (snapshotId) => {
        const sink = bench.harness.snapshots.sink(snapshotId);
        await sink.users([...fromSource].reverse().map((externalId) => sourceUser(externalId, 'x')));
        await sink.groups([...fromSource].reverse().map((externalId) => sourceGroup(externalId, 'x')));
      });

      await bench.view(id, async (opened) => {
        for (const pairs of [await collect(opened.users()), await collect(opened.groups())]) {
          expect(pairs.map((pair) => pair.key)).toEqual(idsInByteOrder);
          expect(pairs.filter((pair) => pair.source !== null).map((pair) => pair.key)).toEqual(fromSource);
          expect(pairs.filter((pair) => pair.directory !== null).map((pair) => pair.key)).toEqual(
            fromDirectory,
          );
        }
      });
    });

    it('shows this connector’s rows only, active or not', async () => {
      const mine = await bench.harness.addUser({ username: 'mine', externalId: '00u1', active: false });
      await bench.harness.addUser({ username: 'theirs', externalId: '00u2', owner: 'other-connector' });
      await bench.harness.addUser({ username: 'local', externalId: null, owner: 'local' });
      const team = await bench.harness.addGroup({ name: 'Team', externalId: '00g1', description: 'd' });
      await bench.harness.addGroup({ name: 'Local', externalId: null, owner: 'local' });
      const id = await bench.stage({}, async () => {});

      await bench.view(id, async (opened) => {
        const users = await collect(opened.users());
        expect(users).toMatchObject([
          { key: '00u1', source: null, directory: { id: mine, username: 'mine', active: false } },
        ]);
        expect(await collect(opened.groups())).toMatchObject([
          { key: '00g1', source: null, directory: { id: team, name: 'Team', description: 'd' } },
        ]);
      });
    });

    it('comes in batches of at most 500, again from the start at each call', async () => {
      const rows = Array.from({ length: 1203 }, (_, index) => sourceUser(idOf(index), `p${index}`));
      const id = await bench.stage({}, async (snapshotId) => {
        for (let from = 0; from < rows.length; from += 200) {
          await bench.harness.snapshots.sink(snapshotId).users(rows.slice(from, from + 200));
        }
      });

      await bench.view(id, async (opened) => {
        for await (const _batch of opened.users()) break;
        const sizes: number[] = [];
        const keys: string[] = [];
        for await (const batch of opened.users()) {
          sizes.push(batch.length);
          keys.push(...batch.map((pair) => pair.key));
        }
        expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
        expect(keys).toEqual(rows.map((row) => row.externalId));
      });
    });
  });
}

function describeLookups(bench: StoresBench): void {
  describe('the look-ups of PlanningView', () => {
    it('streams member pages by group and page', async () => {
      const id = await bench.stage({}, async (snapshotId) => {
        const sink = bench.harness.snapshots.sink(snapshotId);
        await sink.members('00gb', 0, ['00u3']);
        await sink.members('00gB', 1, ['00u2']);
        await sink.members('00gB', 0, ['00u1']);
      });

      expect(await bench.view(id, (opened) => collect(opened.memberPages()))).toEqual([
        { groupExternalId: '00gB', memberIds: ['00u1'] },
        { groupExternalId: '00gB', memberIds: ['00u2'] },
        { groupExternalId: '00gb', memberIds: ['00u3'] },
      ]);
    });

    it('knows groups that vanished and groups whose members are not known', async () => {
      const id = await bench.stage({}, async (snapshotId) => {
        const sink = bench.harness.snapshots.sink(snapshotId);
        await sink.groups([sourceGroup('00g1', 'Here'), sourceGroup('00g2', 'Gone')]);
        await sink.groups([
          { externalId: '00g3', failure: { code: 'record-unreadable', facts: {} }, label: '' },
        ]);
        await sink.groupGone('00g2');
      });

      await bench.view(id, async (opened) => {
        expect([...(await opened.goneGroups())]).toEqual(['00g2']);
        expect([...(await opened.incompleteGroups())]).toEqual(['00g3']);
      });
    });

    it('answers memberships of this connector’s origin only, sorted', async () => {
      const user = await bench.harness.addUser({ username: 'one', externalId: '00u1' });
      const lonely = await bench.harness.addUser({ username: 'two', externalId: '00u2' });
      const first = await bench.harness.addGroup({ name: 'First', externalId: '00g1' });
      const second = await bench.harness.addGroup({ name: 'Second', externalId: '00g2' });
      const third = await bench.harness.addGroup({ name: 'Third', externalId: '00g3' });
      await bench.harness.addMembership(user, third, 'connector');
      await bench.harness.addMembership(user, first, 'connector');
      await bench.harness.addMembership(user, first, 'hand');
      await bench.harness.addMembership(user, second, 'hand');
      const id = await bench.stage({}, async () => {});

      await bench.view(id, async (opened) => {
        const memberships = await opened.memberships([user, lonely]);
        expect(memberships.get(user)).toEqual([first, third].sort((a, b) => a - b));
        expect(memberships.get(lonely) ?? []).toEqual([]);
        expect(await opened.totals()).toEqual({ users: 2, activeUsers: 2, groups: 3, memberships: 2 });
      });
    });

    it('tells who holds a folded name', async () => {
      const mine = await bench.harness.addUser({ username: 'Élodie', externalId: '00u1' });
      const other = await bench.harness.addUser({
        username: 'Other',
        externalId: '00u2',
        owner: 'other-connector',
      });
      const local = await bench.harness.addUser({ username: 'Local', externalId: null, owner: 'local' });
      const team = await bench.harness.addGroup({ name: 'Élodie', externalId: '00g1' });
      const id = await bench.stage({}, async () => {});

      await bench.view(id, async (opened) => {
        const users = await opened.holdersOfUserNames(['élodie', 'other', 'local', 'nobody']);
        expect(users.get('élodie')).toEqual({
          id: mine,
          name: 'Élodie',
          externalId: '00u1',
          ownedByThisConnector: true,
        });
        expect(users.get('other')).toMatchObject({ id: other, ownedByThisConnector: false });
        expect(users.get('local')).toEqual({
          id: local,
          name: 'Local',
          externalId: null,
          ownedByThisConnector: false,
        });
        expect(users.has('nobody')).toBe(false);
        expect((await opened.holdersOfGroupNames(['élodie', 'local'])).get('élodie')?.id).toBe(team);
        expect((await opened.holdersOfGroupNames(['local'])).size).toBe(0);
      });
    });
  });
}

function idOf(index: number): string {
  return `00u${String(index).padStart(5, '0')}`;
}

async function collect<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}
