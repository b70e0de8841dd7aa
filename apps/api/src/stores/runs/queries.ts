const runColumns = `r.id, r.connectorId, c.publicId as connectorPublicId, c.name as connectorName, c.directoryId,
  r.scope, r.intent, r.origin, r.originRunId, r."trigger", r.startedBy, r.state, r.reason, r.counters,
  r.settingsVersion, r.snapshotId, r.planId, r.queuedAt, r.startedAt, r.finishedAt, r.reviewedAt, r.reviewedBy`;

const runTables = 'Run r join Connector c on c.id = r.connectorId';

const activeStates = `('queued', 'reading', 'planning', 'applying')`;

/** Newest first; a filter that is null lets everything pass. */
export const selectRuns = `select ${runColumns} from ${runTables}
where r.connectorId = coalesce(?, r.connectorId) and r.state = coalesce(?, r.state)
order by r.id desc limit ? offset ?`;

export const countRuns = `select count(*) as total from Run r
where r.connectorId = coalesce(?, r.connectorId) and r.state = coalesce(?, r.state)`;

export const selectRun = `select ${runColumns}, r.progress, r.cancelRequestedAt, p.publicId as planPublicId,
  coalesce((select max(f.id) from Run f where f.originRunId = r.id),
    case when p.state = 'replaced' then p.closedByRunId end) as followedBy
from ${runTables} left join Plan p on p.id = r.planId where r.id = ?`;

export const selectSteps = `select seq, at, level, code, facts from RunStep where runId = ?
order by seq desc limit ? offset ?`;

export const countSteps = 'select count(*) as total from RunStep where runId = ?';

export const selectNewestOf = `select ${runColumns} from ${runTables}
where r.connectorId = ? order by r.id desc limit 1`;

export const selectActiveOf = `select ${runColumns} from ${runTables}
where r.connectorId = ? and r.state in ${activeStates} order by r.id desc limit 1`;

export const selectHeldOf = `select ${runColumns} from ${runTables}
where r.connectorId = ? and r.state = 'held' order by r.id desc limit 1`;

export const selectNewestHeld = `select ${runColumns} from ${runTables}
where r.state = 'held' and c.removedAt is null order by r.id desc limit 1`;

export const selectLastSync = `select ${runColumns} from ${runTables}
where r.intent = 'apply' and r.state not in ${activeStates} order by r.id desc limit 1`;

export const selectFirstSync = `select ${runColumns} from ${runTables}
where r.intent = 'apply' and r.state = 'done' order by r.id limit 1`;

export const selectFirstReviewed = `select ${runColumns} from ${runTables}
where r.reviewedAt is not null order by r.reviewedAt limit 1`;

export const selectNewestSimulation = `select ${runColumns} from ${runTables}
where r.intent = 'simulate' and r.planId is not null and c.removedAt is null order by r.id desc limit 1`;

export const selectQueued = `select ${runColumns} from ${runTables} where r.state = 'queued' order by r.id`;

/** Whom a person told to end, and a process that is gone did not come to. */
export const selectCancelling = `select id from Run where state = 'applying' and cancelRequestedAt is not null`;

export const selectApplying = `select ${runColumns} from ${runTables} where r.state = 'applying' order by r.id`;

/** Only while no other run of the connector is active: one row, or none. */
export const insertRun = `insert into Run (connectorId, scope, intent, origin, originRunId, "trigger", startedBy, state,
  settingsVersion, planId, queuedAt)
select c.id, ?2, ?3, 'source', null, ?4, ?5, 'queued', c.settingsVersion, null, ?6
from Connector c where c.id = ?1 and c.removedAt is null
  and not exists (select 1 from Run r where r.connectorId = c.id and r.state in ${activeStates})
returning id`;

