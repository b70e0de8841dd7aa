import type { Facet } from '@gatehouse/contracts/plan';
import { reasonLabel } from '@gatehouse/contracts/run-words';
import { userAttributeLabels } from '@gatehouse/directory/directory-person';
import type { UserChange } from './change.ts';
import { changedAttributes } from './changed-attributes.ts';
import { IntList } from './int-list.ts';
import type { PlanGroup, PlanWriter } from './ports.ts';

const rowsPerCall = 5_000;

/** What the review filters people by: groups gained and lost, changed attributes, reasons. */
export class PlanIndex {
  /** One entry a gained or lost group; `marks` is the change's seq doubled, odd when gained. */
  readonly #ordinals = new IntList();
  readonly #marks = new IntList();
  readonly #attributes = new Map<string, IntList>();
  readonly #reasons = new Map<string, number>();

  add(seq: number, change: UserChange): void {
    for (const ordinal of change.groupsAdded) this.#addGroup(ordinal, seq * 2 + 1);
    for (const ordinal of change.groupsRemoved) this.#addGroup(ordinal, seq * 2);
    for (const attribute of changedAttributes(change)) {
      const seqs = this.#attributes.get(attribute) ?? new IntList(64);
      seqs.push(seq);
      this.#attributes.set(attribute, seqs);
    }
    this.#reasons.set(change.reason.code, (this.#reasons.get(change.reason.code) ?? 0) + 1);
  }

  #addGroup(ordinal: number, mark: number): void {
    this.#ordinals.push(ordinal);
    this.#marks.push(mark);
  }

  /** Writes the named groups and both indexes in key order; answers the facets. */
  async write(
    writer: PlanWriter,
    groups: readonly PlanGroup[],
    pause: () => Promise<void>,
  ): Promise<Facet[]> {
    const { starts, marks } = this.#sortByOrdinal(groups.length);
    const named = groups.filter(({ ordinal }) => (starts[ordinal + 1] ?? 0) > (starts[ordinal] ?? 0));
    for (let from = 0; from < named.length; from += rowsPerCall) {
      await writer.groups(named.slice(from, from + rowsPerCall));
    }
    await inBatches(this.#groupRows(named, starts, marks), (rows) => writer.changeGroups(rows), pause);
    await inBatches(this.#attributeRows(), (rows) => writer.changeAttributes(rows), pause);
    return [...this.#groupFacets(named, starts, marks), ...this.#otherFacets()].sort(byFrequency);
  }

  /** Counting sort: stable, so that the marks of one group stay in the order of seq. */
  #sortByOrdinal(groupCount: number): { starts: Int32Array; marks: Int32Array } {
    const ordinals = this.#ordinals.values();
    const starts = new Int32Array(groupCount + 1);
    for (const ordinal of ordinals) starts[ordinal + 1] = (starts[ordinal + 1] ?? 0) + 1;
    for (let ordinal = 0; ordinal < groupCount; ordinal += 1) {
      starts[ordinal + 1] = (starts[ordinal + 1] ?? 0) + (starts[ordinal] ?? 0);
    }
    const next = starts.slice();
    const marks = new Int32Array(ordinals.length);
    for (let index = 0; index < ordinals.length; index += 1) {
      const ordinal = ordinals[index] ?? 0;
      const place = next[ordinal] ?? 0;
      marks[place] = this.#marks.at(index);
      next[ordinal] = place + 1;
    }
    return { starts, marks };
  }

  *#groupRows(named: readonly PlanGroup[], starts: Int32Array, marks: Int32Array) {
    for (const { ordinal } of named) {
      for (const mark of marks.subarray(starts[ordinal], starts[ordinal + 1])) {
        yield { ordinal, seq: mark >> 1, gained: (mark & 1) === 1 };
      }
    }
  }

  *#attributeRows() {
    for (const attribute of [...this.#attributes.keys()].sort()) {
      for (const seq of this.#attributes.get(attribute)?.values() ?? []) yield { attribute, seq };
    }
  }

  *#groupFacets(named: readonly PlanGroup[], starts: Int32Array, marks: Int32Array): Generator<Facet> {
    for (const { ordinal, name } of named) {
      let gained = 0;
      const own = marks.subarray(starts[ordinal], starts[ordinal + 1]);
      for (const mark of own) gained += mark & 1;
      const facet = { value: String(ordinal), label: name };
      if (gained > 0) yield { ...facet, facet: 'group-gained', count: gained };
      if (gained < own.length) yield { ...facet, facet: 'group-lost', count: own.length - gained };
    }
  }

  *#otherFacets(): Generator<Facet> {
    for (const [value, seqs] of this.#attributes) {
      yield { facet: 'attribute', value, label: attributeLabel(value), count: seqs.length };
    }
    for (const [value, count] of this.#reasons) {
      yield { facet: 'reason', value, label: reasonLabel(value), count };
    }
  }
}

function attributeLabel(name: string): string {
  const labels: Readonly<Record<string, string>> = userAttributeLabels;
  return labels[name] ?? name;
}

function byFrequency(left: Facet, right: Facet): number {
  if (left.facet !== right.facet) return left.facet < right.facet ? -1 : 1;
  if (left.count !== right.count) return right.count - left.count;
  return left.value < right.value ? -1 : 1;
}

async function inBatches<T>(
  rows: Iterable<T>,
  write: (rows: readonly T[]) => Promise<void>,
  pause: () => Promise<void>,
): Promise<void> {
  let batch: T[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < rowsPerCall) continue;
    await write(batch);
    await pause();
    batch = [];
  }
  if (batch.length > 0) await write(batch);
}
