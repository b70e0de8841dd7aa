import type { SourceCollection } from '@gatehouse/sync/source';
import type { OktaClient } from './client.ts';
import { sourceError } from './errors.ts';
import type { OktaTiming } from './okta-timing.ts';
import type { Bucket } from './pacing.ts';

const smallestPage = 20;
/** Okta's pages may be empty now and then; so many in a row come from something that never ends. */
const emptyPagesAtMost = 50;

export type ListRequest = {
  /** Path without query, e.g. `/api/v1/users`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly limit: number;
  readonly bucket: Bucket;
  readonly collection: SourceCollection;
  /** As in a call. */
  readonly parse?: (text: string) => unknown;
  /** Stop after so many pages although there are more. */
  readonly maxPages?: number;
};

/** One page of a list. `isLast` is false when a page limit stopped the walk before the end. */
export type ListPage = {
  readonly index: number;
  readonly rows: readonly unknown[];
  readonly isLast: boolean;
};

/**
 * Walks a list to its end. `after` is opaque and pages are as large as Okta likes; of a `next` link only path and
 * query are used, on the configured origin, so a token never travels to a host that an answer names. Ends silently
 * where Okta says that the thing does not exist: `onMissing` is called.
 * @throws SourceError `cursor-foreign`, `cursor-repeated`, `list-endless`, and what the client throws
 */
export async function* readPages(
  client: OktaClient,
  list: ListRequest,
  options: { readonly timing: OktaTiming; readonly onMissing?: () => void },
): AsyncGenerator<ListPage, void, void> {
  const size = new PageSize(list.limit, options.timing.pagesUntilLarger);
  const seen = new Set<string>();
  let emptyPages = 0;
  let cursor: URLSearchParams | null = new URLSearchParams(list.query);
  for (let index = 0; cursor !== null; index += 1) {
    const current: URLSearchParams = cursor;
    const answer = await client.get({
      address: () => address(list.path, current, size.limit),
      bucket: list.bucket,
      shape: 'list',
      ...(list.parse === undefined ? {} : { parse: list.parse }),
      subject: { collection: list.collection, page: index + 1 },
      shrink: () => size.shrink(),
    });
    if (answer.kind === 'missing') {
      if (options.onMissing === undefined) {
        throw sourceError('not-the-source', { collection: list.collection, status: 404 });
      }
      return options.onMissing();
    }
    const rows: readonly unknown[] = Array.isArray(answer.body) ? answer.body : [];
    size.grow();
    emptyPages = rows.length === 0 ? emptyPages + 1 : 0;
    if (emptyPages > emptyPagesAtMost) {
      throw sourceError('list-endless', { collection: list.collection, page: index + 1 });
    }
    cursor = nextCursor(answer.headers, list, { seen, page: index + 1 });
    yield { index, rows, isLast: cursor === null };
    if (index + 1 === list.maxPages) return;
  }
}

function address(path: string, query: URLSearchParams, limit: number): string {
  const full = new URLSearchParams(query);
  full.set('limit', String(limit));
  return `${path}?${full}`;
}

/** The query that leads on, or null on the last page. */
function nextCursor(
  headers: Headers,
  list: ListRequest,
  walk: { readonly seen: Set<string>; readonly page: number },
): URLSearchParams | null {
  const link = /<([^>]+)>\s*;\s*rel="next"/.exec(headers.get('link') ?? '')?.[1];
  if (link === undefined) return null;
  const facts = { collection: list.collection, page: walk.page };
  // The base only serves relative links; its host is thrown away like that of an absolute one.
  const url = URL.parse(link, 'https://okta.invalid');
  if (url === null || url.pathname !== list.path) throw sourceError('cursor-foreign', facts);
  const cursor = url.searchParams;
  const key = cursor.get('after') ?? `query ${withoutLimit(cursor)}`;
  if (walk.seen.has(key)) throw sourceError('cursor-repeated', facts);
  walk.seen.add(key);
  return cursor;
}

function withoutLimit(query: URLSearchParams): string {
  const rest = new URLSearchParams(query);
  rest.delete('limit');
  return rest.toString();
}

/** The page size of one walk: halved where Okta fails, doubled again after a while without failure. */
export class PageSize {
  readonly #wanted: number;
  readonly #pagesUntilLarger: number;
  #limit: number;
  #goodPages = 0;

  constructor(wanted: number, pagesUntilLarger: number) {
    this.#wanted = wanted;
    this.#limit = wanted;
    this.#pagesUntilLarger = pagesUntilLarger;
  }

  get limit(): number {
    return this.#limit;
  }

  /** Answers null when the page cannot be made smaller. */
  shrink(): { from: number; to: number } | null {
    const from = this.#limit;
    const to = Math.max(smallestPage, Math.floor(from / 2));
    this.#goodPages = 0;
    if (to >= from) return null;
    this.#limit = to;
    return { from, to };
  }

  /** A page arrived. */
  grow(): void {
    if (this.#limit === this.#wanted) return;
    this.#goodPages += 1;
    if (this.#goodPages < this.#pagesUntilLarger) return;
    this.#goodPages = 0;
    this.#limit = Math.min(this.#wanted, this.#limit * 2);
  }
}
