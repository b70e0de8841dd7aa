import type { DirectoryTeam, NameHolder } from '@gatehouse/directory/directory-person';
import type { PersonDirectory, PersonKey, PersonNeeds, PersonState } from '@gatehouse/sync/person-ports';
import type { Database } from '../database.ts';
import { selectGroupHolders, selectMemberships, selectUserHolders } from '../planning-view/queries.ts';
import { type HolderRow, type PersonRow, toHolder, toPerson } from '../planning-view/rows.ts';
import { jsonList } from '../raw.ts';
import * as sql from './queries.ts';

/** What a single-user run is planned against. */
export class SqlitePersonDirectory implements PersonDirectory {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** One step without a pause, so that no commit comes in between. */
  async look(key: PersonKey, needs: PersonNeeds): Promise<PersonState> {
    const { connectorId, externalId } = key;
    const { sql: reader } = this.#database;
    const row = reader.get<PersonRow>(sql.selectPerson, connectorId, externalId);
    const memberships =
      row === undefined
        ? []
        : reader.all<{ groupId: number }>(selectMemberships, jsonList([row.id]), connectorId);
    const groupIds = memberships.map(({ groupId }) => groupId);
    const teams = [
      ...reader.all<DirectoryTeam>(sql.selectTeamsByExternalId, jsonList(needs.groups), connectorId),
      ...reader.all<DirectoryTeam>(sql.selectTeamsById, jsonList(groupIds), connectorId),
    ];
    return {
      person: row === undefined ? null : toPerson(row),
      groups: [...new Map(teams.map((team) => [team.id, team])).values()],
      memberships: groupIds,
      userNames: this.#holders(selectUserHolders, needs.userNames, key),
      groupNames: this.#holders(selectGroupHolders, needs.groupNames, key),
    };
  }

  #holders(
    text: string,
    folded: readonly string[],
    { connectorId, directoryId }: PersonKey,
  ): ReadonlyMap<string, NameHolder> {
    const rows = this.#database.sql.all<HolderRow>(text, jsonList(folded), directoryId);
    return new Map(rows.map((row) => [row.folded, toHolder(row, connectorId)]));
  }
}
