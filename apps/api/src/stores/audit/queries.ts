const columns =
  'at, actorKind, actorId, actorName, remoteAddress, requestId, action, subjectKind, subjectId, subjectName, before, after';

export const insertEntry = `insert into AuditEntry (${columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** `changes()` is about the statement before this one on the same connection, so within the same batch. */
export const insertEntryIfChanged = `insert into AuditEntry (${columns})
select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? where changes() > 0`;

/** The values of the filter, in this order; null where unused. SQLite takes positional values only once, so they are named. */
const given = `with given (search, byAction, byActor, byKind, bySubject, fromTime, toTime) as (values (?, ?, ?, ?, ?, ?, ?))`;
const filter = `(search is null or actorName like search escape '\\' or subjectName like search escape '\\'
    or action like search escape '\\')
  and (byAction is null or action = byAction)
  and (byActor is null or actorId = byActor)
  and (byKind is null or subjectKind = byKind)
  and (bySubject is null or subjectId = bySubject)
  and (fromTime is null or at >= fromTime)
  and (toTime is null or at < toTime)`;

export const countEntries = `${given} select count(*) as total from AuditEntry, given where ${filter}`;

export const listEntries = `${given} select id, ${columns} from AuditEntry, given where ${filter}
order by id desc limit ? offset ?`;

/** For exports: the rows below an id, newest first. */
export const listEntriesBelow = `${given} select id, ${columns} from AuditEntry, given where ${filter} and id < ?
order by id desc limit ?`;

export const listActions = 'select distinct action from AuditEntry order by action';
