import { describe, expect, it } from 'vitest';
import { excludesUnmodified, filterKey, type ReviewFilter, rowConditions } from './filter.ts';

const all: ReviewFilter = { category: 'all', subject: 'user' };

describe('rowConditions asks for', () => {
  it.each<[string, Partial<ReviewFilter>, string[], unknown[]]>([
    ['changes of people', {}, [`c.category in ('added'`], ['user']],
    [
      'a category of groups',
      { subject: 'group', category: 'failed' },
      ['c.category = ?'],
      ['group', 'failed'],
    ],
    ['what drifted', { category: 'drifted' }, [`c.state = 'drifted'`], ['user']],
    [
      'a reason, filtered people too',
      { reason: 'built-in' },
      ['true', 'c.reasonCode = ?'],
      ['user', 'built-in'],
    ],
    ['a group that is gained', { groupGained: '7' }, ['g.gained = ?'], ['user', 7, 1]],
    ['no group for what is no number', { groupLost: `7' or 1` }, ['g.gained = ?'], ['user', -1, 0]],
    [
      'folded text, wildcards as themselves',
      { search: 'JOSÉ_%' },
      ['c.search like ?'],
      ['user', '%jose\\_\\%%'],
    ],
  ])('%s', (_case, change, texts, values) => {
    const found = rowConditions({ ...all, ...change });

    for (const text of texts) expect(found.where).toContain(text);
    expect(found.values).toEqual(values);
    expect(found.where.match(/\?/g)).toHaveLength(values.length);
  });
});

describe('filterKey', () => {
  it('is the same for searches that fold alike, and differs for every filter', () => {
    const filters: ReviewFilter[] = [
      all,
      { ...all, subject: 'group' },
      { ...all, category: 'added' },
      { ...all, search: 'x' },
      { ...all, attribute: 'email' },
      { ...all, groupGained: '1' },
      { ...all, groupLost: '1' },
      { ...all, reason: 'built-in' },
    ];

    expect(filterKey({ ...all, search: 'José' })).toBe(filterKey({ ...all, search: 'jose' }));
    expect(new Set(filters.map(filterKey)).size).toBe(filters.length);
  });
});

describe('excludesUnmodified', () => {
  it.each<[Partial<ReviewFilter>, boolean]>([
    [{}, false],
    [{ search: 'x' }, false],
    [{ attribute: 'email' }, true],
    [{ groupGained: '0' }, true],
    [{ groupLost: '0' }, true],
    [{ reason: 'built-in' }, true],
  ])('%j: %s', (change, expected) => {
    expect(excludesUnmodified({ ...all, ...change })).toBe(expected);
  });
});
