/**
 * Statements of one chunk. CROSS JOIN is SQLite's word for "in this order": without statistics it would walk the
 * directory for each row of a list. Parameters of all: ?1 plan, ?2 connector, ?3 fence, ?4 first and ?5 last row of the
 * chunk; the next ones are named where they are used. A chunk's rows are `pending` until its last statement.
 */
const holdsLease = 'exists (select 1 from Lease where connectorId = ?2 and fence = ?3)';

/** For a look-up of one row: the plus keeps the index to the row's own number. */
const ofChunkByRow = `c.planId = ?1 and +c.seq between ?4 and ?5 and c.state = 'pending'`;

const ofChunk = `c.planId = ?1 and c.seq between ?4 and ?5 and c.state = 'pending'`;

export const countLease = 'select count(*) as held from Lease where connectorId = ?2 and fence = ?3';

// ---------------------------------------------------------------- reading, before the batch

export const selectPlan = `select p.id, p.state, p.settingsVersion, p.rows, p.groupRows, p.announcement,
  p.closedByRunId, p.appliedGains, p.appliedLosses, p.totals, c.directoryId, c.settingsVersion as headVersion
from Plan p join Connector c on c.id = p.connectorId where p.id = ?`;

export const countPending = `select count(*) from PlanChange where planId = ? and state = 'pending'`;

export const selectChunk = `select c.seq, c.subject, c.operation, c.subjectId, c.plannedRevision, c.externalId,
  c.groupsGained, c.groupsLost, d.after, d.source
from PlanChange c indexed by PlanChange_planId_state_seq_idx
  cross join PlanChangeDetail d on d.planId = c.planId and d.seq = c.seq
where c.planId = ? and c.state = 'pending' order by c.seq limit ?`;

export const selectTouched = `select 1 from PlanChange where planId = ? and state in ('applied', 'drifted') limit 1`;

/** Events that rows write, and whether a group gets another name: products know a group by nothing else. */
export const countEvents = `select
  coalesce(sum(subject = 'group' or operation = 'create' or changed <> ''), 0)
    + coalesce(sum(subject = 'user' and groupsGained + groupsLost > 0), 0) as events,
  coalesce(max(subject = 'group' and ',' || changed || ',' like '%,name,%'), 0) as renames
from PlanChange where planId = ? and seq >= ? and seq < ? and state = 'pending'`;

export const selectUserSubjects = `select u.id, u.revision, u.usernameFolded as folded
from json_each(?) j cross join DirectoryUser u on u.id = j.value`;

export const selectGroupSubjects = `select g.id, g.revision, g.nameFolded as folded
from json_each(?) j cross join DirectoryGroup g on g.id = j.value`;

export const selectUserHolders = `select u.id, u.usernameFolded as folded
from json_each(?) j cross join DirectoryUser u on u.directoryId = ? and u.usernameFolded = j.value`;

export const selectGroupHolders = `select g.id, g.nameFolded as folded
from json_each(?) j cross join DirectoryGroup g on g.directoryId = ? and g.nameFolded = j.value`;

export const selectExistingUsers = `select u.externalId
from json_each(?) j cross join DirectoryUser u on u.connectorId = ? and u.externalId = j.value`;

export const selectExistingGroups = `select g.externalId
from json_each(?) j cross join DirectoryGroup g on g.connectorId = ? and g.externalId = j.value`;

export const countMembershipsOfGroups = `select count(*) from json_each(?) j cross join Membership m on m.groupId = j.value`;

// ---------------------------------------------------------------- marking drift

const tables = { user: 'DirectoryUser', group: 'DirectoryGroup' } as const;
export type Subject = keyof typeof tables;

function markChanged(subject: Subject): string {
  const table = tables[subject];
  return `update PlanChange as c set state = 'drifted',
  drift = case when exists (select 1 from ${table} s where s.id = c.subjectId) then 'changed' else 'gone' end
where ${ofChunk} and c.subject = '${subject}' and c.subjectId is not null and ${holdsLease}
  and not exists (select 1 from ${table} s
    where s.id = c.subjectId and s.revision = c.plannedRevision and s.connectorId = ?2)`;
}

function markExisting(subject: Subject): string {
  return `update PlanChange as c set state = 'drifted', drift = 'exists'
where ${ofChunk} and c.subject = '${subject}' and c.subjectId is null and ${holdsLease}
  and exists (select 1 from ${tables[subject]} s where s.connectorId = ?2 and s.externalId = c.externalId)`;
}

export const markDrift = {
  user: [markChanged('user'), markExisting('user')],
  group: [markChanged('group'), markExisting('group')],
} as const;

