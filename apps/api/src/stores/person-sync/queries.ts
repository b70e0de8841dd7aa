// ---------------------------------------------------------------- looking

export const selectPerson = `select id, externalId, username, email, firstName, lastName, displayName, active, sourceStatus,
  revision from DirectoryUser where connectorId = ? and externalId = ?`;

const teamColumns = 'g.id, g.externalId, g.name, g.description, g.revision';

/** ?: JSON array of external ids. */
export const selectTeamsByExternalId = `select ${teamColumns}
from json_each(?) j cross join DirectoryGroup g on g.connectorId = ? and g.externalId = j.value`;

/** ?: JSON array of ids. */
export const selectTeamsById = `select ${teamColumns}
from json_each(?) j cross join DirectoryGroup g on g.id = j.value and g.connectorId = ?`;

// ---------------------------------------------------------------- writing; each list is a JSON array

export const findConnector = `select 1 from Connector
where id = ?1 and settingsVersion = ?2 and removedAt is null`;

/** Somebody else with this name. ?1: directory, ?2: folded, ?3: the person's id. */
export const findNameHolder = `select 1 from DirectoryUser
where directoryId = ?1 and usernameFolded = ?2 and id is not ?3`;

/** ?1: connector, ?2: external id. */
export const findOwnUser = 'select 1 from DirectoryUser where connectorId = ?1 and externalId = ?2';

/** Which of the groups are there. ?1: ids, ?2: connector. */
export const findKnownGroups = `select 1
from json_each(?1) j cross join DirectoryGroup g on g.id = j.value and g.connectorId = ?2`;

/** Whoever stands where a new group is to be. ?1: external ids, ?2: folded names, ?3: connector, ?4: directory. */
export const findGroupsInTheWay = `select 1
from json_each(?1) j cross join DirectoryGroup g on g.connectorId = ?3 and g.externalId = j.value
union all
select 1 from json_each(?2) j cross join DirectoryGroup g on g.directoryId = ?4 and g.nameFolded = j.value`;

/**
 * ?1: connector, ?2: external id, ?3: now, ?4: username, ?5: folded, ?6: e-mail, ?7: first, ?8: last and ?9: display name,
 * ?10: active, ?11: the source's status, ?12: search, ?13: id, ?14: revision.
 */
export const updatePerson = `update DirectoryUser set username = ?4, usernameFolded = ?5, email = ?6, firstName = ?7,
  lastName = ?8, displayName = ?9, active = ?10, sourceStatus = ?11, search = ?12, revision = revision + 1, updatedAt = ?3
where id = ?13 and revision = ?14 and connectorId = ?1 and externalId = ?2`;

/** As `updatePerson`, but ?13: public id, ?14: directory. */
export const insertPerson = `insert into DirectoryUser (publicId, directoryId, connectorId, externalId, username,
  usernameFolded, email, firstName, lastName, displayName, active, sourceStatus, search, revision, createdAt, updatedAt)
values (?13, ?14, ?1, ?2, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1, ?3, ?3)`;

/** ?1: connector, ?2: external id, ?3: now, ?4: public id, ?5: directory, ?6: name, ?7: folded, ?8: description, ?9: search. */
export const insertGroup = `insert into DirectoryGroup (publicId, directoryId, connectorId, externalId, name, nameFolded,
  description, search, revision, createdAt, updatedAt)
values (?4, ?5, ?1, ?2, ?6, ?7, ?8, ?9, 1, ?3, ?3)`;

const thePerson = 'select id from DirectoryUser where connectorId = ?1 and externalId = ?2';

/** ?1: connector, ?2: the person's external id, ?3: ids of groups. */
export const deleteMemberships = `delete from Membership
where userId = (${thePerson}) and origin = ?1 and groupId in (select value from json_each(?3))`;

/** ?1: connector, ?2: the person's external id, ?3: ids of groups, ?4: external ids of new ones. */
export const insertMemberships = `insert or ignore into Membership (userId, groupId, origin)
select u.id, these.id, ?1 from (${thePerson}) u join (
  select value as id from json_each(?3)
  union all
  select n.id from json_each(?4) j cross join DirectoryGroup n on n.connectorId = ?1 and n.externalId = j.value
) these`;

/** ?1: ids. */
export const raiseGroupRevisions = `update DirectoryGroup set revision = revision + 1
where id in (select value from json_each(?1))`;

/** ?1: connector, ?2: external id, ?3: directory, ?4: now, ?5: operation. */
export const insertGroupEvent = `insert into DirectoryEvent (directoryId, epoch, at, kind, operation, subjectId, name)
select o.id, o.eventEpoch, ?4, 'group', ?5, g.id, g.name
from Directory o join DirectoryGroup g on g.connectorId = ?1 and g.externalId = ?2 where o.id = ?3`;

/** As `insertGroupEvent`; ?6: kind. */
export const insertPersonEvent = `insert into DirectoryEvent (directoryId, epoch, at, kind, operation, subjectId, name)
select o.id, o.eventEpoch, ?4, ?6, ?5, u.id, u.username
from Directory o join DirectoryUser u on u.connectorId = ?1 and u.externalId = ?2 where o.id = ?3`;
