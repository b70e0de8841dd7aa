/** AUTOINCREMENT: a key is never given twice, also when the newest rows are gone. */
export const selectLastId = `select seq from sqlite_sequence where name = 'Tracker'`;

export const selectTaken = 'select 1 as taken from Tracker where publicId = ?';

const summaryColumns = `t.id, t.publicId, t.kind, t.state, t.idpId, t.settingsVersion, t.startedBy, t.createdAt,
  t.expiresAt, t.startedAt, t.finishedAt, t.lastStep, t.failureCode, t.failureStep, t.person,
  a.publicId as applicationPublicId, a.name as applicationName`;

const trackerTables = 'Tracker t left join Application a on a.id = t.applicationId';

/** Which trackers a list shows, so that an index answers; `+` keeps SQLite from an index that finds more rows. */
const shown = {
  all: 'true',
  tests: `t.kind = 'test'`,
  failed: `t.kind in ('test', 'login') and t.state = 'failed'`,
  logins: `t.kind = 'login'`,
} as const;
const shownOfIdp = {
  all: 't.idpId = ?',
  tests: `${shown.tests} and +t.idpId = ?`,
  failed: `${shown.failed} and +t.idpId = ?`,
  logins: `${shown.logins} and t.idpId = ?`,
} as const;

export type TrackerShow = keyof typeof shown;

function countWhere(condition: string): string {
  return `select count(*) as total from Tracker t where ${condition}`;
}

/**
 * Newest first: ids and times rise together, and each condition has one that an index answers. The rows themselves are
 * read for one window only (a cross join keeps that order in SQLite).
 */
function selectWhere(condition: string): string {
  const order = condition === shown.all ? 't.createdAt desc, t.id desc' : 't.id desc';
  return `select ${summaryColumns}
from (select t.id from Tracker t where ${condition} order by ${order} limit ? offset ?) w
cross join Tracker t on t.id = w.id left join Application a on a.id = t.applicationId order by ${order}`;
}

function listsOf<Show extends string>(conditions: Readonly<Record<Show, string>>) {
  const entries = Object.entries<string>(conditions).map(([show, condition]) => [
    show,
    { count: countWhere(condition), select: selectWhere(condition) },
  ]);
  return Object.fromEntries(entries) as Readonly<Record<Show, { count: string; select: string }>>;
}

export const trackerLists = listsOf(shown);
/** Nearly all trackers of an IdP are logins: two indexes count the others quicker than rows count these. */
const countLoginsOfIdp = `with given (idp) as (values (?))
select (select count(*) from Tracker t where t.idpId = idp)
  - (select count(*) from Tracker t where t.kind = 'test' and +t.idpId = idp) as total from given`;

const listsOfIdp = listsOf(shownOfIdp);
/** With the IdP's key as first value. */
export const trackerListsOfIdp = {
  ...listsOfIdp,
  logins: { ...listsOfIdp.logins, count: countLoginsOfIdp },
};

export const selectTracker = `select ${summaryColumns}, t.claims, t."update",
  u.publicId as userPublicId, u.displayName as userDisplayName, u.username as userUsername
from ${trackerTables} left join DirectoryUser u on u.id = t.userId where t.publicId = ?`;

export const selectEvents = `select seq, at, step, state, code, fact, expected, seen, durationMs, facts
from TrackerEvent where trackerId = ? order by seq`;

export const selectNewestOf = `select ${summaryColumns} from ${trackerTables}
where t.idpId = ? order by t.id desc limit 1`;

/** A reload of a page that a login ended on comes back without a login: traced, but no news to anybody. */
const isNews = (tracker: string) => `${tracker}.failureCode <> 'transaction-missing'`;

/** By the index of states: few trackers have failed, many may be of this IdP. */
export const selectNewestFailureOf = `select ${summaryColumns} from ${trackerTables}
where t.id = (select max(f.id) from Tracker f
  where f.kind in ('test', 'login') and f.state = 'failed' and +f.idpId = ?
    and ${isNews('f')})`;

export const selectNewestFailedLogin = `select ${summaryColumns} from ${trackerTables}
where t.kind = 'login' and t.state = 'failed' and ${isNews('t')} order by t.id desc limit 1`;

export const selectLink = `select id, publicId, state, idpId, startedBy, createdAt, expiresAt, startedAt
from Tracker where linkHash = ?`;

