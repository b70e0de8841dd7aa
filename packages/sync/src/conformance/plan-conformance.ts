import { describe, expect, it } from 'vitest';
import {
  describeAPlanThatCannotBeApplied,
  describeAPlanThatItsRunClosed,
  describeDrift,
  describeNamesThatChangeHands,
  describeTheFence,
} from './apply-conformance.ts';
import type { HarnessFactory } from './harness.ts';
import { changeOfGroup, changeOfUser, emptyFacts, groupChange, userChange, userState } from './harness.ts';
import { StoresBench } from './stores-bench.ts';

/** What every `PlanStore` and `PlanApplier` must do. */
export function describePlanStore(name: string, create: HarnessFactory): void {
  describe(`PlanStore and PlanApplier on ${name}`, () => {
    const bench = StoresBench.within(create);
    describeWritingAPlan(bench);
    describeApplying(bench);
    describeApplyingExactly(bench);
    describeDrift(bench);
    describeNamesThatChangeHands(bench);
    describeTheFence(bench);
    describeAPlanThatCannotBeApplied(bench);
    describeAPlanThatItsRunClosed(bench);
  });
}

function describeWritingAPlan(bench: StoresBench): void {
  describe('writing a plan', () => {
    it('writes nothing to the directory', async () => {
      await bench.harness.addUser({ username: 'ada', externalId: '00u1' });
      const before = await bench.harness.directory();

      await bench.store([groupChange('00g9', 'New'), userChange('00u9', 'new')]);

      expect(await bench.harness.directory()).toEqual(before);
    });

    it('is open when finished, gone when abandoned', async () => {
      const snapshotId = await bench.harness.snapshots.begin(bench.key);
      await bench.harness.snapshots.finish(snapshotId, emptyFacts);
      const writer = await bench.harness.plans.begin(bench.key, snapshotId);
      await writer.changes([{ seq: 0, change: userChange('00u1', 'ada') }]);
      await writer.abandon();
      expect(await bench.harness.planState(writer.planId)).toBeNull();
      expect(await bench.harness.changeStates(writer.planId)).toEqual([]);

      await bench.nextRun();
      expect(await bench.harness.planState(await bench.store([userChange('00u1', 'ada')]))).toBe('open');
    });

    it('replaces the open plans of earlier runs', async () => {
      const older = await bench.store([userChange('00u1', 'ada')]);
      await bench.nextRun();
      const newer = await bench.store([userChange('00u1', 'ada')]);

      expect(await bench.harness.planState(older)).toBe('replaced');
      expect(await bench.harness.planState(newer)).toBe('open');
    });

    it('refuses to be applied before it is finished', async () => {
      const snapshotId = await bench.harness.snapshots.begin(bench.key);
      await bench.harness.snapshots.finish(snapshotId, emptyFacts);
      const writer = await bench.harness.plans.begin(bench.key, snapshotId);
      await writer.changes([{ seq: 0, change: userChange('00u1', 'ada') }]);

      await expect(bench.harness.applier.begin(writer.planId, bench.key)).rejects.toMatchObject({
        code: 'plan-not-open',
      });
    });
  });
}

