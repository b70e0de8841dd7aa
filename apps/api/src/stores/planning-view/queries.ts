const personColumns = `id, externalId, username, email, firstName, lastName, displayName, active, sourceStatus, revision`;

/** The next keys of both sides together, in the order of their bytes. ?2 = after, ?5 = limit. */
export const selectUserKeys = `select externalId from (
  select * from (select externalId from SnapshotUser where snapshotId = ? and externalId > ? order by externalId limit ?)
  union select * from (select externalId from DirectoryUser where connectorId = ? and externalId > ? order by externalId limit ?)
) order by externalId limit ?`;

export const selectGroupKeys = selectUserKeys
  .replace('SnapshotUser', 'SnapshotGroup')
  .replace('DirectoryUser', 'DirectoryGroup');

export const selectSourceUsers = `select externalId, record from SnapshotUser
where snapshotId = ? and externalId > ? and externalId <= ?`;

export const selectSourceGroups = `select externalId, record from SnapshotGroup
where snapshotId = ? and externalId > ? and externalId <= ?`;

export const selectPeople = `select ${personColumns} from DirectoryUser
where connectorId = ? and externalId > ? and externalId <= ?`;

export const selectTeams = `select id, externalId, name, description, revision from DirectoryGroup
where connectorId = ? and externalId > ? and externalId <= ?`;

export const selectMemberPages = `select groupExternalId, page, memberIds from SnapshotMembers
where snapshotId = ? and (groupExternalId, page) > (?, ?) order by groupExternalId, page limit ?`;

export const selectGoneGroups = 'select externalId from SnapshotGroup where snapshotId = ? and gone = 1';

export const selectFailedGroups = 'select externalId from SnapshotGroup where snapshotId = ? and failed = 1';

export const selectAbsences = 'select externalId, answer from SnapshotAbsence where snapshotId = ?';

/** CROSS JOIN keeps the order: the list first, then the index. */
export const selectMemberships = `select m.userId, m.groupId from json_each(?) j
cross join Membership m on m.userId = j.value and m.origin = ? order by m.userId, m.groupId`;

const holderColumns = 'h.id, h.externalId, h.connectorId';

export const selectUserHolders = `select ${holderColumns}, h.username as name, h.usernameFolded as folded
from json_each(?) j cross join DirectoryUser h on h.directoryId = ? and h.usernameFolded = j.value`;

export const selectGroupHolders = `select ${holderColumns}, h.name, h.nameFolded as folded
from json_each(?) j cross join DirectoryGroup h on h.directoryId = ? and h.nameFolded = j.value`;

export const selectLastUserId = 'select coalesce(max(id), 0) from DirectoryUser';

export const countUsersInRange = `select count(*) as users, coalesce(sum(active), 0) as activeUsers from DirectoryUser
where +connectorId = ? and id > ? and id <= ?`;

export const countGroups = 'select count(*) from DirectoryGroup where connectorId = ?';

export const countMembershipsInRange = `select count(*) from Membership
where userId > ? and userId <= ? and origin = ?`;
