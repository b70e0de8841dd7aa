import { setTimeout as delay } from 'node:timers/promises';

/** A page waits so long for others to be written with it. Milliseconds. */
const longestWaitMs = 25;
/** Ids of one write: what one statement takes without holding up the process. */
const idsPerWrite = 5_000;

/** [external id of the group, page, external ids of the members] */
export type MemberPage = readonly [string, number, readonly string[]];

/**
 * Gathers pages of members that come close together into one write: most groups have one small page, and a transaction
 * costs more than its row. Each caller is answered when the page is durable.
 */
export class MemberPages {
  readonly #write: (pages: readonly MemberPage[]) => Promise<void>;
  #gathered: { pages: MemberPage[]; ids: number; full: () => void; written: Promise<void> } | null = null;

  constructor(write: (pages: readonly MemberPage[]) => Promise<void>) {
    this.#write = write;
  }

  add(page: MemberPage): Promise<void> {
    const gathered = this.#gathered ?? this.#gather();
    gathered.pages.push(page);
    gathered.ids += page[2].length;
    if (gathered.ids >= idsPerWrite) {
      this.#gathered = null;
      gathered.full();
    }
    return gathered.written;
  }

  #gather() {
    const pages: MemberPage[] = [];
    const { promise: isFull, resolve: full } = Promise.withResolvers<void>();
    const stop = new AbortController();
    const isLate = delay(longestWaitMs, undefined, { signal: stop.signal }).catch(() => undefined);
    const written = Promise.race([isFull, isLate]).then(() => {
      stop.abort();
      if (this.#gathered === gathered) this.#gathered = null;
      return this.#write(pages);
    });
    const gathered = { pages, ids: 0, full, written };
    this.#gathered = gathered;
    return gathered;
  }
}
