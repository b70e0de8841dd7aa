import { endpoints } from '@gatehouse/contracts/endpoints';
import type { Plan } from '@gatehouse/contracts/plan';
import type { Run } from '@gatehouse/contracts/run';
import { Button } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { ActionMenu, MenuAnchor } from '../../components/ui/action-menu.tsx';
import { PageHeader } from '../../components/ui/page.tsx';
import { StatePill } from '../../components/ui/state-pill.tsx';
import { useNow } from '../../components/ui/times.tsx';
import { endpointUrl } from '../../lib/api-client.ts';
import { formatDateTime, formatRelative, formatTime } from '../../lib/format.ts';
import classes from './review.module.css';
import { filterOf, type ReviewSearch } from './review-search.ts';
import { comparedSentence } from './review-totals.ts';
import { runBreadcrumbs } from './run-breadcrumbs.tsx';

type ReviewHeaderProps = { run: Run; plan: Plan; search: ReviewSearch };

export function ReviewHeader({ run, plan, search }: ReviewHeaderProps) {
  const now = useNow();
  const today = formatDateTime(plan.createdAt, now).startsWith('today');
  const computed = today ? formatTime(plan.createdAt) : formatDateTime(plan.createdAt, now);
  return (
    <div className={classes.header}>
      <PageHeader
        title={`Review of ${run.intent === 'simulate' ? 'simulation' : 'run'} #${run.id}`}
        breadcrumbs={runBreadcrumbs(run, { withRun: true })}
        pill={<PlanPill plan={plan} />}
        meta={`${comparedSentence(plan.totals)} · computed ${computed}, ${formatRelative(plan.createdAt, now)}`}
        actions={<ExportMenu runId={run.id} search={search} />}
      />
    </div>
  );
}

function PlanPill({ plan }: { plan: Plan }) {
  switch (plan.state) {
    case 'open':
      return plan.verdict.outcome === 'hold' && <StatePill state="held">Held</StatePill>;
    case 'applying':
      return <StatePill state="running">Applying</StatePill>;
    case 'applied':
      return <StatePill state="passed">Applied</StatePill>;
    case 'discarded':
      return <StatePill state="over">Discarded</StatePill>;
    case 'replaced':
      return <StatePill state="over">Replaced</StatePill>;
    case 'purged':
      return <StatePill state="over">Purged</StatePill>;
  }
}

function ExportMenu({ runId, search }: { runId: number; search: ReviewSearch }) {
  const href = (format: 'csv' | 'json') =>
    endpointUrl(endpoints.exportChanges, { params: { runId }, query: { ...filterOf(search), format } });
  return (
    <ActionMenu
      label="Export all rows of this filter"
      trigger={(props) => (
        <Button
          {...props}
          leftSection={<IconDownload size={15} stroke={1.7} />}
          rightSection={<IconChevronDown size={15} stroke={1.7} />}
        >
          Export
        </Button>
      )}
    >
      <MenuAnchor href={href('csv')} download>
        Export CSV
      </MenuAnchor>
      <MenuAnchor href={href('json')} download>
        Export JSON
      </MenuAnchor>
    </ActionMenu>
  );
}
