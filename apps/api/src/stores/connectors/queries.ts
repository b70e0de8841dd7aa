const connectorColumns = `c.id, c.publicId, c.kind, c.name, c.settingsVersion, c.connection, c.connectionTest, c.nextRunAt,
  c.createdAt, c.directoryId, d.publicId as directoryPublicId, d.name as directoryName,
  v.settings, v.createdAt as changedAt, v.createdBy as changedBy`;

const connectorTables = `Connector c join Directory d on d.id = c.directoryId
  join ConnectorVersion v on v.connectorId = c.id and v.version = c.settingsVersion`;

export const selectConnectors = `select ${connectorColumns} from ${connectorTables}
where c.removedAt is null order by c.nameFolded limit ? offset ?`;

export const countConnectors = 'select count(*) as total from Connector where removedAt is null';

export const selectConnector = `select ${connectorColumns} from ${connectorTables}
where c.publicId = ? and c.removedAt is null`;

export const selectConnectorById = `select ${connectorColumns} from ${connectorTables} where c.id = ?`;

export const selectVersion = 'select settings from ConnectorVersion where connectorId = ? and version = ?';

export const selectDue = `select id from Connector where nextRunAt <= ? and removedAt is null order by nextRunAt`;

/** Name of a directory with this folded name, if there is one. */
export const selectDirectoryName = 'select name from Directory where nameFolded = ?';

export const selectDirectoryByPublicId = 'select id from Directory where publicId = ?';

/** Only when a new one is wanted (?6 = 1) and the connector's name is free (?7). */
export const insertDirectory = `insert into Directory (publicId, name, nameFolded, eventEpoch, createdAt)
select ?1, ?2, ?3, ?4, ?5 where ?6 = 1 and not exists (select 1 from Connector where nameFolded = ?7)`;

/** The name is free, or no row. */
export const insertConnector = `insert into Connector
  (publicId, kind, directoryId, name, nameFolded, settingsVersion, connection, nextRunAt, createdAt)
select ?1, ?2, d.id, ?4, ?5, 1, 'untested', ?6, ?7
from Directory d where d.publicId = ?3 and not exists (select 1 from Connector where nameFolded = ?5)`;

export const insertFirstVersion = `insert into ConnectorVersion (connectorId, version, settings, createdAt, createdBy)
select id, 1, ?2, ?3, ?4 from Connector where publicId = ?1`;

export const insertLease = `insert into Lease (connectorId, fence, holder, runId, expiresAt)
select id, 0, '', null, 0 from Connector where publicId = ?1`;

/** Raises the head only when it, and its name (?8), is the one that the form was loaded with and the new name is free. */
export const updateHead = `update Connector
set settingsVersion = settingsVersion + ?3, name = ?4, nameFolded = ?5, connection = coalesce(?6, connection), nextRunAt = ?7
where id = ?1 and settingsVersion = ?2 and name = coalesce(?8, name) and removedAt is null
  and not exists (select 1 from Connector other where other.nameFolded = ?5 and other.id <> ?1)`;

/** Right after `updateHead`: the version that it points to now. */
export const insertNextVersion = `insert into ConnectorVersion (connectorId, version, settings, createdAt, createdBy)
select ?1, ?2, ?3, ?4, ?5 where changes() > 0`;

/** So that the secret right behind it in the batch is written. */
export const touchConnector =
  'update Connector set connection = connection where id = ?1 and removedAt is null';

export const updateConnection = `update Connector set connection = ?2, connectionTest = ?3, connectionAt = ?4
where id = ?1 and removedAt is null`;

export const updateNextRun = 'update Connector set nextRunAt = ?2 where id = ?1 and removedAt is null';

export const selectNameTaken = 'select 1 as taken from Connector where nameFolded = ? and id <> ?';

const noActiveRun = `not exists (select 1 from Run r where r.connectorId = Connector.id
  and r.state in ('queued', 'reading', 'planning', 'applying'))`;

/** The name is free again; runs and their plans stay as history. */
export const markRemoved = `update Connector set removedAt = ?2, nameFolded = 'removed:' || id, nextRunAt = null
where id = ?1 and removedAt is null and ${noActiveRun}`;

/** Removed connectors whose people or groups are not local yet. */
export const selectRemovedWithRows = `select c.id from Connector c where c.removedAt is not null and (
  exists (select 1 from DirectoryUser u where u.connectorId = c.id)
  or exists (select 1 from DirectoryGroup g where g.connectorId = c.id))`;

export const deleteSecretsOfRemoved = `delete from Secret where ownerKind = 'connector' and ownerId = ?1
  and exists (select 1 from Connector c where c.id = ?1 and c.removedAt is not null)`;

const nextUsers = 'select id from DirectoryUser where connectorId = ?1 order by id limit ?2';

export const makeMembershipsLocal = `insert or ignore into Membership (userId, groupId, origin)
select userId, groupId, 0 from Membership where origin = ?1 and userId in (${nextUsers})`;

export const removeMembershipsOf = `delete from Membership where origin = ?1 and userId in (${nextUsers})`;

export const makeUsersLocal = `update DirectoryUser
set connectorId = null, externalId = null, sourceStatus = null, revision = revision + 1, updatedAt = ?3
where id in (${nextUsers})`;

export const makeGroupsLocal = `update DirectoryGroup
set connectorId = null, externalId = null, revision = revision + 1, updatedAt = ?3
where id in (select id from DirectoryGroup where connectorId = ?1 order by id limit ?2)`;

export const selectDirectories = `select d.publicId, d.name,
  (select count(*) from DirectoryUser u where u.directoryId = d.id) as users,
  (select count(*) from DirectoryGroup g where g.directoryId = d.id) as groups
from Directory d order by d.nameFolded limit ? offset ?`;

export const countDirectories = 'select count(*) as total from Directory';
