import type { Change } from '@gatehouse/sync/change';
import {
  changeOfGroup,
  changeOfUser,
  emptyFacts,
  groupChange,
  userChange,
} from '@gatehouse/sync/conformance/harness';
import { summaryOf } from '@gatehouse/sync/conformance/summary';
import type { PlanGroup, RunKey } from '@gatehouse/sync/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statement } from '../raw.ts';
import { createSqliteHarness, type SqliteHarness } from '../sync-harness.ts';

let harness: SqliteHarness;
let key: RunKey;

beforeEach(async () => {
  harness = await createSqliteHarness('file');
  key = await harness.startRun();
});

afterEach(() => harness.close());

async function store(changes: readonly Change[], groups: readonly PlanGroup[] = []): Promise<number> {
  const snapshotId = await harness.snapshots.begin(key);
  await harness.snapshots.finish(snapshotId, emptyFacts);
  const writer = await harness.plans.begin(key, snapshotId);
  const rows = changes.map((change, seq) => ({ seq, change }));
  for (let from = 0; from < rows.length; from += 500) await writer.changes(rows.slice(from, from + 500));
  await writer.groups(groups);
  await writer.finish(summaryOf({ added: changes.length }));
  return writer.planId;
}

async function apply(planId: number) {
  await harness.applier.begin(planId, key);
  while ((await harness.applier.applyChunk(planId, key)) !== null);
  return await harness.applier.finish(planId, key);
}

function events() {
  return harness.database.sql
    .all<{ kind: string; operation: string; name: string; epoch: string }>(
      'select kind, operation, name, epoch from DirectoryEvent order by id',
    )
    .map((event) => `${event.operation} ${event.kind} ${event.name}`);
}

function epoch(): string | undefined {
  return harness.database.sql.column<string>('select eventEpoch from Directory')[0];
}

const team: PlanGroup = { ordinal: 0, groupId: null, externalId: '00g1', name: 'Team' };

describe('directory events of an applied plan', () => {
  it('name each entity before its memberships, once a person', async () => {
    const planId = await store(
      [
        groupChange('00g1', 'Team'),
        userChange('00u1', 'ada', { groupsAdded: [0] }),
        userChange('00u2', 'bo'),
      ],
      [team],
    );

    await apply(planId);

    expect(events()).toEqual([
      'CREATED group Team',
      'CREATED user ada',
      'CREATED user bo',
      'UPDATED membership ada',
    ]);
    expect(epoch()).toBe('first');
  });

  it('tell what changed and nothing else', async () => {
    const groupId = await harness.addGroup({ name: 'Team', externalId: '00g1' });
    const goneId = await harness.addGroup({ name: 'Gone', externalId: '00g2' });
    const ada = await harness.addUser({ username: 'ada', externalId: '00u1' });
    const bo = await harness.addUser({ username: 'bo', externalId: '00u2' });
    const eve = await harness.addUser({ username: 'eve', externalId: '00u3' });
    await harness.addMembership(eve, goneId, 'connector');
    const before = await changeOfUser(harness, ada, {});
    const planId = await store(
      [
        await changeOfGroup(harness, goneId, { operation: 'delete', category: 'cleaned-up', after: null }),
        { ...before, after: { ...(before.before as NonNullable<typeof before.before>), lastName: 'New' } },
        await changeOfUser(harness, bo, { groupsAdded: [0] }),
        await changeOfUser(harness, eve, { groupsRemoved: [1] }),
      ],
      [
        { ...team, groupId },
        { ordinal: 1, groupId: goneId, externalId: '00g2', name: 'Gone' },
      ],
    );

    await apply(planId);

    expect(events()).toEqual([
      'DELETED group Gone',
      'UPDATED user ada',
      'UPDATED membership bo',
      'UPDATED membership eve',
    ]);
  });

  it('give way to a new epoch, first and last, when there would be too many', async () => {
    const people = Array.from({ length: 5_001 }, (_, index) => userChange(`00u${index}`, `p${index}`));
    const planId = await store(people);
    const seen = [epoch()];
    await harness.applier.begin(planId, key);
    while ((await harness.applier.applyChunk(planId, key)) !== null) seen.push(epoch());
    await harness.applier.finish(planId, key);
    seen.push(epoch());

    expect(events()).toEqual([]);
    expect(new Set(seen).size).toBe(3);
    expect(seen.slice(0, 3)).toEqual(['first', seen[1], seen[1]]);
  });

  it('give way to a new epoch when a group gets another name', async () => {
    const id = await harness.addGroup({ name: 'Team', externalId: '00g1' });
    const planId = await store([
      await changeOfGroup(harness, id, { after: { name: 'Crew', description: '' } }),
    ]);

    await apply(planId);

    expect(events()).toEqual([]);
    expect(epoch()).not.toBe('first');
  });

  it('are not written for what drifted', async () => {
    const ada = await harness.addUser({ username: 'ada', externalId: '00u1' });
    const planId = await store([await changeOfUser(harness, ada, { operation: 'disable' })]);
    await harness.touchUser(ada);

    await apply(planId);

    expect(events()).toEqual([]);
  });
});

