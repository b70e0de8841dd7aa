import { describe, expect, it } from 'vitest';
import {
  filterOf,
  isNarrowed,
  type ReviewSearch,
  reviewSearchSchema,
  withFilter,
  withoutNarrowing,
  withRow,
  withSubject,
} from './review-search.ts';

const full: ReviewSearch = {
  category: 'modified',
  search: 'anna',
  attribute: 'email',
  reason: 'profile-updated',
  row: 'c17',
  at: 4321,
};

describe('reviewSearchSchema', () => {
  it.each([
    // what the router read from the URL, what the page works with
    [{}, {}],
    [
      { category: 'cleaned-up', subject: 'group' },
      { category: 'cleaned-up', subject: 'group' },
    ],
    [{ category: 'everything' }, { category: undefined }],
    [{ subject: 'user' }, { subject: undefined }],
    [{ search: 42 }, { search: '42' }],
    [{ search: true }, { search: 'true' }],
    [{ search: '' }, { search: undefined }],
    [{ search: ['a'] }, { search: undefined }],
    [{ search: 'x'.repeat(201) }, { search: undefined }],
    [
      { groupGained: 7, groupLost: '12' },
      { groupGained: '7', groupLost: '12' },
    ],
    [
      { row: 'c17', at: 4321 },
      { row: 'c17', at: 4321 },
    ],
    [
      { row: 'c17', at: '4321' },
      { row: 'c17', at: 4321 },
    ],
    [
      { row: 'c17', at: -1 },
      { row: 'c17', at: undefined },
    ],
    [
      { row: 'c17', at: 'end' },
      { row: 'c17', at: undefined },
    ],
    [{ other: 1 }, {}],
  ])('reads %j', (raw, expected) => {
    expect(reviewSearchSchema.parse(raw)).toEqual(expected);
  });
});

describe('filterOf', () => {
  it.each([
    [{}, { category: 'all', subject: 'user' }],
    [
      full,
      {
        category: 'modified',
        subject: 'user',
        search: 'anna',
        attribute: 'email',
        reason: 'profile-updated',
      },
    ],
    [
      { subject: 'group' as const, groupLost: '4' },
      { category: 'all', subject: 'group', groupLost: '4' },
    ],
  ])('of %j', (search, expected) => {
    expect(filterOf(search)).toEqual(expected);
  });
});

describe('changes of the state', () => {
  it.each([
    [
      'another category closes the row',
      withFilter(full, { category: 'added' }),
      { category: 'added', search: 'anna', attribute: 'email', reason: 'profile-updated' },
    ],
    ['all changes is the usual one', withFilter({ category: 'added' }, { category: 'all' }), {}],
    ['an emptied search leaves', withFilter({ search: 'anna' }, { search: '' }), {}],
    ['a facet is taken back', withFilter({ attribute: 'email' }, { attribute: undefined }), {}],
    [
      'groups keep category and search',
      withSubject(full, 'group'),
      { category: 'modified', search: 'anna', subject: 'group' },
    ],
    [
      'and back to users',
      withSubject({ subject: 'group', category: 'added' }, 'user'),
      { category: 'added' },
    ],
    ['a row is opened', withRow({ search: 'a' }, { key: 'c3', index: 2 }), { search: 'a', row: 'c3', at: 2 }],
    ['a row is closed', withRow({ search: 'a', row: 'c3', at: 2 }, null), { search: 'a' }],
    ['clear filters', withoutNarrowing(full), { category: 'modified' }],
  ])('%s', (_name, actual, expected) => {
    expect(actual).toEqual(expected);
  });

  it.each([
    [{}, false],
    [{ category: 'added' as const, subject: 'group' as const, row: 'c1' }, false],
    [{ search: 'a' }, true],
    [{ groupLost: '3' }, true],
    [{ reason: 'gone' }, true],
  ])('%j is narrowed: %s', (search, expected) => {
    expect(isNarrowed(search)).toBe(expected);
  });
});
