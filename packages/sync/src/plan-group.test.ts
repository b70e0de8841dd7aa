import type { DirectoryTeam } from '@gatehouse/directory/directory-person';
import { describe, expect, it } from 'vitest';
import type { GroupPlanContext } from './plan-group.ts';
import { planGroup } from './plan-group.ts';
import type { SourceGroup, SourceGroupRow } from './source.ts';

function inOkta(change: Partial<SourceGroup> = {}): SourceGroup {
  return {
    externalId: '00g1',
    name: 'Ops',
    description: 'All of Ops',
    type: 'OKTA_GROUP',
    selected: true,
    memberCount: 2,
    updatedAt: null,
    ...change,
  };
}

const there: DirectoryTeam = {
  id: 9,
  externalId: '00g1',
  name: 'Ops',
  description: 'All of Ops',
  revision: 4,
};
const unreadable = { externalId: '00g1', failure: { code: 'record-unreadable', facts: {} }, label: 'Ops?' };

const context: GroupPlanContext = {
  groupsComplete: true,
  gone: new Set(),
  incomplete: new Set(),
  conflicts: new Map(),
};

type Case = { source: SourceGroupRow | null; directory: DirectoryTeam | null } & Partial<GroupPlanContext>;

function plan({ source, directory, ...change }: Case) {
  return planGroup({ key: '00g1', source, directory }, { ...context, ...change });
}

const gone = new Set(['00g1']);
const conflicts = new Map([
  ['00g1', { name: 'Ops', otherName: 'OPS', otherExternalId: '00g0', other: 'planned' } as const],
]);

describe('planGroup', () => {
  it.each([
    ['new', { source: inOkta(), directory: null }, 'create', 'added', 'new-in-source', 'as-in-source'],
    [
      'renamed',
      { source: inOkta({ name: 'Operations' }), directory: there },
      'update',
      'modified',
      'profile-changed',
      'as-in-source',
    ],
    [
      'described otherwise',
      { source: inOkta({ description: '' }), directory: there },
      'update',
      'modified',
      'profile-changed',
      'as-in-source',
    ],
    [
      'renamed, members not known',
      { source: inOkta({ name: 'Operations' }), directory: there, incomplete: gone },
      'update',
      'modified',
      'profile-changed',
      'untouched',
    ],
    ['absent', { source: null, directory: there }, 'delete', 'cleaned-up', 'deleted-in-source', 'deleted'],
    [
      'absent from an incomplete list',
      { source: null, directory: there, groupsComplete: false },
      'skip',
      'filtered',
      'removal-suppressed',
      'untouched',
    ],
    [
      'vanished while it was read',
      { source: inOkta(), directory: there, gone },
      'delete',
      'cleaned-up',
      'deleted-in-source',
      'deleted',
    ],
    [
      'vanished, with a name that cannot be stored',
      { source: inOkta({ name: '' }), directory: there, gone },
      'delete',
      'cleaned-up',
      'deleted-in-source',
      'deleted',
    ],
    [
      'new and vanished',
      { source: inOkta(), directory: null, gone },
      'skip',
      'filtered',
      'not-created-gone',
      'untouched',
    ],
    [
      'built-in',
      { source: inOkta({ selected: false, type: 'BUILT_IN' }), directory: null },
      'skip',
      'filtered',
      'built-in',
      'untouched',
    ],
    [
      'unreadable',
      { source: unreadable, directory: there },
      'skip',
      'failed',
      'record-unreadable',
      'untouched',
    ],
    [
      'nameless',
      { source: inOkta({ name: ' ' }), directory: there },
      'skip',
      'failed',
      'group-name-missing',
      'untouched',
    ],
    [
      'a long name',
      { source: inOkta({ name: 'x'.repeat(256) }), directory: null },
      'skip',
      'failed',
      'group-name-too-long',
      'untouched',
    ],
    [
      'a line break',
      { source: inOkta({ name: 'a\nb' }), directory: null },
      'skip',
      'failed',
      'group-name-control-character',
      'untouched',
    ],
    [
      'half a character',
      { source: inOkta({ name: 'a\ud800' }), directory: null },
      'skip',
      'failed',
      'group-name-broken-text',
      'untouched',
    ],
    [
      'a name that is taken',
      { source: inOkta(), directory: null, conflicts },
      'skip',
      'failed',
      'name-taken',
      'untouched',
    ],
    [
      'renamed to a name that is taken',
      { source: inOkta(), directory: { ...there, name: 'Old' }, conflicts },
      'skip',
      'failed',
      'name-taken',
      'untouched',
    ],
  ] as [string, Case, string, string, string, string][])(
    '%s',
    (_what, input, operation, category, code, fate) => {
      const planned = plan(input);

      expect(planned.change).toMatchObject({ operation, category, reason: { code } });
      expect(planned.fate).toBe(fate);
      expect(planned.change?.subjectId).toBe(input.directory?.id ?? null);
      expect(planned.change?.plannedRevision).toBe(input.directory?.revision ?? null);
      expect(planned.change?.after === null).toBe(operation === 'skip' || operation === 'delete');
    },
  );

  it('says nothing when nothing differs', () => {
    expect(plan({ source: inOkta(), directory: there })).toEqual({ change: null, fate: 'as-in-source' });
  });

  it('does not trim or cut names, and replaces what no product stores in a description', () => {
    const source = inOkta({ name: '  ops ', description: 'a\0b\ud800' });

    expect(plan({ source, directory: null }).change?.after).toEqual({
      name: '  ops ',
      description: 'a\ufffdb\ufffd',
    });
  });

  it('names both of two that collide', () => {
    expect(plan({ source: inOkta(), directory: null, conflicts }).change?.reason.facts).toEqual({
      subject: 'group',
      externalId: '00g1',
      name: 'Ops',
      otherName: 'OPS',
      otherExternalId: '00g0',
      other: 'planned',
    });
  });
});
