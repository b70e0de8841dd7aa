/** A session that is not over, with its account. Takes the hash, now, and since when a silent one is over. */
export const findSession = `select s.tokenHash, s.publicId as sessionId, s.createdAt, s.lastSeenAt, s.expiresAt,
  a.id as accountKey, a.publicId as accountId, a.email, a.name, a.role
from Session s join Account a on a.id = s.accountId
where s.tokenHash = ? and s.expiresAt > ? and s.lastSeenAt > ? and a.enabled = 1`;

/** Parallel requests of one browser write it once. */
export const touchSession = 'update Session set lastSeenAt = ? where tokenHash = ? and lastSeenAt < ?';

const live = 'accountId = ? and expiresAt > ? and lastSeenAt > ?';

export const countSessions = `select count(*) as total from Session where ${live}`;

const listed = 'tokenHash, publicId, createdAt, lastSeenAt, expiresAt, remoteAddress, userAgent';

export const findForList = `select ${listed} from Session where tokenHash = ?`;

export const listSessions = `select ${listed} from Session where ${live} order by lastSeenAt desc, publicId limit ? offset ?`;

/** Only if the account is as it was when the password was verified. */
export const insertSession = `insert into Session (tokenHash, publicId, accountId, createdAt, lastSeenAt, expiresAt, remoteAddress, userAgent)
select ?, ?, id, ?, ?, ?, ?, ? from Account where id = ? and enabled = 1 and passwordHash = ?`;

/** For a batch that has just made or changed the account. */
export const insertSessionIfChanged = `insert into Session (tokenHash, publicId, accountId, createdAt, lastSeenAt, expiresAt, remoteAddress, userAgent)
select ?, ?, id, ?, ?, ?, ?, ? from Account where publicId = ? and enabled = 1 and changes() > 0`;

export const deleteSession = 'delete from Session where tokenHash = ?';

export const deleteSessionOfAccount = 'delete from Session where publicId = ? and accountId = ?';

/** The second value is a session that stays, or an empty text. */
export const deleteSessionsOfAccount = 'delete from Session where accountId = ? and tokenHash <> ?';

export const deleteSessionsIfChanged = 'delete from Session where accountId = ? and changes() > 0';

export const deleteOverSessions = 'delete from Session where expiresAt <= ? or lastSeenAt <= ?';

export const hashOfSession = 'select tokenHash from Session where publicId = ? and accountId = ?';
