const personColumns = `u.id, u.publicId, u.username, u.email, u.firstName, u.lastName, u.displayName, u.active,
  u.connectorId, u.externalId, u.revision,
  exists (select 1 from Identity i where i.userId = u.id and i.linkedBy = 'claims') as madeByLogin`;

export const selectById = `select ${personColumns} from DirectoryUser u where u.id = ?`;

export const selectByPublicId = `select ${personColumns} from DirectoryUser u where u.publicId = ?`;

export const selectLinked = `select ${personColumns} from Identity l join DirectoryUser u on u.id = l.userId
where l.directoryId = ? and l.issuer = ? and l.subject = ?`;

export const selectSynced = `select ${personColumns} from DirectoryUser u where u.connectorId = ? and u.externalId = ?`;

export const selectByUsername = `select ${personColumns} from DirectoryUser u
where u.directoryId = ? and u.usernameFolded = ?`;

/**
 * People whose e-mail is not their user name, by an index over an expression: the condition has to stand here as it stands
 * there. ?2 is folded.
 */
export const selectIdsByEmail = `select id from DirectoryUser
where directoryId = ? and lower(trim(email)) = ? and lower(trim(email)) <> usernameFolded order by id limit ?`;

/** The next people whose e-mail SQLite cannot fold. */
export const selectOtherEmails = `select id, email from DirectoryUser
where directoryId = ? and email glob '*[^ -~]*' and id > ? order by id limit ?`;

export const selectGroupNames = `select distinct g.name from Membership m join DirectoryGroup g on g.id = m.groupId
where m.userId = ? order by g.nameFolded, g.id`;

export const selectSubjects = 'select subject from Identity where userId = ? and issuer = ? order by id';

/**
 * Links, or notes the login of one who is linked. ?1: directory, ?2: issuer, ?3: subject, ?4: user, ?5: how, ?6: now.
 * Changes no row when the pair is somebody else's, or the user is linked to another subject of the issuer.
 */
export const link = `insert into Identity (directoryId, issuer, subject, userId, linkedBy, linkedAt, lastLoginAt)
select ?1, ?2, ?3, u.id, ?5, ?6, ?6 from DirectoryUser u
where u.id = ?4 and u.directoryId = ?1 and not exists (
  select 1 from Identity o where o.userId = u.id and o.directoryId = ?1 and o.issuer = ?2 and o.subject <> ?3)
on conflict (directoryId, issuer, subject) do update set lastLoginAt = excluded.lastLoginAt
where userId = excluded.userId`;

/** ?1: directory, ?2: issuer, ?3: subject. */
export const findLink = 'select 1 from Identity where directoryId = ?1 and issuer = ?2 and subject = ?3';

/** Somebody else with this name. ?1: directory, ?2: folded, ?3: id. */
export const findNameHolder = `select 1 from DirectoryUser
where directoryId = ?1 and usernameFolded = ?2 and id is not ?3`;

/** ?1: id, ?2: revision, ?3: directory. */
export const findRevision =
  'select 1 from DirectoryUser where id = ?1 and revision = ?2 and directoryId = ?3';

/** ?1: username, ?2: folded, ?3: e-mail, ?4: first, ?5: last and ?6: display name, ?7: search, ?8: now, ?9: id. */
export const updateUser = `update DirectoryUser set username = ?1, usernameFolded = ?2, email = ?3, firstName = ?4,
  lastName = ?5, displayName = ?6, search = ?7, revision = revision + 1, updatedAt = ?8
where id = ?9`;

/** As `updateUser`, but ?9: public id, ?10: directory. */
export const insertUser = `insert into DirectoryUser (publicId, directoryId, connectorId, externalId, username,
  usernameFolded, email, firstName, lastName, displayName, active, sourceStatus, search, revision, createdAt, updatedAt)
values (?9, ?10, null, null, ?1, ?2, ?3, ?4, ?5, ?6, 1, null, ?7, 1, ?8, ?8)`;

/** ?1: public id, ?2: now, ?3: operation. */
export const insertEvent = `insert into DirectoryEvent (directoryId, epoch, at, kind, operation, subjectId, name)
select o.id, o.eventEpoch, ?2, 'user', ?3, u.id, u.username
from DirectoryUser u join Directory o on o.id = u.directoryId where u.publicId = ?1`;

/** ?1: directory, ?2: issuer, ?3: subject, ?4: public id of the user, ?5: now. */
export const insertLink = `insert into Identity (directoryId, issuer, subject, userId, linkedBy, linkedAt, lastLoginAt)
select ?1, ?2, ?3, u.id, 'claims', ?5, null from DirectoryUser u where u.publicId = ?4`;
