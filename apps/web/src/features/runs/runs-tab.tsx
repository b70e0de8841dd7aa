import type { RunSummary } from '@gatehouse/contracts/run';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { z } from 'zod';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { SectionTitle } from '../../components/ui/page.tsx';
import { Pager } from '../../components/ui/pager.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { RunChart } from '../../components/ui/run-chart.tsx';
import { SkeletonBar, SkeletonRows, Skeletons } from '../../components/ui/skeleton.tsx';
import { Tile } from '../../components/ui/tile.tsx';
import { formatDay } from '../../lib/format.ts';
import { connectorRunsQuery } from './api.ts';
import { runBars } from './run-bars.ts';
import { RunTable } from './run-table.tsx';
import classes from './runs-tab.module.css';

const PAGE = 50;
/** Runs that are asked for the chart; of them the newest syncs are drawn. */
const NEWEST = 100;

/** The page of the history, as it stands in the URL: 2 is the second newest fifty. */
const runsSearchSchema = z.object({
  page: z.coerce.number().int().min(1).optional().catch(undefined),
});

/** The runs of one connector: the newest as a chart, all of them in pages of fifty. */
export function RunsTab() {
  const { connectorId } = useParams({ from: '/app/connectors/$connectorId/runs' });
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const page = useMemo(() => runsSearchSchema.parse(raw).page ?? 1, [raw]);
  const navigate = useNavigate();
  const offset = (page - 1) * PAGE;
  const newest = useQuery(connectorRunsQuery(connectorId, 0, NEWEST));
  const shown = useQuery(connectorRunsQuery(connectorId, offset, PAGE));
  const total = shown.data?.total ?? 0;
  const bars = useMemo(() => runBars(newest.data?.items ?? []), [newest.data]);
  const goTo = (next: number) =>
    void navigate({
      to: '/connectors/$connectorId/runs',
      params: { connectorId },
      search: next === 1 ? {} : { page: next },
    });

  if (shown.data === undefined) {
    if (shown.error === null) return <RunsLoading />;
    return (
      <ErrorPanel
        title="The runs could not be read"
        error={shown.error}
        onRetry={() => void shown.refetch()}
      />
    );
  }
  if (total === 0) return <NoRuns />;
  return (
    <>
      <RunsHead runs={shown.data.items} />
      <Panel padded={false}>
        {bars.length > 1 && <RunChart label="Changes and duration of the newest syncs" bars={bars} />}
        <RunTable runs={shown.data.items} />
        <Pager
          total={total}
          offset={offset}
          size={PAGE}
          noun="runs"
          onMove={(next) => goTo(next / PAGE + 1)}
        />
      </Panel>
    </>
  );
}

function RunsHead({ runs }: { runs: readonly RunSummary[] }) {
  const oldest = runs.at(-1);
  return (
    <div className={classes.head}>
      <SectionTitle>
        {oldest === undefined ? 'Runs' : `Runs since ${formatDay(oldest.queuedAt)}`}
      </SectionTitle>
      <span className={classes.legend}>
        <Tile state="added" size="sm" />
        <Tile state="modified" size="sm" />
        <Tile state="cleaned-up" size="sm" />
        <Tile state="held" size="sm" />
      </span>
    </div>
  );
}

function RunsLoading() {
  return (
    <>
      <Skeletons label="Loading the chart">
        <SkeletonBar height={138} />
      </Skeletons>
      <SkeletonRows label="Loading the runs" rows={8} rowHeight={42} />
    </>
  );
}

function NoRuns() {
  return (
    <EmptyState
      title="No run yet"
      lead="Simulations and syncs of this connector stand here, each with what it changed and how long it took. Simulate first: it writes nothing."
      actions={
        <ButtonLink to="/connectors" variant="filled">
          Go to User Sync
        </ButtonLink>
      }
    />
  );
}
