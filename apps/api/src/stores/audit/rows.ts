import type { AuditEntry } from '@gatehouse/contracts/account';
import { toInstant } from '../raw.ts';

export type AuditRow = {
  id: number;
  at: number;
  actorKind: AuditEntry['actor']['kind'];
  actorId: string | null;
  actorName: string;
  remoteAddress: string | null;
  requestId: string | null;
  action: string;
  subjectKind: string;
  subjectId: string | null;
  /** Empty: nothing that has a name. */
  subjectName: string;
  before: string | null;
  after: string | null;
};

export function toAuditEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: toInstant(row.at),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    remoteAddress: row.remoteAddress,
    requestId: row.requestId,
    action: row.action,
    subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName || null },
    before: parseFacts(row.before),
    after: parseFacts(row.after),
  };
}

function parseFacts(json: string | null): Record<string, unknown> | null {
  return json === null ? null : (JSON.parse(json) as Record<string, unknown>);
}
