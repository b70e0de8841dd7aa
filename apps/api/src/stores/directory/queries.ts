const originColumns = 'o.publicId as connectorPublicId, o.name as connectorName';

const userColumns = `u.id, u.publicId, u.username, u.displayName, u.email, u.active, u.updatedAt,
  d.publicId as directoryPublicId, d.name as directoryName, ${originColumns},
  (select count(distinct m.groupId) from Membership m where m.userId = u.id) as groups`;

const userTables = `DirectoryUser u join Directory d on d.id = u.directoryId
  left join Connector o on o.id = u.connectorId`;

/**
 * The filters as conditions; each stands in the text only when it is used. The plus keeps SQLite from an index that it
 * would have to sort: all of them are in the index of `search`, which is in the order of the list.
 */
export const userConditions = {
  search: `u.search like ? escape '\\'`,
  directory: '+u.directoryId = (select id from Directory where publicId = ?)',
  local: 'u.connectorId is null',
  connector: '+u.connectorId = (select id from Connector where publicId = ?)',
  active: 'u.active = ?',
  group: `u.id in (select m.userId from Membership m join DirectoryGroup g on g.id = m.groupId where g.publicId = ?)`,
} as const;

/** Ids first, so that a deep offset walks an index and not the rows. */
export function selectUsers(where: string): string {
  return `select ${userColumns} from ${userTables}
where u.id in (select u.id from DirectoryUser u where ${where} order by u.search, u.id limit ? offset ?)
order by u.search, u.id`;
}

export function countUsers(where: string): string {
  return `select count(*) as total from DirectoryUser u where ${where}`;
}

export const selectUser = `select ${userColumns}, u.firstName, u.lastName, u.externalId, u.sourceStatus, u.revision,
  u.createdAt from ${userTables} where u.publicId = ?`;

const groupColumns = `g.id, g.publicId, g.name, g.description, g.updatedAt,
  d.publicId as directoryPublicId, d.name as directoryName, ${originColumns},
  (select count(distinct m.userId) from Membership m where m.groupId = g.id) as members`;

const groupTables = `DirectoryGroup g join Directory d on d.id = g.directoryId
  left join Connector o on o.id = g.connectorId`;

export const groupConditions = {
  search: `g.search like ? escape '\\'`,
  directory: '+g.directoryId = (select id from Directory where publicId = ?)',
  local: 'g.connectorId is null',
  connector: '+g.connectorId = (select id from Connector where publicId = ?)',
} as const;

export function selectGroups(where: string): string {
  return `select ${groupColumns} from ${groupTables}
where g.id in (select g.id from DirectoryGroup g where ${where} order by g.search, g.id limit ? offset ?)
order by g.search, g.id`;
}

export function countGroups(where: string): string {
  return `select count(*) as total from DirectoryGroup g where ${where}`;
}

export const selectGroup = `select ${groupColumns}, g.externalId, g.revision, g.createdAt from ${groupTables}
where g.publicId = ?`;

const membershipOrigins = `json_group_array(json_object('id', o.publicId, 'name', o.name)) as origins`;

/** One row a group, with every origin of the membership; origin 0 has no connector. */
export const selectGroupsOfUser = `select g.publicId, g.name, ${membershipOrigins}
from Membership m join DirectoryGroup g on g.id = m.groupId left join Connector o on o.id = m.origin
where m.userId = ? and g.search like ? escape '\\'
group by g.id order by g.search, g.id limit ? offset ?`;

export const countGroupsOfUser = `select count(distinct m.groupId) as total
from Membership m join DirectoryGroup g on g.id = m.groupId where m.userId = ? and g.search like ? escape '\\'`;

export const selectMembersOfGroup = `select u.publicId, u.username, u.displayName, u.email, u.active, ${membershipOrigins}
from Membership m join DirectoryUser u on u.id = m.userId left join Connector o on o.id = m.origin
where m.groupId = ? and u.search like ? escape '\\'
group by u.id order by u.search, u.id limit ? offset ?`;

export const countMembersOfGroup = `select count(distinct m.userId) as total
from Membership m join DirectoryUser u on u.id = m.userId where m.groupId = ? and u.search like ? escape '\\'`;

export const countAll = `select (select count(*) from DirectoryUser) as users,
  (select count(*) from DirectoryUser where active = 1) as activeUsers,
  (select count(*) from DirectoryGroup) as groups`;
