import { createHash } from 'node:crypto';
import { foldName } from '@gatehouse/mapping/fold-name';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyFacts, sourceGroup, sourceUser } from './conformance/harness.ts';
import type { MemoryHarness } from './conformance/memory-harness.ts';
import { createMemoryHarness } from './conformance/memory-harness.ts';
import { makePlan } from './plan.ts';
import type { SnapshotFacts, SourceGroupRow, SourceUserRow } from './source.ts';

type Okta = {
  users: readonly SourceUserRow[];
  groups?: readonly SourceGroupRow[];
  members?: Readonly<Record<string, readonly string[]>>;
  gone?: readonly string[];
  facts?: Partial<SnapshotFacts>;
};

/** Stages what Okta holds and plans it; answers the plan as it was written. */
async function plan(harness: MemoryHarness, okta: Okta) {
  const key = await harness.startRun();
  const snapshotId = await harness.snapshots.begin(key);
  const sink = harness.snapshots.sink(snapshotId);
  await sink.users(okta.users);
  await sink.groups(okta.groups ?? []);
  for (const [group, ids] of Object.entries(okta.members ?? {})) await sink.members(group, 0, ids);
  for (const group of okta.gone ?? []) await sink.groupGone(group);
  const facts = { ...emptyFacts, ...okta.facts };
  await harness.snapshots.finish(snapshotId, facts);
  const view = await harness.planning.open(snapshotId, key.connectorId, key.directoryId);
  const writer = await harness.plans.begin(key, snapshotId);
  const signal = new AbortController().signal;
  const result = await makePlan({ view, writer, facts, signal, onProgress: () => {} });
  const stored = harness.memory.plans.byId.get(writer.planId);
  if (stored === undefined) throw new Error('nothing was written');
  const rows = stored.rows.map(({ change }) => change);
  return { key, writer, result, stored, rows };
}

async function planAndApply(harness: MemoryHarness, okta: Okta) {
  const planned = await plan(harness, okta);
  const { writer, result, key } = planned;
  const { totals, suppressed, digest, facets } = result;
  await writer.finish({
    totals,
    suppressed,
    digest,
    facets,
    verdict: { outcome: 'pass', reasons: [] },
  });
  await harness.applier.begin(writer.planId, key);
  while ((await harness.applier.applyChunk(writer.planId, key)) !== null);
  return { ...planned, counters: await harness.applier.finish(writer.planId, key) };
}

