export const insertTransaction = `insert into LoginTransaction (browserHash, stateHash, idpId, loginVersion, trackerId,
  applicationId, returnUrl, sealed, createdAt, expiresAt)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)`;

/** Of one browser, all but its newest so many. */
export const deleteOldOnes = `delete from LoginTransaction where browserHash = ?1 and id not in (
  select id from LoginTransaction where browserHash = ?1 order by id desc limit ?2)`;

export const deleteLongExpired = `delete from LoginTransaction where id in (
  select id from LoginTransaction where expiresAt < ?1 limit ?2)`;

/** The one of this state first, else the newest of browser and IdP: found and taken by one statement. */
export const takeTransaction = `delete from LoginTransaction where id = (
  select id from LoginTransaction where browserHash = ?1 and idpId = ?2 order by stateHash = ?3 desc, id desc limit 1)
returning stateHash, idpId, loginVersion, trackerId, applicationId, returnUrl, sealed, createdAt, expiresAt`;
