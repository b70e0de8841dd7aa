import type { AuditEntry } from '@gatehouse/contracts/account';
import { accountEndpoints } from '@gatehouse/contracts/endpoints/account-endpoints';
import { sendCsv, sendJsonList } from '../http/downloads.ts';
import { implement, type RoutesFor } from '../http/route.ts';
import type { AuditStore } from '../stores/audit/store.ts';

const csvHeader = [
  'id',
  'at',
  'actor kind',
  'actor id',
  'actor',
  'remote address',
  'request id',
  'action',
  'subject kind',
  'subject id',
  'subject',
  'before',
  'after',
];

/** The append-only audit, for administrators. */
export function auditRoutes(
  audit: AuditStore,
): RoutesFor<Pick<typeof accountEndpoints, 'listAudit' | 'exportAudit'>> {
  return {
    listAudit: implement(accountEndpoints.listAudit, async ({ query }) => ({
      ...audit.list(query, query),
      actions: [...audit.actions()],
    })),

    exportAudit: implement(accountEndpoints.exportAudit, async ({ query, http: { response } }) => {
      const pages = audit.all(query);
      if (query.format === 'json') return sendJsonList(response, { fileName: 'gatehouse-audit.json', pages });
      return sendCsv(response, { fileName: 'gatehouse-audit.csv', header: csvHeader, pages, toCells });
    }),
  };
}

function toCells({ id, at, actor, subject, before, after, ...entry }: AuditEntry) {
  return [
    id,
    at,
    actor.kind,
    actor.id,
    actor.name,
    entry.remoteAddress,
    entry.requestId,
    entry.action,
    subject.kind,
    subject.id,
    subject.name,
    before && JSON.stringify(before),
    after && JSON.stringify(after),
  ];
}