describe('makePlan', () => {
  it('indexes the changes by group and attribute, in key order', async () => {
    const harness = createMemoryHarness();
    const groups = [sourceGroup('00gb', 'B'), sourceGroup('00ga', 'A'), sourceGroup('00gc', 'Empty')];
    await planAndApply(harness, {
      users: [sourceUser('00u1', 'one'), sourceUser('00u2', 'two'), sourceUser('00u3', 'three')],
      groups,
      members: { '00ga': ['00u1', '00u2', '00u2'], '00gb': ['00u2'] },
    });

    const { stored, result } = await plan(harness, {
      users: [sourceUser('00u1', 'uno'), sourceUser('00u2', 'dos', 'SUSPENDED'), sourceUser('00u3', 'three')],
      groups,
      members: { '00ga': ['00u3', '00u1'], '00gb': ['00u1'] },
    });

    expect([...stored.groups.values()]).toMatchObject([
      { ordinal: 0, name: 'A', externalId: '00ga' },
      { ordinal: 1, name: 'B', externalId: '00gb' },
    ]);
    expect(stored.rows.map(({ change }) => change.key)).toEqual(['00u1', '00u2', '00u3']);
    expect(stored.changeGroups).toEqual([
      { ordinal: 0, seq: 1, gained: false },
      { ordinal: 0, seq: 2, gained: true },
      { ordinal: 1, seq: 0, gained: true },
      { ordinal: 1, seq: 1, gained: false },
    ]);
    expect(stored.changeAttributes).toEqual([
      { attribute: 'active', seq: 1 },
      { attribute: 'email', seq: 0 },
      { attribute: 'email', seq: 1 },
      { attribute: 'username', seq: 0 },
      { attribute: 'username', seq: 1 },
    ]);
    expect(result.facets).toEqual([
      { facet: 'attribute', value: 'email', label: 'e-mail', count: 2 },
      { facet: 'attribute', value: 'username', label: 'username', count: 2 },
      { facet: 'attribute', value: 'active', label: 'status', count: 1 },
      { facet: 'group-gained', value: '0', label: 'A', count: 1 },
      { facet: 'group-gained', value: '1', label: 'B', count: 1 },
      { facet: 'group-lost', value: '0', label: 'A', count: 1 },
      { facet: 'group-lost', value: '1', label: 'B', count: 1 },
      { facet: 'reason', value: 'groups-changed', label: 'Other groups', count: 1 },
      { facet: 'reason', value: 'profile-changed', label: 'Changed in Okta', count: 1 },
      { facet: 'reason', value: 'status-suspended', label: 'Suspended in Okta', count: 1 },
    ]);
    expect(result.totals.counters).toMatchObject({ modified: 2, cleanedUp: 1, membershipsGained: 2 });
  });

  it('leaves memberships alone of groups and people that cannot be read', async () => {
    const harness = createMemoryHarness();
    const users = [sourceUser('00u1', 'one'), sourceUser('00u2', 'two')];
    const groups = [sourceGroup('00ga', 'A'), sourceGroup('00gb', 'B')];
    const members = { '00ga': ['00u1', '00u2'], '00gb': ['00u1', '00u2'] };
    await planAndApply(harness, { users, groups, members });
    const failure = { code: 'record-unreadable', facts: {} };

    const { rows } = await plan(harness, {
      users: [sourceUser('00u1', 'one'), { externalId: '00u2', failure, label: '' }],
      groups: [sourceGroup('00ga', 'A'), { externalId: '00gb', failure, label: 'B' }],
      members: { '00ga': [], '00gb': [] },
    });

    expect(rows).toMatchObject([
      { key: '00gb', operation: 'skip', category: 'failed' },
      { key: '00u1', operation: 'update', groupsAdded: [], groupsRemoved: [0] },
      { key: '00u2', operation: 'skip', category: 'failed', groupsRemoved: [] },
    ]);
  });

  it('removes nobody and no group that is only missing in an incomplete list', async () => {
    const harness = createMemoryHarness();
    await planAndApply(harness, {
      users: [sourceUser('00u1', 'one'), sourceUser('00u2', 'two')],
      groups: [sourceGroup('00ga', 'A')],
      members: { '00ga': ['00u1', '00u2'] },
    });

    const { rows, result } = await plan(harness, {
      users: [sourceUser('00u1', 'one')],
      facts: { usersComplete: false, groupsComplete: false },
    });

    expect(rows.map(({ key, reason }) => [key, reason.code])).toEqual([
      ['00ga', 'removal-suppressed'],
      ['00u2', 'removal-suppressed'],
    ]);
    expect(result.suppressed).toEqual([
      { code: 'suppressed-users', facts: { count: 1 } },
      { code: 'suppressed-groups', facts: { count: 1 } },
    ]);
    expect(result.removals).toMatchObject({ disabled: 0, groupsDeleted: 0, memberships: 0 });
  });

  it('takes a deleted group from each of its members, and counts those who are skipped', async () => {
    const harness = createMemoryHarness();
    await planAndApply(harness, {
      users: [sourceUser('00u1', 'one'), sourceUser('00u2', 'two')],
      groups: [sourceGroup('00ga', 'A')],
      members: { '00ga': ['00u1', '00u2'] },
    });

    const { rows, result } = await plan(harness, {
      users: [
        sourceUser('00u1', 'one'),
        { externalId: '00u2', failure: { code: 'record-unreadable', facts: {} }, label: '' },
      ],
      groups: [sourceGroup('00ga', 'A')],
      gone: ['00ga'],
    });

    expect(rows).toMatchObject([
      { key: '00ga', operation: 'delete' },
      { key: '00u1', operation: 'update', reason: { code: 'groups-changed' }, groupsRemoved: [0] },
      { key: '00u2', operation: 'skip' },
    ]);
    expect(result.removals.memberships).toBe(2);
  });

  it('lets one keep a name, and names both where two collide', async () => {
    const harness = createMemoryHarness();
    await harness.addUser({ username: 'Local', externalId: null, owner: 'local' });
    await planAndApply(harness, { users: [sourceUser('00u5', 'keeper'), sourceUser('00u6', 'mover')] });

    const { rows } = await planAndApply(harness, {
      users: [
        sourceUser('00u1', 'KEEPER'),
        sourceUser('00u2', 'twin'),
        sourceUser('00u3', 'Twin'),
        sourceUser('00u4', 'LOCAL'),
        sourceUser('00u5', 'keeper'),
        sourceUser('00u6', 'moved'),
        sourceUser('00u0', 'Mover'),
      ],
    });

    expect(rows.map(({ key, operation }) => [key, operation])).toEqual([
      ['00u1', 'skip'],
      ['00u2', 'create'],
      ['00u3', 'skip'],
      ['00u4', 'skip'],
      ['00u6', 'update'],
      ['00u0', 'create'],
    ]);
    expect(rows[0]?.reason.facts).toMatchObject({
      otherName: 'keeper',
      otherExternalId: '00u5',
      other: 'kept',
    });
    expect(rows[2]?.reason.facts).toMatchObject({ otherName: 'twin', otherExternalId: '00u2' });
    expect(rows[3]?.reason.facts).toMatchObject({ otherName: 'Local', otherExternalId: null });
  });

  it('blames no blank value on whoever is new or absent', async () => {
    const harness = createMemoryHarness();
    await planAndApply(harness, { users: [sourceUser('00u1', 'one'), sourceUser('00u2', 'two')] });
    const blank = sourceUser('00u1', 'one');

    const { result } = await plan(harness, {
      users: [
        { ...blank, profile: { ...blank.profile, lastName: null } },
        { ...sourceUser('00u3', 'new'), profile: { login: 'new' } },
      ],
    });

    expect(result.removals.blanks.lastName).toEqual({ had: 1, blank: 1 });
    expect(result.removals.blanks.email).toEqual({ had: 1, blank: 0 });
  });
});

