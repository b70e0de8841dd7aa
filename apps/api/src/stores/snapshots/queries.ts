export const selectUnfinished = `select id from Snapshot where runId = ? and finishedAt is null`;

export const insertSnapshot = `insert into Snapshot (connectorId, runId, scope, facts, complete, createdAt)
values (?1, ?2, 'all', '{}', 0, ?3) returning id`;

const stillOpen = 'exists (select 1 from Snapshot where id = ?1 and finishedAt is null)';

export const findOpen = 'select 1 from Snapshot where id = ?1 and finishedAt is null';

export const upsertUser = `insert into SnapshotUser (snapshotId, externalId, failed, record) values (?1, ?2, ?3, ?4)
on conflict do update set failed = excluded.failed, record = excluded.record`;

export const upsertGroup = `insert into SnapshotGroup (snapshotId, externalId, failed, gone, record)
values (?1, ?2, ?3, 0, ?4)
on conflict do update set failed = excluded.failed, record = excluded.record`;

/** ?4: JSON array of external ids. */
export const upsertMembers = `insert into SnapshotMembers (snapshotId, groupExternalId, page, memberIds)
values (?1, ?2, ?3, ?4)
on conflict do update set memberIds = excluded.memberIds`;

export const markGroupGone = `update SnapshotGroup set gone = 1
where snapshotId = ?1 and externalId = ?2 and ${stillOpen}`;

/** ?2: JSON array of [externalId, answer]. */
export const upsertAbsences = `insert into SnapshotAbsence (snapshotId, externalId, answer)
select ?1, value ->> 0, value ->> 1 from json_each(?2) where ${stillOpen}
on conflict do update set answer = excluded.answer`;

export const finishSnapshot = `update Snapshot set facts = ?2, complete = ?3, finishedAt = ?4
where id = ?1 and finishedAt is null`;

/** The last of the next so many of this connector's people, in the order of their ids. */
export const selectBoundary = `select externalId from DirectoryUser
where connectorId = ? and externalId > ? order by externalId limit 1 offset ?`;

/** Up to the boundary; without one to the end. */
export const selectAbsentPeople = `select u.externalId from DirectoryUser u
where u.connectorId = ? and u.externalId > ? and u.externalId <= coalesce(?, x'ff') and u.active = 1
  and not exists (select 1 from SnapshotUser s where s.snapshotId = ? and s.externalId = u.externalId)`;

const planned = `from Snapshot s join Plan p on p.snapshotId = s.id
where s.connectorId = ? and s.runId < ? and s.finishedAt is not null and p.state <> 'writing'`;

export const selectLastGood = `select s.facts ${planned} and s.complete = 1
  and p.verdict ->> '$.outcome' = 'pass' order by s.runId desc limit 1`;

export const selectLastRead = `select s.facts ${planned} order by s.runId desc limit 1`;

/** Statements that each remove at most ?2 rows of snapshot ?1. */
export const deleteRows = [
  deleteFrom('SnapshotUser', 'externalId'),
  deleteFrom('SnapshotGroup', 'externalId'),
  deleteFrom('SnapshotMembers', 'groupExternalId, page'),
  deleteFrom('SnapshotAbsence', 'externalId'),
] as const;

function deleteFrom(table: string, key: string): string {
  return `delete from ${table} where snapshotId = ?1
  and (${key}) in (select ${key} from ${table} where snapshotId = ?1 limit ?2)`;
}

/**
 * Snapshots with rows that nobody needs: not the newest complete one of a connector, not one of a plan that is open or
 * being applied or written, not one of a run that is going on.
 */
export const selectPurgeable = `select s.id from Snapshot s
where s.purgedAt is null
  and s.id not in (select max(k.id) from Snapshot k where k.complete = 1 and k.purgedAt is null group by k.connectorId)
  and not exists (select 1 from Plan p where p.snapshotId = s.id and p.state in ('writing', 'open', 'applying'))
  and not exists (select 1 from Run r where r.id = s.runId and r.state in ('queued', 'reading', 'planning', 'applying'))`;

export const markPurged = 'update Snapshot set purgedAt = ?2 where id = ?1';
