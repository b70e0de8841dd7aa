import { describe, expect, it } from 'vitest';
import { OktaError } from '../okta-error.ts';
import { decodeCursor, encodeCursor, FIRST_PAGE } from './cursor.ts';
import { cutPage, linkHeaders, readPageRequest } from './page.ts';

const LIMITS = { byDefault: 200, most: 200 };

function request(query: string, list = 'users') {
  return readPageRequest(new URL(`http://127.0.0.1:1/api/v1/users${query}`), list, LIMITS);
}

describe('cursors', () => {
  it.each([
    [{ position: 0, offset: 0, page: 1 }],
    [{ position: -1, offset: 0, page: 1 }],
    [{ position: 199, offset: 200, page: 2 }],
    [{ position: 999_999, offset: 1_000_000, page: 5001 }],
  ])('come back as they went: %j', (cursor) => {
    expect(decodeCursor('users', encodeCursor('users', cursor))).toEqual(cursor);
  });

  it('say nothing to a reader', () => {
    const cursor = encodeCursor('users', { position: 199, offset: 200, page: 2 });

    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('199');
    expect(cursor).toMatch(/^[\w-]{22}$/);
  });

  it.each([
    ['no cursor', 'users', 'nonsense'],
    ['one of another list', 'groups', encodeCursor('users', FIRST_PAGE)],
    ['a broken one', 'users', encodeCursor('users', FIRST_PAGE).slice(0, -4)],
    ['one before the start', 'users', encodeCursor('users', { position: -7, offset: 0, page: 1 })],
  ])('refuse %s', (_name, list, text) => {
    expect(() => decodeCursor(list, text)).toThrow(OktaError);
  });
});

describe('pages', () => {
  const rows = { positions: [1, 3, 5, 7, 9], isByPosition: true };

  it.each([
    ['the first', { after: -1, offset: 0, limit: 2 }, [1, 3], 3],
    ['the second', { after: 3, offset: 2, limit: 2 }, [5, 7], 7],
    ['the last', { after: 7, offset: 4, limit: 2 }, [9], null],
    ['a full last one', { after: 5, offset: 3, limit: 2 }, [7, 9], null],
    ['one whose last row is gone', { after: 4, offset: 2, limit: 2 }, [5, 7], 7],
    ['one past the end', { after: 9, offset: 5, limit: 2 }, [], null],
  ])('cut %s', (_name, { after, offset, limit }, positions, nextAfter) => {
    const cursor = { position: after, offset, page: 1 };

    const page = cutPage(rows, { ...request(''), cursor, limit });

    expect(page.positions).toEqual(positions);
    expect(page.next?.position ?? null).toBe(nextAfter);
  });

  it.each([
    ['the same place', [9, 1, 7, 3], { position: 1, offset: 2 }, [7, 3]],
    ['the place the row moved to', [9, 7, 1, 3], { position: 1, offset: 2 }, [3]],
    ['the same offset when the row is gone', [9, 7, 3], { position: 1, offset: 2 }, [3]],
  ])('go on in a sorted list at %s', (_name, positions, at, expected) => {
    const page = cutPage(
      { positions, isByPosition: false },
      { ...request(''), cursor: { ...at, page: 2 }, limit: 10 },
    );

    expect(page.positions).toEqual(expected);
  });

  it.each([
    ['', 200],
    ['?limit=1', 1],
    ['?limit=200', 200],
    ['?limit=201', 200],
    ['?limit=99999', 200],
  ])('read the limit of %s', (query, limit) => {
    expect(request(query).limit).toBe(limit);
  });

  it.each(['?limit=0', '?limit=-1', '?limit=ten', '?limit=1.5', '?limit='])('refuse %s', (query) => {
    expect(() => request(query)).toThrow(OktaError);
  });

  it('lead on with the same query', () => {
    const asked = request('?search=status%20pr&limit=2');
    const [self, next] = linkHeaders('http://127.0.0.1:1', asked, { position: 3, offset: 2, page: 2 });

    expect(self).toBe('<http://127.0.0.1:1/api/v1/users?search=status%20pr&limit=2>; rel="self"');
    expect(next).toMatch(
      /^<http:\/\/127\.0\.0\.1:1\/api\/v1\/users\?after=[\w-]{22}&limit=2&search=status\+pr>; rel="next"$/,
    );
    expect(linkHeaders('http://127.0.0.1:1', asked, null)).toEqual([self]);
  });
});