const names = ['ada', 'Ada', 'bo', 'BO', 'carl', 'dora', 'émile', 'Émile'];

const drawnOkta = fc.record({
  users: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('00uA', '00ua', '00uB', '00ub', '00uC', '00uz'),
      login: fc.constantFrom(...names),
      status: fc.constantFrom('ACTIVE', 'ACTIVE', 'SUSPENDED'),
    }),
    { selector: ({ id }) => id },
  ),
  groups: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('00gA', '00ga', '00gB'),
      name: fc.constantFrom('Team', 'team', 'Crew', 'Ops'),
      members: fc.uniqueArray(fc.constantFrom('00uA', '00ua', '00uB', '00ub', '00uX')),
    }),
    { selector: ({ id }) => id },
  ),
});

function asOkta(drawn: typeof drawnOkta extends fc.Arbitrary<infer T> ? T : never): Okta {
  return {
    users: drawn.users.map(({ id, login, status }) => sourceUser(id, login, status)),
    groups: drawn.groups.map(({ id, name }) => sourceGroup(id, name)),
    members: Object.fromEntries(drawn.groups.map(({ id, members }) => [id, members])),
  };
}

describe('a plan, whatever Okta holds', { timeout: 30_000 }, () => {
  it('is the same for the same input, in whatever order the source sent it', async () => {
    await fc.assert(
      fc.asyncProperty(drawnOkta, drawnOkta, async (before, after) => {
        const digests: string[] = [];
        for (const reversed of [false, true]) {
          const harness = createMemoryHarness();
          await planAndApply(harness, asOkta(before));
          const okta = asOkta(after);
          const users = reversed ? [...okta.users].reverse() : okta.users;
          const groups = reversed ? [...(okta.groups ?? [])].reverse() : okta.groups;
          const { stored, result } = await plan(harness, { ...okta, users, groups: groups ?? [] });
          const { rows, changeGroups, changeAttributes } = stored;
          const written = JSON.stringify([rows, changeGroups, changeAttributes, result.facets]);
          digests.push(`${result.digest} ${createHash('sha256').update(written).digest('hex')}`);
        }
        expect(digests[0]).toBe(digests[1]);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves nothing to do once it is applied, and no name twice', async () => {
    await fc.assert(
      fc.asyncProperty(drawnOkta, drawnOkta, async (before, after) => {
        const harness = createMemoryHarness();
        await planAndApply(harness, asOkta(before));
        const first = await planAndApply(harness, asOkta(after));
        expect(first.counters.drifted).toBe(0);

        const again = await plan(harness, asOkta(after));

        expect(again.rows.filter((row) => row.operation !== 'skip')).toEqual([]);
        const content = await harness.directory();
        for (const rows of [
          content.users.map((row) => row.username),
          content.groups.map((row) => row.name),
        ]) {
          expect(new Set(rows.map(foldName)).size).toBe(rows.length);
        }
      }),
      { numRuns: 100 },
    );
  });
});
