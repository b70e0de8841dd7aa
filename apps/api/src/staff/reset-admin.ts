import { foldName } from '@gatehouse/mapping/fold-name';
import { findForSignIn, upsertAdmin } from '../stores/accounts/queries.ts';
import { auditStatement, byHost } from '../stores/audit/audit-entry.ts';
import type { Database } from '../stores/database.ts';
import { randomPublicId } from '../stores/random-id.ts';
import { statement } from '../stores/raw.ts';
import { insertFactOnce } from '../stores/server-facts/queries.ts';
import { deleteSessionsOfAccount } from '../stores/sessions/queries.ts';

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
