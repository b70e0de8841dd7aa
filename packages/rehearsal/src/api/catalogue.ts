import type { AdminKey } from '../org/admins.ts';
import type { Organisation } from '../org/organisation.ts';
import { narrowSight, type Sight, sightOf } from '../org/sight.ts';
import type { Group, User } from '../org/types.ts';
import { matchGroups, matchUsers } from './filter-match.ts';

/** Rows of one list in the order of serving. */
export type Rows = {
  readonly positions: readonly number[];
  /** Whether the order is Okta's own, by position. */
  readonly isByPosition: boolean;
};

export type UserQuery = {
  readonly filter?: string | undefined;
  readonly search?: string | undefined;
  readonly sortBy?: string | undefined;
  readonly isDescending?: boolean;
};

export type GroupQuery = { readonly filter?: string | undefined; readonly search?: string | undefined };

const KEPT_LISTS = 64;

/**
 * Prepares lists once for each state of the org, so that a page is a slice: what a token sees, the
 * default list, the results of searches. An edit empties it.
 */
export class Catalogue {
  readonly #organisation: Organisation;
  #version = -1;
  readonly #sights = new Map<string, Sight>();
  readonly #lists = new Map<string, Rows>();

  constructor(organisation: Organisation) {
    this.#organisation = organisation;
  }

  /** What a token's owner sees, cut down to a share of the people where one is given. */
  sight(owner: AdminKey, share: number | null): Sight {
    this.#refresh();
    const key = `${owner} ${share}`;
    let sight = this.#sights.get(key);
    if (!sight) {
      const whole = sightOf(this.#organisation, owner);
      sight = share === null ? whole : narrowSight(this.#organisation, whole, share);
      this.#sights.set(key, sight);
    }
    return sight;
  }

  /** People in sight: without an expression all who are not DEPROVISIONED. Throws OktaError E0000031. */
  users(sight: Sight, query: UserQuery): Rows {
    return this.#list(`users ${JSON.stringify([sight.key, query])}`, () => {
      const people = this.#usersAt(sight.users);
      const tests = [
        query.filter === undefined ? undefined : matchUsers('filter', query.filter),
        query.search === undefined ? undefined : matchUsers('search', query.search),
      ].filter((test) => test !== undefined);
      const wanted =
        tests.length === 0
          ? people.filter((user) => user.status !== 'DEPROVISIONED')
          : people.filter((user) => tests.every((test) => test(user)));
      if (query.sortBy === undefined) return byPosition(wanted);
      return { positions: sortUsers(wanted, query.sortBy, query.isDescending ?? false), isByPosition: false };
    });
  }

  /** Groups in sight. Throws OktaError E0000031. */
  groups(sight: Sight, query: GroupQuery): Rows {
    return this.#list(`groups ${JSON.stringify([sight.key, query])}`, () => {
      const groups = sight.groups.flatMap((position) => this.#organisation.groups[position] ?? []);
      const tests = [
        query.filter === undefined ? undefined : matchGroups('filter', query.filter),
        query.search === undefined ? undefined : matchGroups('search', query.search),
      ].filter((test) => test !== undefined);
      return byPosition(groups.filter((group) => tests.every((test) => test(group))));
    });
  }

  #usersAt(positions: readonly number[]): User[] {
    return positions.flatMap((position) => this.#organisation.users[position] ?? []);
  }

  #list(key: string, make: () => Rows): Rows {
    this.#refresh();
    const known = this.#lists.get(key);
    if (known) return known;
    const rows = make();
    const oldest = this.#lists.keys().next().value;
    if (this.#lists.size >= KEPT_LISTS && oldest !== undefined) this.#lists.delete(oldest);
    this.#lists.set(key, rows);
    return rows;
  }

  #refresh(): void {
    if (this.#version === this.#organisation.version) return;
    this.#version = this.#organisation.version;
    this.#sights.clear();
    this.#lists.clear();
  }
}

function byPosition(rows: readonly (User | Group)[]): Rows {
  return { positions: rows.map((row) => row.position), isByPosition: true };
}

function sortUsers(users: readonly User[], sortBy: string, isDescending: boolean): number[] {
  const attribute = sortBy.replace(/^profile\./, '');
  const keyOf = (user: User): string => {
    const value =
      attribute === sortBy ? (user as Record<string, unknown>)[attribute] : user.profile[attribute];
    return typeof value === 'string' ? value.toLowerCase() : String(value ?? '');
  };
  const direction = isDescending ? -1 : 1;
  return users
    .map((user) => ({ key: keyOf(user), position: user.position }))
    .sort((left, right) => {
      if (left.key === right.key) return left.position - right.position;
      return left.key < right.key ? -direction : direction;
    })
    .map((entry) => entry.position);
}
