import { foldName } from '@gatehouse/mapping/fold-name';
import { findForSignIn, listAdminEmails, upsertAdmin } from '../stores/accounts/queries.ts';
import { auditStatement, byHost } from '../stores/audit/audit-entry.ts';
import type { Database } from '../stores/database.ts';
import { randomPublicId } from '../stores/random-id.ts';
import { statement } from '../stores/raw.ts';
import { insertFactOnce } from '../stores/server-facts/queries.ts';
import { deleteSessionsOfAccount } from '../stores/sessions/queries.ts';

/** Administrators that are named to somebody who mistyped one. */
const adminsNamed = 20;

export function hasAccount(database: Database, email: string): boolean {
  return database.sql.get(findForSignIn, foldName(email)) !== undefined;
}

/** Addresses of administrators, the first ones in their order, and how many there are in all. */
export function administrators(database: Database): { emails: string[]; total: number } {
  const rows = database.sql.all<{ email: string; enabled: number; total: number }>(
    listAdminEmails,
    adminsNamed,
  );
  const emails = rows.map(({ email, enabled }) => (enabled === 1 ? email : `${email} (disabled)`));
  return { emails, total: rows[0]?.total ?? 0 };
}

/**
 * Recovery on the host: an enabled administrator with this e-mail and password, made if there is none; its sessions
 * end and set-up is over. One short transaction, so it works beside a running server.
 */
export async function resetAdmin(
  database: Database,
  admin: { email: string; passwordHash: string },
): Promise<'made' | 'reset'> {
  const { email, passwordHash } = admin;
  const folded = foldName(email);
  const found = database.sql.get<{ key: number; id: string; name: string }>(findForSignIn, folded);
  const { id, name } = found ?? { id: randomPublicId(), name: 'Administrator' };
  const at = database.now();
  const action = found ? 'account.reset-on-host' : 'account.created-on-host';
  await database.write((db) => [
    statement(db, insertFactOnce, 'setup-done', new Date(at).toISOString(), at),
    statement(db, upsertAdmin, id, email, folded, name, passwordHash, at, 'admin'),
    statement(db, deleteSessionsOfAccount, found?.key ?? 0, ''),
    auditStatement(db, {
      at,
      by: byHost,
      action,
      subject: { kind: 'account', id, name },
      after: { email, role: 'admin', enabled: true, password: 'changed' },
    }),
  ]);
  return found ? 'reset' : 'made';
}
