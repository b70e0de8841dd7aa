import { validationFailed } from '../okta-error.ts';
import { lowerBound } from '../org/sorted-positions.ts';
import type { Rows } from './catalogue.ts';
import { type Cursor, decodeCursor, encodeCursor } from './cursor.ts';

/** One page of a list and what leads on. */
export type Page = {
  readonly positions: readonly number[];
  readonly cursor: Cursor;
  /** Null on the last page. */
  readonly next: Cursor | null;
};

/** How a client asked for a page. `list` names the list: a cursor of another one is refused. */
export type PageRequest = {
  readonly list: string;
  readonly url: URL;
  readonly cursor: Cursor;
  readonly limit: number;
};

/**
 * Reads `limit` and `after`. A limit above the most is lowered to it, as Okta does; one that is no
 * whole number above 0 throws OktaError E0000001, and so does a cursor that is not of this list.
 */
export function readPageRequest(
  url: URL,
  list: string,
  limits: { byDefault: number; most: number },
): PageRequest {
  const text = url.searchParams.get('limit');
  const limit = text === null ? limits.byDefault : Number(text);
  if (!Number.isInteger(limit) || limit < 1) {
    throw validationFailed('limit', ['limit: The limit must be a whole number above 0']);
  }
  const cursor = decodeCursor(list, url.searchParams.get('after') ?? undefined);
  return { list, url, cursor, limit: Math.min(limit, limits.most) };
}

/** Cuts a page out of a list. O(log n) to find the place, O(limit) to copy. */
export function cutPage(rows: Rows, request: PageRequest): Page {
  const { cursor, limit } = request;
  const start = startOf(rows, cursor);
  const positions = rows.positions.slice(start, start + limit);
  const last = positions.at(-1);
  const hasMore = last !== undefined && start + limit < rows.positions.length;
  const next = hasMore ? { position: last, offset: start + limit, page: cursor.page + 1 } : null;
  return { positions, cursor, next };
}

/** Values of Okta's two `Link` headers: where this page is, and where the next one is. */
export function linkHeaders(origin: string, request: PageRequest, next: Cursor | null): string[] {
  const { url } = request;
  const links = [`<${origin}${url.pathname}${url.search}>; rel="self"`];
  if (next) {
    const search = new URLSearchParams(url.searchParams);
    search.delete('after');
    search.delete('limit');
    const others = search.size > 0 ? `&${search}` : '';
    const after = encodeCursor(request.list, next);
    links.push(`<${origin}${url.pathname}?after=${after}&limit=${request.limit}${others}>; rel="next"`);
  }
  return links;
}

function startOf(rows: Rows, cursor: Cursor): number {
  if (rows.isByPosition) return lowerBound(rows.positions, cursor.position + 1);
  if (cursor.offset === 0 || rows.positions[cursor.offset - 1] === cursor.position) return cursor.offset;
  const moved = rows.positions.indexOf(cursor.position);
  return moved === -1 ? cursor.offset : moved + 1;
}
