export const selectPlanOfRun = 'select id from Plan where runId = ?';

export const insertPlan = `insert into Plan (publicId, runId, connectorId, snapshotId, settingsVersion, digest, totals,
  verdict, suppressed, state, rows, groupRows, appliedGains, appliedLosses, createdAt)
values (?1, ?2, ?3, ?4, ?5, '', '{}', '{}', '[]', 'writing', 0, 0, 0, 0, ?6) returning id`;

export const insertChange = `insert into PlanChange (planId, seq, subject, operation, category, externalId, subjectId,
  plannedRevision, name, username, email, search, changed, groupsGained, groupsLost, reasonCode, state)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)`;

export const insertDetail = `insert into PlanChangeDetail (planId, seq, before, after, gained, lost, reason, source)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`;

export const insertGroup = `insert into PlanGroup (planId, ordinal, groupId, externalId, name)
values (?1, ?2, ?3, ?4, ?5)`;

export const insertChangeGroup = `insert into PlanChangeGroup (planId, ordinal, seq, gained) values (?1, ?2, ?3, ?4)`;

export const insertChangeAttribute = `insert into PlanChangeAttribute (planId, attribute, seq) values (?1, ?2, ?3)`;

export const insertFacet = `insert into PlanFacet (planId, facet, value, label, count) values (?1, ?2, ?3, ?4, ?5)`;

export const holdsLease = 'exists (select 1 from Lease where connectorId = ?2 and fence = ?3)';

export const finishPlan = `update Plan set digest = ?4, totals = ?5, verdict = ?6, suppressed = ?7, rows = ?8,
  groupRows = ?9, state = 'open'
where id = ?1 and state = 'writing' and ${holdsLease}`;

export const replaceOlder = `update Plan set state = 'replaced', closedAt = ?4, closedByRunId = ?5
where connectorId = ?2 and id < ?1 and state = 'open' and ${holdsLease}`;

export const deletePlan = 'delete from Plan where id = ?1';

/** Statements that each remove at most ?2 rows of plan ?1. */
export const deleteRows = [
  deleteFrom('PlanChange', 'seq'),
  deleteFrom('PlanChangeDetail', 'seq'),
  deleteFrom('PlanChangeGroup', 'ordinal, seq'),
  deleteFrom('PlanChangeAttribute', 'attribute, seq'),
  deleteFrom('PlanGroup', 'ordinal'),
  deleteFrom('PlanFacet', 'facet, value'),
] as const;

function deleteFrom(table: string, key: string): string {
  return `delete from ${table} where planId = ?1
  and (${key}) in (select ${key} from ${table} where planId = ?1 limit ?2)`;
}

/** Closed plans behind the newest so many of their connector. */
export const selectPurgeable = `select id from (
  select id, state, row_number() over (partition by connectorId order by id desc) as place from Plan
) where place > ? and state in ('applied', 'discarded', 'replaced')`;

/** What runs that are over left half written. */
export const selectAbandoned = `select p.id from Plan p join Run r on r.id = p.runId
where p.state = 'writing' and r.state not in ('queued', 'reading', 'planning', 'applying')`;

export const markPurged = `update Plan set state = 'purged' where id = ?1`;
