/**
 * Statements of one chunk, slice by slice. CROSS JOIN is SQLite's word for "in this order": without statistics it would walk the
 * directory for each row of a list. Parameters of all: ?1 plan, ?2 connector, ?3 fence, ?4 first and ?5 last row of the
 * slice; the next ones are named where they are used. A slice's rows are `pending` until its last statement.
 */
const holdsLease = 'exists (select 1 from Lease where connectorId = ?2 and fence = ?3)';

const ofChunk = `c.planId = ?1 and c.seq between ?4 and ?5 and c.state = 'pending'`;

export const countLease = 'select count(*) as held from Lease where connectorId = ?2 and fence = ?3';

export const findLease = 'select 1 from Lease where connectorId = ?2 and fence = ?3';

// ---------------------------------------------------------------- reading, before the batch

export const selectPlan = `select p.id, p.state, p.settingsVersion, p.rows, p.groupRows, p.announcement,
  p.closedByRunId, p.appliedGains, p.appliedLosses, p.totals, c.directoryId, c.settingsVersion as headVersion
from Plan p join Connector c on c.id = p.connectorId where p.id = ?`;

export const countPending = `select count(*) from PlanChange where planId = ? and state = 'pending'`;

export const selectSlice = `select c.seq, c.subject, c.operation, c.subjectId, c.plannedRevision, c.externalId,
  c.groupsGained, c.groupsLost, d.after, d.source
from PlanChange c indexed by PlanChange_planId_state_seq_idx
  cross join PlanChangeDetail d on d.planId = c.planId and d.seq = c.seq
where c.planId = ? and c.state = 'pending' and c.seq > ? order by c.seq limit ?`;

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

/** ?4: row; it may have drifted. The transaction has found the lease. */
const rowIsPending = `exists (select 1 from PlanChange where planId = ?1 and seq = ?4 and state = 'pending')`;

/** ?4: row, ?5: id, ?6: now, ?7: name, ?8: folded, ?9: description, ?10: search. */
export const updateGroup = `update DirectoryGroup set name = ?7, nameFolded = ?8, description = ?9, search = ?10,
  revision = revision + 1, updatedAt = ?6
where id = ?5 and ${rowIsPending}`;

/** As `updateGroup`, but ?5: public id; ?11: external id, ?12: directory. */
export const insertGroup = `insert into DirectoryGroup (publicId, directoryId, connectorId, externalId, name, nameFolded,
  description, search, revision, createdAt, updatedAt)
select ?5, ?12, ?2, ?11, ?7, ?8, ?9, ?10, 1, ?6, ?6 where ${rowIsPending}`;

// ---------------------------------------------------------------- users

/** ?6: JSON array of ids whose name changes. */
export const freeUserNames = `update DirectoryUser set usernameFolded = 'MOVING:' || id
where id in (select c.subjectId from PlanChange c where ${ofChunk} and c.subject = 'user')
  and id in (select value from json_each(?6)) and ${holdsLease}`;

/**
 * ?4: row, ?5: id, ?6: now, ?7: username, ?8: folded, ?9: e-mail, ?10: first, ?11: last and ?12: display name, ?13: active,
 * ?14: the source's status, ?15: search.
 */
export const updateUser = `update DirectoryUser set username = ?7, usernameFolded = ?8, email = ?9, firstName = ?10,
  lastName = ?11, displayName = ?12, active = ?13, sourceStatus = ?14, search = ?15, revision = revision + 1,
  updatedAt = ?6
where id = ?5 and ${rowIsPending}`;

/** As `updateUser`, but ?5: public id; ?16: external id, ?17: directory. */
export const insertUser = `insert into DirectoryUser (publicId, directoryId, connectorId, externalId, username,
  usernameFolded, email, firstName, lastName, displayName, active, sourceStatus, search, revision, createdAt, updatedAt)
select ?5, ?17, ?2, ?16, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 1, ?6, ?6 where ${rowIsPending}`;

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