function describeApplying(bench: StoresBench): void {
  describe('applying', () => {
    it('creates groups, then people with their memberships', async () => {
      const planId = await bench.store(
        [
          groupChange('00g1', 'Team', { after: { name: 'Team', description: 'All of it' } }),
          userChange('00u1', 'Ada', { groupsAdded: [0] }),
          userChange('00u2', 'Bo', {
            after: {
              username: 'Bo',
              email: 'bo@acme.example',
              firstName: 'Bo',
              lastName: 'Ek',
              displayName: 'Bo Ek',
              active: true,
            },
            sourceStatus: 'LOCKED_OUT',
          }),
        ],
        [{ ordinal: 0, groupId: null, externalId: '00g1', name: 'Team' }],
      );

      const result = await bench.apply(planId);

      expect(result.pending).toBe(3);
      expect(result.chunks).toEqual([{ applied: 3, drifted: 0 }]);
      expect(result.counters).toMatchObject({
        added: 2,
        groupsAdded: 1,
        membershipsGained: 1,
        drifted: 0,
      });
      expect(await bench.harness.planState(planId)).toBe('applied');
      expect(await bench.harness.changeStates(planId)).toEqual(['applied', 'applied', 'applied']);
      expect(await bench.harness.directory()).toMatchObject({
        users: [
          { externalId: '00u1', username: 'Ada', active: true, sourceStatus: 'ACTIVE' },
          {
            externalId: '00u2',
            username: 'Bo',
            email: 'bo@acme.example',
            displayName: 'Bo Ek',
            sourceStatus: 'LOCKED_OUT',
          },
        ],
        groups: [{ externalId: '00g1', name: 'Team', description: 'All of it' }],
        memberships: [{ origin: 'connector' }],
      });
      expect(await bench.membersOf('Team')).toEqual(['Ada']);
    });

    it('updates, enables, disables, and changes memberships of its own origin only', async () => {
      const team = await bench.harness.addGroup({ name: 'Team', externalId: '00g1' });
      const crew = await bench.harness.addGroup({ name: 'Crew', externalId: '00g2' });
      const ada = await bench.harness.addUser({ username: 'ada', externalId: '00u1' });
      const bo = await bench.harness.addUser({ username: 'bo', externalId: '00u2', active: false });
      await bench.harness.addMembership(ada, team, 'connector');
      await bench.harness.addMembership(ada, team, 'hand');
      await bench.harness.addMembership(bo, crew, 'hand');
      const planId = await bench.store(
        [
          await changeOfUser(bench.harness, ada, {
            operation: 'disable',
            category: 'cleaned-up',
            after: { ...userState('ada'), active: false, lastName: 'Byron' },
            sourceStatus: 'SUSPENDED',
            groupsRemoved: [0],
            groupsAdded: [1],
          }),
          await changeOfUser(bench.harness, bo, {
            operation: 'enable',
            after: userState('bo'),
            groupsAdded: [0],
          }),
        ],
        [
          { ordinal: 0, groupId: team, externalId: '00g1', name: 'Team' },
          { ordinal: 1, groupId: crew, externalId: '00g2', name: 'Crew' },
        ],
      );

      const { counters } = await bench.apply(planId);

      const users = await bench.usersByName();
      expect(users.get('ada')).toMatchObject({
        active: false,
        lastName: 'Byron',
        sourceStatus: 'SUSPENDED',
      });
      expect(users.get('bo')?.active).toBe(true);
      const content = await bench.harness.directory();
      expect(content.memberships.map((row) => [row.userId, row.groupId, row.origin]).sort()).toEqual(
        [
          [ada, team, 'hand'],
          [ada, crew, 'connector'],
          [bo, team, 'connector'],
          [bo, crew, 'hand'],
        ].sort(),
      );
      expect(counters).toMatchObject({
        cleanedUp: 1,
        modified: 1,
        membershipsGained: 2,
        membershipsLost: 1,
      });
    });
  });
}

