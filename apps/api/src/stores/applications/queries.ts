const columns = `a.id, a.publicId, a.slug, a.name, a.settingsVersion, a.switchedAt, a.switchedBy, a.createdAt, a.removedAt,
  v.settings, v.createdAt as changedAt, v.createdBy as changedBy`;

const tables = `Application a
  join ApplicationVersion v on v.applicationId = a.id and v.version = a.settingsVersion`;

export const selectApplications = `select ${columns} from ${tables}
where a.removedAt is null order by a.nameFolded limit ? offset ?`;

export const countApplications = 'select count(*) as total from Application where removedAt is null';

export const selectApplication = `select ${columns} from ${tables} where a.publicId = ? and a.removedAt is null`;

export const selectApplicationBySlug = `select ${columns} from ${tables} where a.slug = ? and a.removedAt is null`;

/** Also a removed one. */
export const selectApplicationById = `select ${columns} from ${tables} where a.id = ?`;

/** Applications whose redirection names this IdP, by name. */
export const selectApplicationsOfIdp = `select ${columns} from ${tables}
where a.removedAt is null and json_extract(v.settings, '$.values.redirection.idpId') = ?
order by a.nameFolded limit ?`;

/** The application whose switch was turned on last, of those that redirect. */
export const selectNewestRedirecting = `select ${columns} from ${tables}
where a.removedAt is null and (json_extract(v.settings, '$.values.redirection.enabled')
  or json_extract(v.settings, '$.values.redirection.portal'))
order by a.switchedAt desc, a.id desc limit 1`;

export const selectOldest = `select ${columns} from ${tables} where a.removedAt is null order by a.id limit 1`;

export const selectNameTaken = 'select 1 as taken from Application where nameFolded = ? and id <> ?';
export const selectSlug = 'select 1 as taken from Application where slug = ?';

/** Name and slug are free, or no row. */
export const insertApplication = `insert into Application
  (publicId, slug, name, nameFolded, settingsVersion, createdAt)
select ?1, ?2, ?3, ?4, 1, ?5
where not exists (select 1 from Application where nameFolded = ?4 or slug = ?2)`;

export const insertFirstVersion = `insert into ApplicationVersion (applicationId, version, settings, createdAt, createdBy)
select id, 1, ?2, ?3, ?4 from Application where publicId = ?1`;

/** Raises the head by ?3 only when it is the one that was seen, and the new name is free. ?6: the switch was turned. */
export const updateHead = `update Application
set settingsVersion = settingsVersion + ?3, name = ?4, nameFolded = ?5,
  switchedAt = case ?6 when 1 then ?7 else switchedAt end, switchedBy = case ?6 when 1 then ?8 else switchedBy end
where id = ?1 and settingsVersion = ?2 and removedAt is null
  and not exists (select 1 from Application other where other.nameFolded = ?5 and other.id <> ?1)`;

/** Right after `updateHead` or its audit entry: the version that it points to now. */
export const insertNextVersion = `insert into ApplicationVersion (applicationId, version, settings, createdAt, createdBy)
select ?1, ?2, ?3, ?4, ?5 where changes() > 0`;

/** Name and address are free again; trackers go on naming it. */
export const markRemoved = `update Application set removedAt = ?2, nameFolded = null, slug = 'removed:' || id
where id = ?1 and removedAt is null`;
