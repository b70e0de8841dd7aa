import { noCounters, type RunCounters } from '@gatehouse/contracts/run';
import type { DirectoryPerson, UserAttributeName } from '@gatehouse/directory/directory-person';
import { userAttributeNames } from '@gatehouse/directory/directory-person';
import type { GroupChange, UserChange } from './change.ts';
import type { PlanTotals } from './ports.ts';

export type AttributeBlanks = Readonly<
  Record<UserAttributeName, { readonly had: number; readonly blank: number }>
>;

/** What the guard looks at beside the totals. */
export type PlannedRemovals = {
  /** People who are to be disabled. */
  readonly disabled: number;
  readonly groupsDeleted: number;
  readonly memberships: number;
  /** Of the people who are there and stay: who had a value, and whose value goes. */
  readonly blanks: AttributeBlanks;
};

const userCounters = {
  added: 'added',
  modified: 'modified',
  'cleaned-up': 'cleanedUp',
  filtered: 'filtered',
  failed: 'failed',
} as const;

const groupCounters = {
  added: 'groupsAdded',
  modified: 'groupsModified',
  'cleaned-up': 'groupsCleanedUp',
  filtered: null,
  failed: 'groupsFailed',
} as const;

/** Totals that accumulate while a plan is made. */
export class PlanCounts {
  readonly #counters: RunCounters = { ...noCounters };
  readonly #blanks = Object.fromEntries(
    userAttributeNames.map((name) => [name, { had: 0, blank: 0 }]),
  ) as Record<UserAttributeName, { had: number; blank: number }>;
  #usersRead = 0;
  #usersOnlyInDirectory = 0;
  #disabled = 0;
  #suppressedUsers = 0;
  #suppressedGroups = 0;
  /** Memberships that end with their group although the member's own row is skipped. */
  #lostWithGroup = 0;

  addGroup(change: GroupChange): void {
    const counter = groupCounters[change.category];
    if (counter !== null) this.#counters[counter] += 1;
    if (change.reason.code === 'removal-suppressed') this.#suppressedGroups += 1;
  }

  /** Counts a person who is in the source or the directory. `change` is null when nothing is to be done. */
  addUser(
    person: { readonly isInSource: boolean; readonly directory: DirectoryPerson | null },
    change: UserChange | null,
    lostWithGroups: number,
  ): void {
    if (person.isInSource) this.#usersRead += 1;
    else this.#usersOnlyInDirectory += 1;
    if (change === null) {
      if (person.isInSource) this.#counters.notModified += 1;
      this.#countBlanks(person.directory, person.isInSource ? person.directory : null);
      return;
    }
    this.#counters[userCounters[change.category]] += 1;
    this.#counters.membershipsGained += change.groupsAdded.length;
    this.#counters.membershipsLost += change.groupsRemoved.length;
    if (change.operation === 'disable') this.#disabled += 1;
    if (change.operation === 'skip') this.#lostWithGroup += lostWithGroups;
    if (change.reason.code === 'removal-suppressed') this.#suppressedUsers += 1;
    if (person.isInSource) this.#countBlanks(person.directory, change.after);
  }

  #countBlanks(
    before: Readonly<Record<UserAttributeName, string>> | null,
    after: Readonly<Record<UserAttributeName, string>> | null,
  ): void {
    if (before === null || after === null) return;
    for (const name of userAttributeNames) {
      if (before[name] === '') continue;
      const counted = this.#blanks[name];
      counted.had += 1;
      if (after[name] === '') counted.blank += 1;
    }
  }

  get planned(): number {
    return this.#usersRead + this.#usersOnlyInDirectory;
  }

  get suppressed(): { readonly users: number; readonly groups: number } {
    return { users: this.#suppressedUsers, groups: this.#suppressedGroups };
  }

  totals(): PlanTotals {
    const counters = { ...this.#counters };
    return {
      schema: 1,
      counters,
      changes: counters.added + counters.modified + counters.cleanedUp + counters.failed,
      groupChanges:
        counters.groupsAdded + counters.groupsModified + counters.groupsCleanedUp + counters.groupsFailed,
      usersRead: this.#usersRead,
      usersOnlyInDirectory: this.#usersOnlyInDirectory,
    };
  }

  removals(): PlannedRemovals {
    return {
      disabled: this.#disabled,
      groupsDeleted: this.#counters.groupsCleanedUp,
      memberships: this.#counters.membershipsLost + this.#lostWithGroup,
      blanks: this.#blanks,
    };
  }
}