function describeApplyingExactly(bench: StoresBench): void {
  describe('applying exactly the plan', () => {
    it('raises the revision of what it writes and of nothing else', async () => {
      const ada = await bench.harness.addUser({ username: 'ada', externalId: '00u1' });
      await bench.harness.addUser({ username: 'bo', externalId: '00u2' });
      const before = await bench.usersByName();
      const planId = await bench.store([
        await changeOfUser(bench.harness, ada, { after: { ...userState('ada'), firstName: 'Ada' } }),
      ]);

      await bench.apply(planId);

      const after = await bench.usersByName();
      expect(after.get('ada')?.revision).toBeGreaterThan(before.get('ada')?.revision ?? 0);
      expect(after.get('bo')).toEqual(before.get('bo'));
    });

    it('deletes a group with all its memberships, whoever made them', async () => {
      const team = await bench.harness.addGroup({ name: 'Team', externalId: '00g1' });
      const ada = await bench.harness.addUser({ username: 'ada', externalId: '00u1' });
      await bench.harness.addMembership(ada, team, 'connector');
      await bench.harness.addMembership(ada, team, 'hand');
      const planId = await bench.store(
        [
          await changeOfGroup(bench.harness, team, {
            operation: 'delete',
            category: 'cleaned-up',
            after: null,
          }),
          await changeOfUser(bench.harness, ada, { groupsRemoved: [0] }),
        ],
        [{ ordinal: 0, groupId: team, externalId: '00g1', name: 'Team' }],
      );

      const { counters } = await bench.apply(planId);

      expect(await bench.harness.directory()).toMatchObject({ groups: [], memberships: [] });
      expect(counters).toMatchObject({ groupsCleanedUp: 1, modified: 1, membershipsLost: 1, drifted: 0 });
    });

    it('does not let a deleted group make its members drift in a later chunk', async () => {
      const team = await bench.harness.addGroup({ name: 'Team', externalId: '00g1' });
      const ada = await bench.harness.addUser({ username: 'ada', externalId: '00u1' });
      await bench.harness.addMembership(ada, team, 'connector');
      const planId = await bench.store(
        [
          await changeOfGroup(bench.harness, team, {
            operation: 'delete',
            category: 'cleaned-up',
            after: null,
          }),
          ...Array.from({ length: 600 }, (_, index) => groupChange(`00gx${index}`, `Group ${index}`)),
          await changeOfUser(bench.harness, ada, { groupsRemoved: [0] }),
        ],
        [{ ordinal: 0, groupId: team, externalId: '00g1', name: 'Team' }],
      );

      const { counters } = await bench.apply(planId);

      expect(counters).toMatchObject({ modified: 1, membershipsLost: 1, drifted: 0 });
    });

    it('does not touch skipped rows', async () => {
      const ada = await bench.harness.addUser({ username: 'ada', externalId: '00u1' });
      const before = await bench.harness.directory();
      const planId = await bench.store([
        await changeOfUser(bench.harness, ada, {
          operation: 'skip',
          category: 'failed',
          after: null,
          reason: { code: 'record-unreadable', facts: {} },
        }),
        userChange('00u2', 'bo', { operation: 'skip', category: 'filtered', after: null }),
      ]);

      const result = await bench.apply(planId);

      expect(result).toMatchObject({ pending: 0, chunks: [] });
      expect(await bench.harness.directory()).toEqual(before);
      expect(await bench.harness.changeStates(planId)).toEqual(['none', 'none']);
      expect(await bench.harness.planState(planId)).toBe('applied');
    });

    it('works in chunks that leave every person wholly before or wholly after', async () => {
      const people = Array.from({ length: 2600 }, (_, index) =>
        userChange(`00u${String(index).padStart(5, '0')}`, `p${index}`, { groupsAdded: [0] }),
      );
      const planId = await bench.store(
        [groupChange('00g1', 'Team'), ...people],
        [{ ordinal: 0, groupId: null, externalId: '00g1', name: 'Team' }],
      );
      await bench.harness.applier.begin(planId, bench.key);
      const first = await bench.harness.applier.applyChunk(planId, bench.key);

      const applied = first?.applied ?? 0;
      expect(applied).toBeGreaterThan(0);
      expect(applied).toBeLessThanOrEqual(2000);
      const half = await bench.harness.directory();
      expect(half.users).toHaveLength(applied - 1);
      expect(half.memberships).toHaveLength(applied - 1);

      const rest = await bench.apply(planId);
      expect(rest.pending).toBe(2601 - applied);
      expect((await bench.harness.directory()).memberships).toHaveLength(2600);
      expect(rest.counters).toMatchObject({ added: 2600, groupsAdded: 1, membershipsGained: 2600 });
    });

    it('closes as discarded when it ends early', async () => {
      const people = Array.from({ length: 2100 }, (_, index) => userChange(`00u${index}`, `p${index}`));
      const planId = await bench.store(people);
      await bench.harness.applier.begin(planId, bench.key);
      const first = await bench.harness.applier.applyChunk(planId, bench.key);

      const counters = await bench.harness.applier.finish(planId, bench.key);

      expect(counters.added).toBe(first?.applied);
      expect(await bench.harness.planState(planId)).toBe('discarded');
    });
  });
}
