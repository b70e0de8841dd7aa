const columns = `a.id as key, a.publicId as id, a.email, a.name, a.role, a.enabled, a.createdAt, a.passwordSetAt,
  a.lastSignedInAt`;
const sessions = `(select count(*) from Session s
  where s.accountId = a.id and s.expiresAt > ? and s.lastSeenAt > ?) as sessions`;

/** Takes now, since when a silent session is over, and the id. */
export const findAccount = `select ${columns}, ${sessions} from Account a where a.publicId = ?`;

export const findForSignIn = `select id as key, publicId as id, name, passwordHash, enabled from Account where emailFolded = ?`;

export const findPasswordHash = 'select passwordHash from Account where id = ?';

/** Takes the pattern twice; it matches everything as `%`. */
const matching = `(a.emailFolded like ? escape '\\' or a.name like ? escape '\\')`;

export const listAccounts = `select ${columns}, ${sessions} from Account a where ${matching}
order by a.emailFolded limit ? offset ?`;

export const countAccounts = `select count(*) as total from Account a where ${matching}`;

export const isEmailTaken = 'select 1 as taken from Account where emailFolded = ? and publicId <> ?';

const newRow =
  'publicId, email, emailFolded, name, role, passwordHash, enabled, createdAt, updatedAt, passwordSetAt';
/** SQLite takes a positional value only once, so the given ones are named. */
const givenAccount =
  'with given (publicId, email, emailFolded, name, passwordHash, now, role) as (values (?, ?, ?, ?, ?, ?, ?))';
const fromGiven = `select publicId, email, emailFolded, name, role, passwordHash, 1, now, now, now from given`;
const isEmailFree = 'not exists (select 1 from Account where emailFolded = given.emailFolded)';

/** The e-mail is free, or nothing happens. */
export const insertAccount = `insert into Account (${newRow}) ${givenAccount} ${fromGiven} where ${isEmailFree}`;

/** The first administrator, in the batch that has just set the flag. */
export const insertFirstAdmin = `insert into Account (${newRow}) ${givenAccount} ${fromGiven}
where changes() > 0 and ${isEmailFree}`;

/** Another account than this row is an administrator who can sign in. */
const anotherAdmin = `exists (select 1 from Account other where other.id <> Account.id and other.role = 'admin' and other.enabled = 1)`;
const isAdmin = `Account.role = 'admin' and Account.enabled = 1`;

/**
 * Changes an account unless that takes the last administrator or an e-mail of another account. Takes key, e-mail,
 * folded e-mail, name, role, enabled, password hash (null: it stays) and now.
 */
export const updateAccount = `with given (key, email, emailFolded, name, role, enabled, passwordHash, now)
  as (values (?, ?, ?, ?, ?, ?, ?, ?))
update Account set email = given.email, emailFolded = given.emailFolded, name = given.name, role = given.role,
  enabled = given.enabled, passwordHash = coalesce(given.passwordHash, Account.passwordHash),
  passwordSetAt = iif(given.passwordHash is null, Account.passwordSetAt, given.now), updatedAt = given.now
from given
where Account.id = given.key
  and (given.role = 'admin' and given.enabled = 1 or not (${isAdmin}) or ${anotherAdmin})
  and not exists (select 1 from Account other where other.emailFolded = given.emailFolded and other.id <> given.key)`;

export const deleteAccount = `delete from Account where id = ? and (not (${isAdmin}) or ${anotherAdmin})`;

/** Only if the password is still the one that was verified. Takes hash, now, now, key, old hash. */
export const updatePassword = `update Account set passwordHash = ?, passwordSetAt = ?, updatedAt = ?
where id = ? and passwordHash = ?`;

/** Hashed with an older recipe; the password itself stays. */
export const rehashPassword = 'update Account set passwordHash = ? where id = ? and passwordHash = ?';

export const noteSignIn = 'update Account set lastSignedInAt = ? where id = ? and changes() > 0';

export const noteFirstSignIn = 'update Account set lastSignedInAt = ? where publicId = ? and changes() > 0';

/** Who can be recovered on the host, enabled or not. Takes how many at most. */
export const listAdminEmails = `select email, enabled, count(*) over () as total from Account where role = 'admin'
order by emailFolded limit ?`;

/** Recovery on the host: makes the administrator, or makes the account one again. */
export const upsertAdmin = `insert into Account (${newRow}) ${givenAccount} ${fromGiven} where true
on conflict (emailFolded) do update set role = 'admin', enabled = 1, passwordHash = excluded.passwordHash,
  passwordSetAt = excluded.passwordSetAt, updatedAt = excluded.updatedAt`;
