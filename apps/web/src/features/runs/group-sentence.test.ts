import { noCounters } from '@gatehouse/contracts/run';
import { expect, it } from 'vitest';
import { groupSentence } from './group-sentence.ts';

const memberships = (planned: number) => [{ code: 'guard-memberships', facts: { planned, total: 5000 } }];

it.each([
  [{}, 0, [], 'Groups: none changed. Memberships: 0 gained, 0 lost.'],
  [{}, 1, [], 'Groups: none changed, 1 filtered. Memberships: 0 gained, 0 lost.'],
  [
    { groupsAdded: 37, groupsFailed: 2, membershipsGained: 6012 },
    1,
    [],
    'Groups: 37 added, 2 failed, 1 filtered. Memberships: 6,012 gained, 0 lost.',
  ],
  [
    { groupsModified: 1, groupsCleanedUp: 24, membershipsLost: 206 },
    0,
    memberships(1079),
    'Groups: 1 modified, 24 cleaned up. Memberships: 0 gained, 206 lost by people who change; 873 more end with groups that are cleaned up, 1,079 in all.',
  ],
  [
    { membershipsLost: 1079 },
    0,
    memberships(1079),
    'Groups: none changed. Memberships: 0 gained, 1,079 lost.',
  ],
])('%j, %d filtered, %j: %s', (counters, groupsFiltered, guardReasons, sentence) => {
  expect(groupSentence({ ...noCounters, ...counters }, { groupsFiltered, guardReasons })).toBe(sentence);
});