describe('a chunk that fails', () => {
  it('leaves nothing of it behind, and the next attempt writes it', async () => {
    const people = Array.from({ length: 6_000 }, (_, index) =>
      userChange(`00u${index}`, `p${index}`, { groupsAdded: [0] }),
    );
    const planId = await store([groupChange('00g1', 'Team'), ...people], [team]);
    await harness.applier.begin(planId, key);
    // As a full disk would: in the middle of a later chunk.
    await harness.database.write((db) => [
      statement(
        db,
        `create trigger Full before insert on Membership
        when new.userId in (select id from DirectoryUser where externalId = '00u5500')
        begin select raise(abort, 'disk full'); end`,
      ),
    ]);
    const applyFirst = async (chunks: number) => {
      for (let count = 0; count < chunks; count += 1) await harness.applier.applyChunk(planId, key);
    };
    await applyFirst(2);
    const half = await harness.directory();

    await expect(applyFirst(2)).rejects.toThrow('disk full');

    expect(await harness.directory()).toEqual(half);
    expect(half.users.length).toBeGreaterThan(0);
    expect(half.memberships).toHaveLength(half.users.length);
    await harness.database.write((db) => [statement(db, 'drop trigger Full')]);
    const counters = await apply(planId);
    expect(counters).toMatchObject({ added: 6_000, membershipsGained: 6_000, drifted: 0 });
    expect((await harness.directory()).memberships).toHaveLength(6_000);
  });

  it('starts over when a name is taken between reading and writing it', async () => {
    const planId = await store([userChange('00u1', 'ada'), userChange('00u2', 'bo')]);
    await harness.applier.begin(planId, key);

    const taking = harness.addUser({ username: 'Ada', externalId: null, owner: 'local' });
    const chunk = await harness.applier.applyChunk(planId, key);
    await taking;

    expect(chunk).toEqual({ applied: 1, drifted: 1 });
    expect(await harness.changeStates(planId)).toEqual(['drifted', 'applied']);
  });
});

describe('names in a chunk', () => {
  it('are not freed by a row that drifts, nor by one that this holds up', async () => {
    const ada = await harness.addUser({ username: 'ada', externalId: '00u1' });
    const bo = await harness.addUser({ username: 'bo', externalId: '00u2' });
    const eve = await harness.addUser({ username: 'eve', externalId: '00u3' });
    const renamed = async (id: number, username: string) => {
      const change = await changeOfUser(harness, id, {});
      return { ...change, after: { ...(change.before as NonNullable<typeof change.before>), username } };
    };
    const planId = await store([
      await renamed(ada, 'new'),
      await renamed(bo, 'ada'),
      await renamed(eve, 'bo'),
    ]);
    await harness.touchUser(ada);

    await apply(planId);

    expect(await harness.changeStates(planId)).toEqual(['drifted', 'drifted', 'drifted']);
    expect(harness.database.sql.column('select drift from PlanChange order by seq')).toEqual([
      'changed',
      'name-held',
      'name-held',
    ]);
    expect((await harness.directory()).users.map((user) => user.username)).toEqual(['ada', 'bo', 'eve']);
  });
});

describe('a big group that is deleted', () => {
  it('loses its members in steps', async () => {
    const groupId = await harness.addGroup({ name: 'Big', externalId: '00g1' });
    const handId = await harness.addUser({ username: 'hand', externalId: null, owner: 'local' });
    await harness.addMembership(handId, groupId, 'hand');
    await harness.database.write((db) => [
      statement(
        db,
        `with recursive n(i) as (select 100000 union all select i + 1 from n where i < 111999)
        insert into Membership select i, ?, 1 from n`,
        groupId,
      ),
    ]);
    const planId = await store([
      await changeOfGroup(harness, groupId, { operation: 'delete', category: 'cleaned-up', after: null }),
    ]);

    const counters = await apply(planId);

    expect(counters).toMatchObject({ groupsCleanedUp: 1, membershipsLost: 12_000, drifted: 0 });
    expect((await harness.directory()).memberships).toEqual([]);
  });

  it('keeps its members when it changed since it was planned', async () => {
    const groupId = await harness.addGroup({ name: 'Big', externalId: '00g1' });
    await harness.database.write((db) => [
      statement(
        db,
        `with recursive n(i) as (select 1 union all select i + 1 from n where i < 6000)
        insert into Membership select i, ?, 1 from n`,
        groupId,
      ),
    ]);
    const planId = await store([
      await changeOfGroup(harness, groupId, { operation: 'delete', category: 'cleaned-up', after: null }),
    ]);
    await harness.touchGroup(groupId);

    await apply(planId);

    expect((await harness.directory()).memberships).toHaveLength(6_000);
  });
});

describe('memberships and revisions', () => {
  it('raise the group once when the plan is closed, and never a later row of the same plan', async () => {
    const groupId = await harness.addGroup({ name: 'Team', externalId: '00g1' });
    const people = Array.from({ length: 6_000 }, (_, index) =>
      userChange(`00u${index}`, `p${index}`, { groupsAdded: [0] }),
    );
    const planId = await store(people, [{ ...team, groupId }]);
    await harness.database.write((db) => [
      statement(
        db,
        `insert into PlanChangeGroup select planId, 0, seq, 1 from PlanChange where planId = ?`,
        planId,
      ),
    ]);

    await apply(planId);

    expect((await harness.directory()).groups[0]?.revision).toBe(2);
  });
});

describe('a plan whose connector was saved since', () => {
  it('is not begun, and stays open', async () => {
    const planId = await store([userChange('00u1', 'ada')]);
    await harness.database.write((db) => [
      db.connector.update({ where: { id: key.connectorId }, data: { settingsVersion: { increment: 1 } } }),
    ]);

    await expect(harness.applier.begin(planId, key)).rejects.toMatchObject({ code: 'settings-changed' });

    expect(await harness.planState(planId)).toBe('open');
    expect(await harness.directory()).toMatchObject({ users: [] });
  });

  it('goes on when it was begun before', async () => {
    const planId = await store([userChange('00u1', 'ada')]);
    await harness.applier.begin(planId, key);
    await harness.database.write((db) => [
      db.connector.update({ where: { id: key.connectorId }, data: { settingsVersion: { increment: 1 } } }),
    ]);

    expect(await harness.applier.applyChunk(planId, key)).toEqual({ applied: 1, drifted: 0 });
  });
});