/** ?6: JSON array of seq. */
export const markNameHeld = `update PlanChange as c set state = 'drifted', drift = 'name-held'
where ${ofChunk} and c.seq in (select value from json_each(?6)) and ${holdsLease}`;

// ---------------------------------------------------------------- groups

const deletedGroups = `select c.subjectId from PlanChange c
where ${ofChunk} and c.subject = 'group' and c.operation = 'delete'`;

/** At most ?6 memberships of groups that are deleted, ahead of the chunk: a big group is no one statement. */
export const thinOutDeletedGroups = `delete from Membership where (userId, groupId, origin) in (
  select m.userId, m.groupId, m.origin from Membership m join DirectoryGroup g on g.id = m.groupId
    join PlanChange c on c.subjectId = g.id and c.plannedRevision = g.revision
  where ${ofChunk} and c.subject = 'group' and c.operation = 'delete' and g.connectorId = ?2 limit ?6)
  and ${holdsLease}`;

export const thinOutOwn = thinOutDeletedGroups.replace(
  'g.connectorId = ?2 limit',
  'g.connectorId = ?2 and m.origin = ?2 limit',
);

export const deleteOwnMembershipsOfGroups = `delete from Membership
where groupId in (${deletedGroups}) and origin = ?2 and ${holdsLease}`;

export const deleteMembershipsOfGroups = `delete from Membership
where groupId in (${deletedGroups}) and ${holdsLease}`;

export const deleteGroups = `delete from DirectoryGroup where id in (${deletedGroups}) and ${holdsLease}`;

/** Upper case is in no folded name. ?6: JSON array of ids whose name changes. */
export const freeGroupNames = `update DirectoryGroup set nameFolded = 'MOVING:' || id
where id in (select c.subjectId from PlanChange c where ${ofChunk} and c.subject = 'group')
  and id in (select value from json_each(?6)) and ${holdsLease}`;

/** ?6: JSON array of [seq, publicId, name, folded, description, search, subjectId]; ?7: now; ?8: directory. */
export const updateGroups = `update DirectoryGroup set name = j.value ->> 2, nameFolded = j.value ->> 3,
  description = j.value ->> 4, search = j.value ->> 5, revision = revision + 1, updatedAt = ?7
from json_each(?6) j where DirectoryGroup.id = j.value ->> 6 and ${holdsLease}
  and exists (select 1 from PlanChange c where c.seq = j.value ->> 0 and ${ofChunkByRow})`;

export const insertGroups = `insert into DirectoryGroup (publicId, directoryId, connectorId, externalId, name, nameFolded,
  description, search, revision, createdAt, updatedAt)
select j.value ->> 1, ?8, ?2, c.externalId, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5, 1, ?7, ?7
from json_each(?6) j cross join PlanChange c on c.seq = j.value ->> 0
where ${ofChunk} and c.subjectId is null and ${holdsLease} order by c.seq`;

// ---------------------------------------------------------------- users

/** ?6: JSON array of ids whose name changes. */
export const freeUserNames = `update DirectoryUser set usernameFolded = 'MOVING:' || id
where id in (select c.subjectId from PlanChange c where ${ofChunk} and c.subject = 'user')
  and id in (select value from json_each(?6)) and ${holdsLease}`;

/**
 * ?6: JSON array of [seq, publicId, username, folded, email, firstName, lastName, displayName, active, sourceStatus,
 * search, subjectId]; ?7: now; ?8: directory.
 */
export const updateUsers = `update DirectoryUser set username = j.value ->> 2, usernameFolded = j.value ->> 3,
  email = j.value ->> 4, firstName = j.value ->> 5, lastName = j.value ->> 6, displayName = j.value ->> 7,
  active = j.value ->> 8, sourceStatus = j.value ->> 9, search = j.value ->> 10, revision = revision + 1, updatedAt = ?7
from json_each(?6) j where DirectoryUser.id = j.value ->> 11 and ${holdsLease}
  and exists (select 1 from PlanChange c where c.seq = j.value ->> 0 and ${ofChunkByRow})`;

export const insertUsers = `insert into DirectoryUser (publicId, directoryId, connectorId, externalId, username,
  usernameFolded, email, firstName, lastName, displayName, active, sourceStatus, search, revision, createdAt, updatedAt)
select j.value ->> 1, ?8, ?2, c.externalId, j.value ->> 2, j.value ->> 3, j.value ->> 4, j.value ->> 5, j.value ->> 6,
  j.value ->> 7, j.value ->> 8, j.value ->> 9, j.value ->> 10, 1, ?7, ?7
from json_each(?6) j cross join PlanChange c on c.seq = j.value ->> 0
where ${ofChunk} and c.subjectId is null and ${holdsLease} order by c.seq`;

