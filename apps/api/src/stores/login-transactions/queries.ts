export const insertTransaction = `insert into LoginTransaction (browserHash, stateHash, idpId, loginVersion, trackerId,
  applicationId, returnUrl, sealed, createdAt, expiresAt)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)`;

/** Of one browser, all but its newest so many. */
export const deleteOldOnes = `delete from LoginTransaction where browserHash = ?1 and id not in (
  select id from LoginTransaction where browserHash = ?1 order by id desc limit ?2)`;

/** More logins than all people of a company have under way at once; older ones are a flood's. */
const keptAtMost = 100_000;

/** Ids rise with time. */
export const deleteLongExpired = `delete from LoginTransaction where id in (
  select id from LoginTransaction
  where expiresAt < ?1 or id <= (select max(id) from LoginTransaction) - ${keptAtMost} limit ?2)`;

/** The one of this state first, else the newest of browser and IdP: found and taken by one statement. */
export const takeTransaction = `delete from LoginTransaction where id = (
  select id from LoginTransaction where browserHash = ?1 and idpId = ?2 order by stateHash = ?3 desc, id desc limit 1)
returning stateHash, idpId, loginVersion, trackerId, applicationId, returnUrl, sealed, createdAt, expiresAt`;
