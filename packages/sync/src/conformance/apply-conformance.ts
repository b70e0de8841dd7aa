import { describe, expect, it } from 'vitest';
import { SyncError } from '../ports.ts';
import { changeOfGroup, changeOfUser, groupChange, userChange, userState } from './harness.ts';
import type { StoresBench } from './stores-bench.ts';

export function describeDrift(bench: StoresBench): void {
  describe('drift', () => {
    it('leaves out rows whose subject changed in between, and only those', async () => {
      const ada = await bench.harness.addUser({ username: 'ada', externalId: '00u1' });
      const bo = await bench.harness.addUser({ username: 'bo', externalId: '00u2' });
      const team = await bench.harness.addGroup({ name: 'Team', externalId: '00g1' });
      const planId = await bench.store(
        [
          await changeOfGroup(bench.harness, team, { after: { name: 'Renamed', description: '' } }),
          await changeOfUser(bench.harness, ada, {
            after: { ...userState('ada'), lastName: 'New' },
            groupsAdded: [0],
          }),
          await changeOfUser(bench.harness, bo, { after: { ...userState('bo'), lastName: 'New' } }),
        ],
        [{ ordinal: 0, groupId: team, externalId: '00g1', name: 'Team' }],
      );
      await bench.harness.touchGroup(team);
      await bench.harness.touchUser(ada);

      const { chunks, counters } = await bench.apply(planId);

      expect(chunks).toEqual([{ applied: 1, drifted: 2 }]);
      expect(counters).toMatchObject({ modified: 1, groupsModified: 0, drifted: 2, membershipsGained: 0 });
      expect(await bench.harness.changeStates(planId)).toEqual(['drifted', 'drifted', 'applied']);
      const content = await bench.harness.directory();
      expect(content.groups[0]?.name).toBe('Team');
      expect(content.memberships).toEqual([]);
      expect(content.users.map((user) => user.lastName)).toEqual(['', 'New']);
    });

    it('leaves out a person who exists by now', async () => {
      const planId = await bench.store([userChange('00u1', 'ada'), userChange('00u2', 'bo')]);
      await bench.harness.addUser({ username: 'ada-2', externalId: '00u1' });

      const { counters } = await bench.apply(planId);

      expect(counters).toMatchObject({ added: 1, drifted: 1 });
      expect([...(await bench.usersByName()).keys()].sort()).toEqual(['ada-2', 'bo']);
    });

    it('leaves out a row whose name somebody else took', async () => {
      const bo = await bench.harness.addUser({ username: 'bo', externalId: '00u2' });
      const planId = await bench.store([
        groupChange('00g1', 'Équipe'),
        userChange('00u1', 'Ada'),
        await changeOfUser(bench.harness, bo, { after: { ...userState('eve'), active: true } }),
        userChange('00u3', 'carl'),
      ]);
      await bench.harness.addUser({ username: 'ADA', externalId: null, owner: 'local' });
      await bench.harness.addUser({ username: 'Eve', externalId: '00u9', owner: 'other-connector' });
      await bench.harness.addGroup({ name: 'équipe', externalId: null, owner: 'local' });

      const { counters } = await bench.apply(planId);

      expect(counters).toMatchObject({ added: 1, modified: 0, groupsAdded: 0, drifted: 3 });
      expect(await bench.harness.changeStates(planId)).toEqual(['drifted', 'drifted', 'drifted', 'applied']);
    });

    it('leaves a membership out whose new group drifted', async () => {
      const planId = await bench.store(
        [groupChange('00g1', 'Team'), userChange('00u1', 'ada', { groupsAdded: [0] })],
        [{ ordinal: 0, groupId: null, externalId: '00g1', name: 'Team' }],
      );
      await bench.harness.addGroup({ name: 'team', externalId: null, owner: 'local' });

      const { counters } = await bench.apply(planId);

      expect(counters).toMatchObject({ added: 1, drifted: 1, membershipsGained: 0 });
      expect((await bench.harness.directory()).memberships).toEqual([]);
    });
  });
}

