import { describe, expect, it } from 'vitest';
import {
  filterOf,
  groupsSearchSchema,
  isNarrowed,
  usersSearchSchema,
  withChange,
} from './directory-search.ts';

const id = 'AbCdEfGhIjKlMnOpQrStUv';

describe('the search of the lists', () => {
  it.each([
    // what the router read from the URL, what the page works with
    [{}, {}],
    [
      { search: 'anna', state: 'disabled', source: 'local', groupId: id },
      { search: 'anna', state: 'disabled', source: 'local', groupId: id },
    ],
    [{ search: 2026 }, { search: '2026' }],
    [{ search: '' }, {}],
    [{ search: 'x'.repeat(201) }, {}],
    [{ state: 'gone' }, {}],
    [{ source: id }, { source: id }],
    [{ source: 'okta' }, {}],
    [{ groupId: '../../users' }, {}],
    [{ other: 'x' }, {}],
  ])('users: reads %j', (raw, expected) => {
    expect(filterOf(usersSearchSchema.parse(raw))).toEqual(expected);
  });

  it('groups: has no state', () => {
    expect(filterOf(groupsSearchSchema.parse({ search: 'a', state: 'active', source: id }))).toEqual({
      search: 'a',
      source: id,
    });
  });

  it.each([
    [{ search: 'a' }, { state: 'active' as const }, { search: 'a', state: 'active' }],
    [{ search: 'a', state: 'active' as const }, { state: undefined }, { search: 'a' }],
    [{ search: 'a' }, { search: '' }, {}],
  ])('%j changed by %j', (search, change, expected) => {
    expect(withChange(search, change)).toEqual(expected);
  });

  it.each([
    [{}, false],
    [{ search: undefined, state: undefined }, false],
    [{ state: 'active' as const }, true],
  ])('%j narrows: %s', (search, expected) => {
    expect(isNarrowed(search)).toBe(expected);
  });
});
