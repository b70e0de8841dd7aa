import type {
  DirectoryGroup,
  DirectoryGroupRow,
  DirectoryUser,
  DirectoryUserRow,
  GroupMember,
  UserGroup,
} from '@gatehouse/contracts/directory';
import { foldSearch } from '@gatehouse/mapping/search-text';
import type { Database } from '../database.ts';
import type { SqlRow, SqlValue } from '../raw.ts';
import * as sql from './queries.ts';
import * as rows from './rows.ts';

export type Window = { readonly limit: number; readonly offset: number };
export type WindowOf<Item> = { readonly total: number; readonly offset: number; readonly items: Item[] };

export type UserFilter = {
  readonly search?: string | undefined;
  readonly directoryId?: string | undefined;
  /** `local`, or the public id of a connector. */
  readonly source?: string | undefined;
  readonly state?: 'active' | 'disabled' | undefined;
  readonly groupId?: string | undefined;
};

export type GroupFilter = Pick<UserFilter, 'search' | 'directoryId' | 'source'>;

type Condition = { readonly sql: string; readonly values: readonly SqlValue[] };

/** Reads users, groups and memberships for lists and pages, a window at a time. */
export class DirectoryStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  listUsers(filter: UserFilter, window: Window): WindowOf<DirectoryUserRow> {
    const { source, state } = filter;
    const where = all([
      when(filter.search, sql.userConditions.search, likePattern),
      when(filter.directoryId, sql.userConditions.directory),
      sourceCondition(source, sql.userConditions),
      when(state, sql.userConditions.active, (value) => (value === 'active' ? 1 : 0)),
      when(filter.groupId, sql.userConditions.group),
    ]);
    return this.#window<rows.UserRow, DirectoryUserRow>(
      { select: sql.selectUsers(where.sql), count: sql.countUsers(where.sql), values: where.values, window },
      rows.toUserRow,
    );
  }

  findUser(publicId: string): DirectoryUser | null {
    const row = this.#database.sql.get<rows.UserDetailRow>(sql.selectUser, publicId);
    return row === undefined ? null : rows.toUser(row);
  }

  /** Null when the user is not there. */
  listGroupsOfUser(publicId: string, search: string | undefined, window: Window): WindowOf<UserGroup> | null {
    const user = this.#database.sql.get<rows.UserDetailRow>(sql.selectUser, publicId);
    if (user === undefined) return null;
    return this.#window<rows.UserGroupRow, UserGroup>(
      {
        select: sql.selectGroupsOfUser,
        count: sql.countGroupsOfUser,
        values: [user.id, likePattern(search ?? '')],
        window,
      },
      rows.toUserGroup,
    );
  }

  listGroups(filter: GroupFilter, window: Window): WindowOf<DirectoryGroupRow> {
    const where = all([
      when(filter.search, sql.groupConditions.search, likePattern),
      when(filter.directoryId, sql.groupConditions.directory),
      sourceCondition(filter.source, sql.groupConditions),
    ]);
    return this.#window<rows.GroupRow, DirectoryGroupRow>(
      {
        select: sql.selectGroups(where.sql),
        count: sql.countGroups(where.sql),
        values: where.values,
        window,
      },
      rows.toGroupRow,
    );
  }

  findGroup(publicId: string): DirectoryGroup | null {
    const row = this.#database.sql.get<rows.GroupDetailRow>(sql.selectGroup, publicId);
    return row === undefined ? null : rows.toGroup(row);
  }

  /** Null when the group is not there. */
  listMembersOfGroup(
    publicId: string,
    search: string | undefined,
    window: Window,
  ): WindowOf<GroupMember> | null {
    const group = this.#database.sql.get<rows.GroupDetailRow>(sql.selectGroup, publicId);
    if (group === undefined) return null;
    return this.#window<rows.MemberRow, GroupMember>(
      {
        select: sql.selectMembersOfGroup,
        count: sql.countMembersOfGroup,
        values: [group.id, likePattern(search ?? '')],
        window,
      },
      rows.toMember,
    );
  }

  counts(): { users: number; activeUsers: number; groups: number } {
    const counted = this.#database.sql.get<{ users: number; activeUsers: number; groups: number }>(
      sql.countAll,
    );
    return counted ?? { users: 0, activeUsers: 0, groups: 0 };
  }

  #window<Row extends SqlRow, Item>(
    query: { select: string; count: string; values: readonly SqlValue[]; window: Window },
    toItem: (row: Row) => Item,
  ): WindowOf<Item> {
    const { limit, offset } = query.window;
    const total = this.#database.sql.get<{ total: number }>(query.count, ...query.values)?.total ?? 0;
    if (offset >= total) return { total, offset, items: [] };
    const found = this.#database.sql.all<Row>(query.select, ...query.values, limit, offset);
    return { total, offset, items: found.map(toItem) };
  }
}

function when<Value extends string>(
  value: Value | undefined,
  condition: string,
  bind: (value: Value) => SqlValue = (given) => given,
): Condition | null {
  return value === undefined || value === '' ? null : { sql: condition, values: [bind(value)] };
}

function sourceCondition(
  source: string | undefined,
  conditions: { readonly local: string; readonly connector: string },
): Condition | null {
  return source === 'local' ? { sql: conditions.local, values: [] } : when(source, conditions.connector);
}

function all(conditions: readonly (Condition | null)[]): Condition {
  const used = conditions.filter((condition) => condition !== null);
  return {
    sql: used.length === 0 ? 'true' : used.map((condition) => condition.sql).join(' and '),
    values: used.flatMap((condition) => condition.values),
  };
}

/** Folded as the stored column is, with LIKE's own characters taken literally. */
function likePattern(search: string): string {
  return `%${foldSearch(search).replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
}
