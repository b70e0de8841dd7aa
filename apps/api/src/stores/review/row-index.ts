/** Which rows a filter finds, in their order: numbers of rows, or external ids of people who are not modified. */
export type RowIndex = Int32Array | readonly string[];

/** Indexes kept at the same time; one of 100,000 numbers takes 400 kB, of ids some 6 MB. */
const kept = 24;
const keptIdLists = 4;

/**
 * Remembers what filters of closed plans found: the rows of a plan never change, so only the first window of a filter
 * costs a search. The least recently used go first; two who ask together share one search.
 */
export class RowIndexCache {
  readonly #indexes = new Map<string, Promise<RowIndex>>();

  get(key: string, find: () => Promise<RowIndex>): Promise<RowIndex> {
    const known = this.#indexes.get(key);
    if (known !== undefined) {
      this.#indexes.delete(key);
      this.#indexes.set(key, known);
      return known;
    }
    const found = find();
    this.#indexes.set(key, found);
    found.then(
      (index) => this.#makeRoom(key, index),
      () => this.#indexes.delete(key),
    );
    return found;
  }

  readonly #idLists = new Set<string>();

  #makeRoom(key: string, index: RowIndex): void {
    if (!(index instanceof Int32Array)) this.#idLists.add(key);
    for (const old of this.#idLists) {
      if (this.#idLists.size <= keptIdLists) break;
      this.#forget(old);
    }
    for (const old of this.#indexes.keys()) {
      if (this.#indexes.size <= kept) break;
      this.#forget(old);
    }
  }

  #forget(key: string): void {
    this.#indexes.delete(key);
    this.#idLists.delete(key);
  }
}