/** The same for a reviewed plan that is open and made with the settings in force. */
export const insertPlanRun = `insert into Run (connectorId, scope, intent, origin, originRunId, "trigger", startedBy, state,
  settingsVersion, snapshotId, planId, queuedAt)
select c.id, o.scope, 'apply', 'plan', o.id, 'manual', ?2, 'queued', p.settingsVersion, o.snapshotId, p.id, ?3
from Run o join Plan p on p.id = o.planId join Connector c on c.id = o.connectorId
where o.id = ?1 and p.state = 'open' and p.settingsVersion = c.settingsVersion and c.removedAt is null
  and not exists (select 1 from Run r where r.connectorId = c.id and r.state in ${activeStates})
returning id`;

/** Diary entry of the run that was just inserted. */
export const insertQueuedStep = `insert into RunStep (runId, seq, at, level, code, facts)
select r.id, 1, ?1, 'info', 'state-queued', ?2 from Run r where changes() > 0 order by r.id desc limit 1`;

export const insertStep = `insert into RunStep (runId, seq, at, level, code, facts)
select ?1, coalesce((select max(seq) from RunStep where runId = ?1), 0) + 1, ?2, ?3, ?4, ?5`;

export const insertStepIfChanged = `${insertStep} where changes() > 0`;

const holdsLease = 'exists (select 1 from Lease l where l.connectorId = Run.connectorId and l.fence = ?2)';

export const enterState = `update Run set state = ?3, reason = ?4, startedAt = coalesce(startedAt, ?5)
where id = ?1 and ${holdsLease}`;

export const finishRun = `update Run set state = ?3, reason = ?4, counters = ?5, finishedAt = ?6
where id = ?1 and ${holdsLease}`;

export const setProgress = `update Run set progress = ?3 where id = ?1 and ${holdsLease}`;
export const setSnapshot = `update Run set snapshotId = ?3 where id = ?1 and ${holdsLease}`;
export const setPlan = `update Run set planId = ?3 where id = ?1 and ${holdsLease}`;

/** Held runs of the connector whose plan a newer plan makes pointless. */
export const replaceHeld = `update Run set state = 'replaced', reason = ?3
where connectorId = ?1 and id < ?2 and state = 'held'`;

export const selectLastProgress = `select progress from Run
where connectorId = ? and id < ? and origin = 'source' and state in ('done', 'held') and progress is not null
order by id desc limit 1`;

export const requestCancel = `update Run set cancelRequestedAt = coalesce(cancelRequestedAt, ?2)
where id = ?1 and state in ('reading', 'planning', 'applying')`;

export const cancelQueued = `update Run set state = 'cancelled', reason = ?3, finishedAt = ?2
where id = ?1 and state = 'queued'`;

/** Of a run that is held, or over while nobody applied its plan. */
export const discardPlan = `update Plan set state = 'discarded', closedAt = ?2
where state = 'open' and id = (select planId from Run where id = ?1
  and state in ('held', 'done', 'failed', 'cancelled', 'interrupted'))`;

export const discardRun = `update Run set state = 'discarded', reason = null where id = ?1 and changes() > 0`;

export const markReviewedIfChanged = `update Run set reviewedAt = ?2, reviewedBy = ?3
where id = ?1 and changes() > 0 and reviewedAt is null`;

export const markReviewed = `update Run set reviewedAt = ?2, reviewedBy = ?3
where id = ?1 and reviewedAt is null and planId is not null`;

/** What a process that is gone left behind; plans that were being applied go on. */
export const interruptOrphans = `update Run set state = 'interrupted', reason = ?1, finishedAt = ?2
where state in ('reading', 'planning')`;

export const selectOrphans = `select id from Run where state in ('reading', 'planning')`;

export const claimLease = `update Lease set fence = fence + 1, holder = ?, runId = ?, expiresAt = ?
where connectorId = ? and expiresAt <= ? returning fence`;

export const renewLease = 'update Lease set expiresAt = ?3 where connectorId = ?1 and fence = ?2';

export const releaseLease = `update Lease set holder = '', runId = null, expiresAt = 0
where connectorId = ?1 and fence = ?2`;
