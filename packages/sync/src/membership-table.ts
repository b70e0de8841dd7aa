import { IntList } from './int-list.ts';

/**
 * The groups that each person of the snapshot is in, as compressed rows: the groups of person `i` are
 * `groups[starts[i]] … groups[starts[i + 1] - 1]`, rising. 4 bytes a membership.
 */
export type MembershipTable = {
  /** Memberships of people who are in the user list, without doubles. */
  readonly total: number;
  of(person: number): Int32Array;
};

/** Collects memberships group by group, in rising order of the groups' ordinals. */
export class MembershipCollector {
  readonly #people = new IntList(4096);
  readonly #groups = new IntList(4096);

  add(person: number, ordinal: number): void {
    this.#people.push(person);
    this.#groups.push(ordinal);
  }

  /** A counting sort by person keeps the groups of each in the order in which they came. */
  toTable(personCount: number): MembershipTable {
    const people = this.#people.values();
    const ordinals = this.#groups.values();
    const ends = new Int32Array(personCount + 1);
    for (const person of people) ends[person] = (ends[person] ?? 0) + 1;
    let sum = 0;
    for (let person = 0; person <= personCount; person += 1) {
      const count = ends[person] ?? 0;
      ends[person] = sum;
      sum += count;
    }
    const starts = ends.slice();
    const groups = new Int32Array(people.length);
    let total = 0;
    for (let index = 0; index < people.length; index += 1) {
      const person = people[index] ?? 0;
      const ordinal = ordinals[index] ?? 0;
      const end = ends[person] ?? 0;
      // A list that changes while it is paged may name a member twice.
      if (end > (starts[person] ?? 0) && groups[end - 1] === ordinal) continue;
      groups[end] = ordinal;
      ends[person] = end + 1;
      total += 1;
    }
    return { total, of: (person) => groups.subarray(starts[person] ?? 0, ends[person] ?? 0) };
  }
}
