const idpColumns = `i.id, i.publicId, i.state, i.name, i.settingsVersion, i.loginVersion, i.metadata, i.metadataImport,
  i.testedAt, i.testedBy, i.wizardStep, i.wizardTicks, i.createdAt, i.createdBy, i.removedAt,
  v.settings, v.createdAt as changedAt, v.createdBy as changedBy,
  c.id as connectorKey, c.publicId as connectorPublicId, c.name as connectorName,
  d.id as directoryKey, d.publicId as directoryPublicId, d.name as directoryName`;

/** A connector that was removed is none; the directory is the connector's, else the chosen one. */
const idpTables = `Idp i join IdpVersion v on v.idpId = i.id and v.version = i.settingsVersion
  left join Connector c on c.publicId = json_extract(v.settings, '$.values.connectorId') and c.removedAt is null
  left join Directory d on d.id = coalesce(c.directoryId,
    (select id from Directory where publicId = json_extract(v.settings, '$.values.directoryId')))`;

/** Finished ones by name, then drafts, the newest first. */
export const selectIdps = `select ${idpColumns} from ${idpTables} where i.removedAt is null
order by i.state = 'draft', iif(i.state = 'draft', -i.id, 0), i.nameFolded, i.id limit ? offset ?`;

export const countIdps = 'select count(*) as total from Idp where removedAt is null';

export const selectIdp = `select ${idpColumns} from ${idpTables} where i.publicId = ? and i.removedAt is null`;

/** Also a removed one. */
export const selectKnownId = 'select id from Idp where publicId = ?';

export const selectIdpById = `select ${idpColumns} from ${idpTables} where i.id = ?`;

export const selectFinished = `select ${idpColumns} from ${idpTables}
where i.state <> 'draft' and i.removedAt is null order by i.nameFolded, i.id limit ?`;

/** What a test login needs is there: metadata, which comes only with a domain and a client id, and a secret. */
const testable = `i.removedAt is null and i.state <> 'disabled' and i.metadata is not null and exists (select 1 from Secret s
  where s.ownerKind = 'idp' and s.ownerId = i.id and s.name = 'clientSecret')`;

export const selectTestable = `select i.publicId, i.name, json_extract(i.metadata, '$.issuer') as issuer from Idp i
where ${testable} order by i.state = 'draft', i.nameFolded, i.id limit ? offset ?`;

export const countTestable = `select count(*) as total from Idp i where ${testable}`;

export const selectVersion =
  'select settings, createdAt, createdBy from IdpVersion where idpId = ? and version = ?';

/** Whoever holds a folded name: at most one, a draft too. */
export const selectNameHolder = `select state, name, createdBy from Idp where nameFolded = ? and id <> ?`;

/** At most so many drafts (?5) stand open. */
export const insertDraft = `insert into Idp
  (publicId, state, name, nameFolded, settingsVersion, loginVersion, wizardStep, wizardTicks, createdAt, createdBy)
select ?1, 'draft', '', null, 1, 1, ?2, '[]', ?3, ?4
where (select count(*) from Idp where state = 'draft' and removedAt is null) < ?5`;

export const insertFirstVersion = `insert into IdpVersion (idpId, version, settings, createdAt, createdBy)
select id, 1, ?2, ?3, ?4 from Idp where publicId = ?1`;

/**
 * Raises the head only when it, and its name (?8), is the one that the form was loaded with and the new name is free.
 * ?6 = 1: logins depend on what changed, so the test is over. ?7 = 1: the metadata belongs to another issuer.
 */
export const updateHead = `update Idp set settingsVersion = settingsVersion + ?3, name = ?4, nameFolded = ?5,
  loginVersion = loginVersion + ?6,
  testedAt = iif(?6 = 1, null, testedAt), testedBy = iif(?6 = 1, null, testedBy),
  metadata = iif(?7 = 1, null, metadata), metadataImport = iif(?7 = 1, null, metadataImport), keys = iif(?7 = 1, null, keys)
where id = ?1 and settingsVersion = ?2 and name = coalesce(?8, name) and removedAt is null
  and not exists (select 1 from Idp other where other.nameFolded = ?5 and other.id <> ?1)`;

/** Right after what belongs to `updateHead`: the version that it points to now. */
export const insertNextVersion = `insert into IdpVersion (idpId, version, settings, createdAt, createdBy)
select ?1, ?2, ?3, ?4, ?5 where changes() > 0`;

/** Only when there is no directory at all, and the version (?7) that names it was written. */
export const insertFirstDirectory = `insert into Directory (publicId, name, nameFolded, eventEpoch, createdAt)
select ?1, ?2, ?3, ?4, ?5 where not exists (select 1 from Directory)
  and exists (select 1 from Idp where id = ?6 and settingsVersion = ?7)`;

export const selectFirstDirectories = 'select publicId from Directory limit 2';

export const selectDirectory = 'select id from Directory where publicId = ?';

export const selectConnectorDomain = `select json_extract(s.settings, '$.values.domain') as domain
from Connector c join ConnectorVersion s on s.connectorId = c.id and s.version = c.settingsVersion
where c.publicId = ? and c.removedAt is null`;

export const updateWizard = `update Idp set wizardStep = ?2, wizardTicks = ?3
where id = ?1 and state = 'draft' and removedAt is null`;

/** Only while nothing changed that logins depend on (?2). ?5 = 1: the metadata is another. */
export const updateImport = `update Idp set metadataImport = ?3, metadata = coalesce(?4, metadata),
  loginVersion = loginVersion + ?5,
  testedAt = iif(?5 = 1, null, testedAt), testedBy = iif(?5 = 1, null, testedBy), keys = iif(?5 = 1, null, keys)
where id = ?1 and loginVersion = ?2 and removedAt is null`;

export const finishDraft = `update Idp set state = 'enabled'
where id = ?1 and settingsVersion = ?2 and loginVersion = ?3 and state = 'draft' and removedAt is null`;

/** A draft is neither. */
export const updateEnabled = `update Idp set state = ?2
where id = ?1 and state in ('enabled', 'disabled') and state <> ?2 and removedAt is null`;

/** The name is free again; settings stay, for the trackers that name them. */
export const markRemoved = `update Idp set removedAt = ?2, nameFolded = null, keys = null
where id = ?1 and removedAt is null`;

export const deleteSecretsOfRemoved = `delete from Secret where ownerKind = 'idp' and ownerId = ?1
  and exists (select 1 from Idp where id = ?1 and removedAt is not null)`;

export const updateTested = `update Idp set testedAt = ?3, testedBy = ?4
where id = ?1 and loginVersion = ?2 and removedAt is null`;

export const selectKeys = 'select keys from Idp where id = ? and removedAt is null';

export const updateKeys = `update Idp set keys = ?3
where id = ?1 and loginVersion = ?2 and removedAt is null and keys is not ?3`;

/** Drafts that were not saved, imported or tested since a time, which comes as a number, a text and a number. */
export const selectForgottenDrafts = `select ${idpColumns} from ${idpTables}
where i.state = 'draft' and i.removedAt is null and v.createdAt < ?
  and coalesce(json_extract(i.metadataImport, '$.startedAt'), '') < ?
  and not exists (select 1 from Tracker t where t.idpId = i.id and t.createdAt >= ?)
order by i.id limit 50`;