// ---------------------------------------------------------------- memberships

/** Each person of the chunk with each group of a list; a group that does not exist is left out. */
function expand(list: 'gained' | 'lost'): string {
  return `from PlanChange c cross join PlanChangeDetail d on d.planId = c.planId and d.seq = c.seq
  cross join DirectoryUser u on u.connectorId = ?2 and u.externalId = c.externalId
  cross join json_each(d.${list}) j cross join PlanGroup p on p.planId = c.planId and p.ordinal = j.value
  cross join DirectoryGroup g on g.id = coalesce(p.groupId,
    (select own.id from DirectoryGroup own where own.connectorId = ?2 and own.externalId = p.externalId))
where ${ofChunk} and c.subject = 'user'`;
}

export const removeMemberships = `delete from Membership
where (userId, groupId, origin) in (select u.id, g.id, ?2 ${expand('lost')}) and ${holdsLease}`;

export const insertMemberships = `insert or ignore into Membership (userId, groupId, origin)
select u.id, g.id, ?2 ${expand('gained')} and ${holdsLease}`;

/** Right after the statement whose rows it counts. */
export const addGains = 'update Plan set appliedGains = appliedGains + changes() where id = ?1';
export const addLosses = 'update Plan set appliedLosses = appliedLosses + changes() where id = ?1';

// ---------------------------------------------------------------- what products are told

/** ?6: now; ?7: directory. Groups before users, and users before their memberships. */
export const insertEvents = `insert into DirectoryEvent (directoryId, epoch, at, kind, operation, subjectId, name)
select o.id, o.eventEpoch, ?6, e.kind, e.operation, e.subjectId, e.name
from Directory o join (
  select 0 as place, c.seq, 'group' as kind,
    case c.operation when 'create' then 'CREATED' when 'delete' then 'DELETED' else 'UPDATED' end as operation,
    coalesce(g.id, c.subjectId) as subjectId, coalesce(g.name, c.name) as name
  from PlanChange c left join DirectoryGroup g on g.connectorId = ?2 and g.externalId = c.externalId
  where ${ofChunk} and c.subject = 'group'
  union all
  select 1, c.seq, 'user', case c.operation when 'create' then 'CREATED' else 'UPDATED' end, u.id, u.username
  from PlanChange c join DirectoryUser u on u.connectorId = ?2 and u.externalId = c.externalId
  where ${ofChunk} and c.subject = 'user' and (c.operation = 'create' or c.changed <> '')
  union all
  select 2, c.seq, 'membership', 'UPDATED', u.id, u.username
  from PlanChange c join DirectoryUser u on u.connectorId = ?2 and u.externalId = c.externalId
  where ${ofChunk} and c.subject = 'user' and c.groupsGained + c.groupsLost > 0
) e where o.id = ?7 and ${holdsLease} order by e.place, e.seq`;

/** ?4: the new epoch; ?5: directory. */
export const raiseEpoch = `update Directory set eventEpoch = ?4 where id = ?5 and ${holdsLease}`;

export const markApplied = `update PlanChange as c set state = 'applied' where ${ofChunk} and ${holdsLease}`;

// ---------------------------------------------------------------- begin and finish

/** ?4: announcement. */
/** An open plan only while the connector's settings are those that it was made with. */
export const beginApply = `update Plan set state = 'applying', announcement = ?4
where id = ?1 and ${holdsLease} and (state = 'applying' or state = 'open'
  and settingsVersion = (select c.settingsVersion from Connector c where c.id = ?2))`;

/** Groups that people of the plan joined or left; a group that the plan made is new anyway. */
export const raiseGroupRevisions = `update DirectoryGroup set revision = revision + 1
where ${holdsLease} and id in (select p.groupId from PlanGroup p where p.planId = ?1 and exists (
  select 1 from PlanChangeGroup g cross join PlanChange c on c.planId = g.planId and c.seq = g.seq
  where g.planId = ?1 and g.ordinal = p.ordinal and +c.state = 'applied'))`;

/** ?4: state; ?5: now; ?6: run. */
export const closePlan = `update Plan set state = ?4, closedAt = ?5, closedByRunId = ?6
where id = ?1 and state = 'applying' and ${holdsLease}`;

export const countStates = `select subject, category, state, count(*) as rows from PlanChange
where planId = ? and seq >= ? and seq < ? group by subject, category, state`;
