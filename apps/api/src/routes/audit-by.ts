import type { RequestFacts } from '../http/route.ts';
import type { StaffSession } from '../staff/staff-session.ts';
import type { AuditBy } from '../stores/audit/audit-entry.ts';

/** The signed-in person as the one who does it, for the audit entry of a change. */
export function auditBy(session: StaffSession, request: RequestFacts): AuditBy {
  const { id, name } = session.account;
  return {
    actor: { kind: 'account', id, name },
    remoteAddress: request.remoteAddress,
    requestId: request.id,
  };
}
