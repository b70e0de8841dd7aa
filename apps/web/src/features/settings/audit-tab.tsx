import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { EmptyFilter } from '../../components/ui/empty-state.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Pager } from '../../components/ui/pager.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { auditQuery, PAGE_SIZE } from './api.ts';
import { auditFilterOf } from './audit-filter.ts';
import { AuditFilters } from './audit-filters.tsx';
import type { AuditSearch } from './audit-search.ts';
import { AuditTable } from './audit-table.tsx';

/** `/settings/audit`: who did what, newest first. The filter is in the URL. */
export function AuditTab() {
  const search = useSearch({ from: '/app/settings/audit' });
  const navigate = useNavigate({ from: '/settings/audit' });
  const filter = auditFilterOf(search);
  const offset = ((search.page ?? 1) - 1) * PAGE_SIZE;
  const audit = useQuery(auditQuery(filter, offset));
  const change = (next: Partial<AuditSearch>) =>
    void navigate({ search: { ...search, page: undefined, ...next }, replace: true });
  return (
    <>
      <AuditFilters search={search} filter={filter} actions={audit.data?.actions ?? []} onChange={change} />
      {audit.isPending && <SkeletonRows label="Loading the audit" rows={8} rowHeight={42} />}
      {audit.isError && !audit.data && (
        <ErrorPanel
          title="The audit could not be read"
          error={audit.error}
          onRetry={() => void audit.refetch()}
        />
      )}
      {audit.data && (
        <Panel padded={false}>
          {audit.data.items.length === 0 ? (
            <EmptyFilter
              text="No entry matches."
              action={<Button onClick={() => void navigate({ search: {} })}>Clear filters</Button>}
            />
          ) : (
            <AuditTable entries={audit.data.items} />
          )}
          <Pager
            total={audit.data.total}
            offset={offset}
            size={PAGE_SIZE}
            noun="entries"
            onMove={(next) => change({ page: next / PAGE_SIZE + 1 })}
          />
        </Panel>
      )}
    </>
  );
}