export function describeNamesThatChangeHands(bench: StoresBench): void {
  describe('names that change hands', () => {
    it('lets two people swap their names', async () => {
      const ada = await bench.harness.addUser({ username: 'ada', externalId: '00u1' });
      const bo = await bench.harness.addUser({ username: 'bo', externalId: '00u2' });
      const planId = await bench.store([
        await changeOfUser(bench.harness, ada, { after: userState('bo') }),
        await changeOfUser(bench.harness, bo, { after: userState('ada') }),
      ]);

      const { counters } = await bench.apply(planId);

      expect(counters).toMatchObject({ modified: 2, drifted: 0 });
      const users = await bench.usersByName();
      expect([users.get('bo')?.id, users.get('ada')?.id]).toEqual([ada, bo]);
    });

    it('lets a new group have the name of a deleted or renamed one, in the same chunk or a later one', async () => {
      const old = await bench.harness.addGroup({ name: 'jira-users', externalId: '00g1' });
      const renamed = await bench.harness.addGroup({ name: 'Ops', externalId: '00g2' });
      const planId = await bench.store([
        await changeOfGroup(bench.harness, old, {
          operation: 'delete',
          category: 'cleaned-up',
          after: null,
        }),
        await changeOfGroup(bench.harness, renamed, { after: { name: 'Operations', description: '' } }),
        groupChange('00g3', 'Jira-Users'),
        ...Array.from({ length: 2100 }, (_, index) => groupChange(`00gx${index}`, `Group ${index}`)),
        groupChange('00gy', 'OPS'),
      ]);

      const { counters } = await bench.apply(planId);

      expect(counters).toMatchObject({ drifted: 0, groupsAdded: 2102, groupsModified: 1 });
      const names = (await bench.harness.directory()).groups.map((group) => group.name);
      expect(names).toContain('Jira-Users');
      expect(names).toContain('OPS');
      expect(names).toContain('Operations');
    });

    it('changes the letters of a name only in case', async () => {
      const ada = await bench.harness.addUser({ username: 'ada', externalId: '00u1' });
      const planId = await bench.store([await changeOfUser(bench.harness, ada, { after: userState('ADA') })]);

      expect((await bench.apply(planId)).counters).toMatchObject({ modified: 1, drifted: 0 });
      expect([...(await bench.usersByName()).keys()]).toEqual(['ADA']);
    });
  });
}

export function describeTheFence(bench: StoresBench): void {
  describe('the fence', () => {
    it('stops a run that lost its lease, with nothing written', async () => {
      const planId = await bench.store([userChange('00u1', 'ada')]);
      await bench.harness.applier.begin(planId, bench.key);
      const lost = bench.key;
      await bench.nextRun();

      await expect(bench.harness.applier.applyChunk(planId, lost)).rejects.toMatchObject({
        code: 'lease-lost',
      });
      await expect(bench.harness.applier.begin(planId, lost)).rejects.toBeInstanceOf(SyncError);
      expect((await bench.harness.directory()).users).toEqual([]);
      expect(await bench.harness.changeStates(planId)).toEqual(['pending']);
    });

    it('lets the one that has the lease go on where the other stopped', async () => {
      const people = Array.from({ length: 2100 }, (_, index) =>
        userChange(`00u${String(index).padStart(5, '0')}`, `p${index}`),
      );
      const planId = await bench.store(people);
      await bench.harness.applier.begin(planId, bench.key);
      const first = await bench.harness.applier.applyChunk(planId, bench.key);
      await bench.nextRun();

      const resumed = await bench.apply(planId);

      expect(resumed.pending).toBe(2100 - (first?.applied ?? 0));
      expect(resumed.counters.added).toBe(2100);
      expect((await bench.harness.directory()).users).toHaveLength(2100);
    });
  });
}

export function describeAPlanThatItsRunClosed(bench: StoresBench): void {
  describe('a plan that its run closed before a crash', () => {
    it.each([
      { name: 'to its end', chunks: Number.POSITIVE_INFINITY, state: 'applied' },
      { name: 'after a cancellation', chunks: 1, state: 'discarded' },
    ])('$name is closed, and says the same again', async ({ chunks, state }) => {
      const { applier } = bench.harness;
      const people = Array.from({ length: 2100 }, (_, index) =>
        userChange(`00u${String(index).padStart(5, '0')}`, `p${index}`),
      );
      const planId = await bench.store(people);
      const { runId } = bench.key;
      await applier.begin(planId, bench.key);
      for (let done = 0; done < chunks; done += 1) {
        if ((await applier.applyChunk(planId, bench.key)) === null) break;
      }
      const counters = await applier.finish(planId, bench.key);
      const before = await bench.harness.directory();
      const resumed = { ...(await bench.nextRun()), runId };

      const { pending } = await applier.begin(planId, resumed);

      expect(pending).toBe(2100 - counters.added);
      expect(await applier.applyChunk(planId, resumed)).toBeNull();
      expect(await applier.finish(planId, resumed)).toEqual(counters);
      expect(await bench.harness.directory()).toEqual(before);
      expect(await bench.harness.planState(planId)).toBe(state);
    });
  });
}

export function describeAPlanThatCannotBeApplied(bench: StoresBench): void {
  describe('a plan that cannot be applied', () => {
    it('was applied already', async () => {
      const planId = await bench.store([userChange('00u1', 'ada')]);
      await bench.apply(planId);
      await bench.nextRun();

      await expect(bench.harness.applier.begin(planId, bench.key)).rejects.toMatchObject({
        code: 'plan-not-open',
      });
    });

    it('was made with other settings', async () => {
      const planId = await bench.store([userChange('00u1', 'ada')]);
      const key = await bench.nextRun();
      const otherKey = { ...key, settingsVersion: key.settingsVersion + 1 };

      await expect(bench.harness.applier.begin(planId, otherKey)).rejects.toMatchObject({
        code: 'settings-changed',
      });
      expect(await bench.harness.planState(planId)).toBe('open');
    });
  });
}
