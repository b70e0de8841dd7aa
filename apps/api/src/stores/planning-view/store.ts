import { setImmediate } from 'node:timers/promises';
import type { DirectoryPerson, DirectoryTeam, NameHolder } from '@gatehouse/directory/directory-person';
import type { Pair, PlanningView, PlanningViewOpener } from '@gatehouse/sync/ports';
import type { AbsenceAnswer, SourceGroupRow, SourceUserRow } from '@gatehouse/sync/source';
import type { Database } from '../database.ts';
import { jsonList } from '../raw.ts';
import { toSourceGroup, toSourceUser } from '../snapshots/rows.ts';
import * as sql from './queries.ts';
import { RenewedSnapshot } from './renewed-snapshot.ts';
import { type HolderRow, type PersonRow, toHolder, toPerson } from './rows.ts';

const pairsPerBatch = 500;
/** Each page holds some hundred ids. */
const pagesPerBatch = 20;
/** Users whose memberships are counted in one step. */
const usersPerCount = 1_000;

export class SqlitePlanningViewOpener implements PlanningViewOpener {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async open(snapshotId: number, connectorId: number, directoryId: number): Promise<PlanningView> {
    return new SqlitePlanningView(this.#database, { snapshotId, connectorId, directoryId });
  }
}

type Keys = { readonly snapshotId: number; readonly connectorId: number; readonly directoryId: number };

type Keyed = { readonly externalId: string };

class SqlitePlanningView implements PlanningView {
  readonly #keys: Keys;
  readonly #snapshot: RenewedSnapshot;

  constructor(database: Database, keys: Keys) {
    this.#keys = keys;
    this.#snapshot = new RenewedSnapshot(database);
  }

  users(): AsyncIterable<readonly Pair<SourceUserRow, DirectoryPerson>[]> {
    return this.#pairs<SourceUserRow, DirectoryPerson, PersonRow>({
      keys: sql.selectUserKeys,
      source: sql.selectSourceUsers,
      directory: sql.selectPeople,
      toSource: toSourceUser,
      toDirectory: toPerson,
    });
  }

  groups(): AsyncIterable<readonly Pair<SourceGroupRow, DirectoryTeam>[]> {
    return this.#pairs<SourceGroupRow, DirectoryTeam, DirectoryTeam>({
      keys: sql.selectGroupKeys,
      source: sql.selectSourceGroups,
      directory: sql.selectTeams,
      toSource: toSourceGroup,
      toDirectory: (row) => row,
    });
  }

  async *#pairs<Source, Row, Stored extends Keyed>(options: {
    keys: string;
    source: string;
    directory: string;
    toSource: (record: string) => Source;
    toDirectory: (row: Stored) => Row;
  }): AsyncGenerator<readonly Pair<Source, Row>[]> {
    const { snapshotId, connectorId } = this.#keys;
    for (let after = ''; ; ) {
      const { reader } = this.#snapshot;
      const limit = pairsPerBatch;
      const keys = reader.column<string>(
        options.keys,
        ...[snapshotId, after, limit, connectorId, after, limit, limit],
      );
      const last = keys.at(-1);
      if (last === undefined) return;

      const records = reader.all<Keyed & { record: string }>(options.source, snapshotId, after, last);
      const stored = reader.all<Stored>(options.directory, connectorId, after, last);
      const sources = new Map(records.map((row) => [row.externalId, options.toSource(row.record)]));
      const rows = new Map(stored.map((row) => [row.externalId, options.toDirectory(row)]));
      yield keys.map((key) => ({
        key,
        source: sources.get(key) ?? null,
        directory: rows.get(key) ?? null,
      }));
      after = last;
      await setImmediate();
    }
  }

  async *memberPages(): AsyncGenerator<readonly { groupExternalId: string; memberIds: readonly string[] }[]> {
    let after = { groupExternalId: '', page: -1 };
    for (;;) {
      const pages = this.#snapshot.reader.all<typeof after & { memberIds: string }>(
        sql.selectMemberPages,
        this.#keys.snapshotId,
        after.groupExternalId,
        after.page,
        pagesPerBatch,
      );
      const last = pages.at(-1);
      if (last === undefined) return;

      yield pages.map(({ groupExternalId, memberIds }) => ({
        groupExternalId,
        memberIds: JSON.parse(memberIds) as string[],
      }));
      after = last;
      await setImmediate();
    }
  }

  async goneGroups(): Promise<ReadonlySet<string>> {
    return new Set(this.#snapshot.reader.column<string>(sql.selectGoneGroups, this.#keys.snapshotId));
  }

  async incompleteGroups(): Promise<ReadonlySet<string>> {
    return new Set(this.#snapshot.reader.column<string>(sql.selectFailedGroups, this.#keys.snapshotId));
  }

  async absences(): Promise<ReadonlyMap<string, AbsenceAnswer>> {
    const rows = this.#snapshot.reader.all<{ externalId: string; answer: AbsenceAnswer }>(
      sql.selectAbsences,
      this.#keys.snapshotId,
    );
    return new Map(rows.map(({ externalId, answer }) => [externalId, answer]));
  }

  async memberships(userIds: readonly number[]): Promise<ReadonlyMap<number, readonly number[]>> {
    const rows = this.#snapshot.reader.all<{ userId: number; groupId: number }>(
      sql.selectMemberships,
      jsonList(userIds),
      this.#keys.connectorId,
    );
    const groups = new Map<number, number[]>();
    for (const { userId, groupId } of rows) {
      const known = groups.get(userId);
      if (known === undefined) groups.set(userId, [groupId]);
      else known.push(groupId);
    }
    return groups;
  }

  async holdersOfUserNames(folded: readonly string[]): Promise<ReadonlyMap<string, NameHolder>> {
    return this.#holders(sql.selectUserHolders, folded);
  }

  async holdersOfGroupNames(folded: readonly string[]): Promise<ReadonlyMap<string, NameHolder>> {
    return this.#holders(sql.selectGroupHolders, folded);
  }

  #holders(text: string, folded: readonly string[]): ReadonlyMap<string, NameHolder> {
    const { connectorId, directoryId } = this.#keys;
    const rows = this.#snapshot.reader.all<HolderRow>(text, jsonList(folded), directoryId);
    return new Map(rows.map((row) => [row.folded, toHolder(row, connectorId)]));
  }

  async totals() {
    const { connectorId } = this.#keys;
    const [lastId = 0] = this.#snapshot.reader.column<number>(sql.selectLastUserId);
    const [groups = 0] = this.#snapshot.reader.column<number>(sql.countGroups, connectorId);
    const totals = { users: 0, activeUsers: 0, groups, memberships: 0 };
    for (let from = 0; from < lastId; from += usersPerCount) {
      const { reader } = this.#snapshot;
      const to = from + usersPerCount;
      const counted = reader.get<{ users: number; activeUsers: number }>(
        sql.countUsersInRange,
        ...[connectorId, from, to],
      );
      totals.users += counted?.users ?? 0;
      totals.activeUsers += counted?.activeUsers ?? 0;
      totals.memberships += reader.column<number>(sql.countMembershipsInRange, from, to, connectorId)[0] ?? 0;
      await setImmediate();
    }
    return totals;
  }

  close(): void {
    this.#snapshot.close();
  }
}