export const selectForResume = `select id, publicId, kind, state, idpId, settingsVersion, startedBy, startedAt
from Tracker where id = ?`;

export const insertTracker = `insert into Tracker (id, publicId, kind, state, idpId, settingsVersion, applicationId,
  startedBy, linkHash, createdAt, expiresAt, startedAt)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)`;

/** The events of a JSON list of lists, behind those that are there. */
export const insertEvents = `insert into TrackerEvent (trackerId, seq, at, step, state, code, fact, expected, seen,
  durationMs, facts)
select ?1, coalesce((select max(seq) from TrackerEvent where trackerId = ?1), 0) + 1 + e.key,
  json_extract(e.value, '$[0]'), json_extract(e.value, '$[1]'), json_extract(e.value, '$[2]'),
  json_extract(e.value, '$[3]'), json_extract(e.value, '$[4]'), json_extract(e.value, '$[5]'),
  json_extract(e.value, '$[6]'), json_extract(e.value, '$[7]'), json_extract(e.value, '$[8]')
from json_each(?2) e where exists (select 1 from Tracker where id = ?1)`;

export const insertEventsIfChanged = `${insertEvents} and changes() > 0`;

/** What was learned so far; null leaves what is there. */
export const noteProgress = `update Tracker set lastStep = coalesce(?2, lastStep), person = coalesce(?3, person),
  userId = coalesce(?4, userId), claims = coalesce(?5, claims), "update" = coalesce(?6, "update")
where id = ?1`;

/** Also of one that timed out: somebody came back late, and the trace says so. */
export const endTracker = `update Tracker set state = ?2, finishedAt = ?3, failureCode = ?4, failureStep = ?5,
  lastStep = coalesce(?6, lastStep)
where id = ?1 and startedAt is not null and state in ('in-progress', 'timed-out')`;

/** Of a real login that is about to end as passed: it keeps one line. */
export const dropDetails = `update Tracker set claims = null, "update" = null
where id = ?1 and kind = 'login' and state in ('in-progress', 'timed-out')`;

export const dropEvents = `delete from TrackerEvent where trackerId = ?1
and exists (select 1 from Tracker where id = ?1 and kind = 'login' and state in ('in-progress', 'timed-out'))`;

/** Of many calls at once one changes the row. The version in force now is the one that is tested. */
export const useLink = `update Tracker set state = 'in-progress', startedAt = ?2, expiresAt = ?3, lastStep = ?4,
  settingsVersion = (select settingsVersion from Idp where id = Tracker.idpId)
where linkHash = ?1 and state = 'waiting' and expiresAt > ?2
returning id, publicId, idpId, settingsVersion`;

export const expireTrackers = `update Tracker set state = 'timed-out', finishedAt = expiresAt
where id in (select id from Tracker where state in ('waiting', 'in-progress') and expiresAt <= ?1 limit ?2)
returning publicId, idpId`;

/** Links that nobody can use any more, and those of trackers that are gone. */
export const clearLinks = `delete from Secret where ownerKind = 'tracker'
and not exists (select 1 from Tracker t where t.id = Secret.ownerId and t.state = 'waiting')`;

const isOver = `state not in ('waiting', 'in-progress')`;

export const deleteOld = `delete from Tracker where id in (select id from Tracker
  where createdAt < ?1 and ${isOver} order by createdAt limit ?2)`;

export const keptKinds = ['detailed', 'nameless', 'strays', 'lines', 'begun'] as const;
type KeptKind = (typeof keptKinds)[number];

/** Trackers that are counted together, and whose oldest go. */
const kept: Readonly<Record<KeptKind, string>> = {
  detailed: `(kind = 'test' or state = 'failed' and person is not null) and ${isOver}`,
  nameless: `kind = 'login' and state = 'failed' and person is null and failureCode is not 'transaction-missing'`,
  strays: `kind = 'login' and state = 'failed' and person is null and failureCode = 'transaction-missing'`,
  lines: `kind = 'login' and state in ('passed', 'timed-out')`,
  begun: `kind = 'login' and state = 'in-progress'`,
};

export const keptTexts = Object.fromEntries(
  keptKinds.map((kind) => [
    kind,
    {
      count: `select count(*) as total from Tracker where ${kept[kind]}`,
      delete: `delete from Tracker where id in (select id from Tracker where ${kept[kind]} order by id limit ?1)`,
    },
  ]),
) as Readonly<Record<KeptKind, { readonly count: string; readonly delete: string }>>;
