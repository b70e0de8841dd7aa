/** Rows that one step of a search looks at: no step is longer than a few milliseconds. */
export const searchStep = 5_000;

export const selectPlan = `select p.id, p.publicId, p.runId, p.connectorId, p.snapshotId, p.settingsVersion, p.digest,
  p.totals, p.verdict, p.suppressed, p.state, p.rows, p.groupRows, p.createdAt, c.settingsVersion as headVersion
from Plan p join Connector c on c.id = p.connectorId where p.runId = ? and p.state <> 'writing'`;

export const selectTopFacets = `select facet, value, label, count from (
  select facet, value, label, count, row_number() over (partition by facet order by count desc, label) as place
  from PlanFacet where planId = ? and facet in ('attribute', 'group-gained', 'group-lost', 'reason')
) where place <= ? order by facet, place`;

export const selectFacet = `select facet, value, label, count from PlanFacet
where planId = ? and facet = ? and instr(lower(label), lower(?)) > 0
order by count desc, label limit ? offset ?`;

export const countFacet = `select count(*) as total from PlanFacet
where planId = ? and facet = ? and instr(lower(label), lower(?)) > 0`;

/** Conditions beside plan and range of seq; each stands in the text only when it is used. */
export const conditions = {
  subject: 'c.subject = ?',
  changes: `c.category in ('added', 'modified', 'cleaned-up', 'failed')`,
  category: 'c.category = ?',
  drifted: `c.state = 'drifted'`,
  reason: 'c.reasonCode = ?',
  search: `c.search like ? escape '\\'`,
  attribute: `exists (select 1 from PlanChangeAttribute a
    where a.planId = c.planId and a.attribute = ? and a.seq = c.seq)`,
  group: `exists (select 1 from PlanChangeGroup g
    where g.planId = c.planId and g.ordinal = ? and g.seq = c.seq and g.gained = ?)`,
} as const;

export function selectSeqs(where: string): string {
  return `select c.seq from PlanChange c where c.planId = ? and c.seq >= ? and c.seq < ?${where} order by c.seq`;
}

const rowColumns = `c.seq, c.subject, c.operation, c.category, c.externalId, c.subjectId, c.name, c.username, c.email,
  c.changed, c.groupsGained, c.groupsLost, c.reasonCode, c.state, c.drift`;

/** In the order of the given list. CROSS JOIN keeps it outside: SQLite would walk the whole plan for each of its rows. */
export const selectRows = `select ${rowColumns} from json_each(?) j
cross join PlanChange c on c.planId = ? and c.seq = j.value order by j.key`;

export const selectRow = `select ${rowColumns}, d.before, d.after, d.gained, d.lost, d.reason, d.source
from PlanChange c join PlanChangeDetail d on d.planId = c.planId and d.seq = c.seq
where c.planId = ? and c.seq = ?`;

/** External ids of people (or groups) that the plan says something about. */
export const selectPlannedIds = `select externalId, seq from PlanChange
where planId = ? and subject = ? and seq >= ? and seq < ?`;

/** The snapshot in key order behind an id, with what the directory has of it, if it is searched. */
export const selectSnapshotUserIds = `select s.externalId, ifnull(u.search, '') as search from SnapshotUser s
left join DirectoryUser u on u.connectorId = ? and u.externalId = s.externalId
where s.snapshotId = ? and s.failed = 0 and s.externalId > ? order by s.externalId limit ?`;

export const selectSnapshotGroupIds = `select s.externalId, ifnull(g.search, '') as search from SnapshotGroup s
left join DirectoryGroup g on g.connectorId = ? and g.externalId = s.externalId
where s.snapshotId = ? and s.failed = 0 and s.gone = 0 and s.externalId > ? order by s.externalId limit ?`;

export const selectUsersByExternalId = `select j.value as externalId, u.displayName as name, u.username, u.email
from json_each(?) j left join DirectoryUser u on u.connectorId = ? and u.externalId = j.value order by j.key`;

export const selectGroupsByExternalId = `select j.value as externalId, g.name, '' as username, '' as email
from json_each(?) j left join DirectoryGroup g on g.connectorId = ? and g.externalId = j.value order by j.key`;

export const selectSnapshotUser = 'select record from SnapshotUser where snapshotId = ? and externalId = ?';
export const selectSnapshotGroup = 'select record from SnapshotGroup where snapshotId = ? and externalId = ?';

export const selectDirectoryUser = `select id, publicId, username, email, firstName, lastName, displayName, active
from DirectoryUser where connectorId = ? and externalId = ?`;

export const selectDirectoryGroup = `select id, publicId, name, description
from DirectoryGroup where connectorId = ? and externalId = ?`;

export const selectPlanGroups = `select g.ordinal, g.name from json_each(?) j
cross join PlanGroup g on g.planId = ? and g.ordinal = j.value order by g.name`;

/** Groups that a change leaves as they are: this connector's memberships without those that it gains or loses. */
const keptGroups = `from Membership m join DirectoryGroup g on g.id = m.groupId
where m.userId = ? and m.origin = ? and not exists (
  select 1 from json_each(?) j cross join PlanGroup p on p.planId = ? and p.ordinal = j.value
  where p.groupId = g.id or p.externalId = g.externalId)`;

export const selectKeptGroups = `select g.name ${keptGroups} order by g.search limit 200`;
export const countKeptGroups = `select count(*) as total ${keptGroups}`;

const pendingInRange = `c.planId = ? and c.seq >= ? and c.seq < ? and c.state = 'pending'`;

/** Rows that are still to be applied and whose person or group moved on since the plan. */
export const countDrifting = `select
  (select count(*) from PlanChange c left join DirectoryUser u on u.id = c.subjectId
    where ${pendingInRange} and c.subject = 'user' and c.subjectId is not null
      and u.revision is not c.plannedRevision)
  + (select count(*) from PlanChange c left join DirectoryGroup g on g.id = c.subjectId
    where ${pendingInRange} and c.subject = 'group' and c.subjectId is not null
      and g.revision is not c.plannedRevision)
  + (select count(*) from PlanChange c join DirectoryUser u on u.connectorId = ? and u.externalId = c.externalId
    where ${pendingInRange} and c.subject = 'user' and c.subjectId is null) as drifting`;
