import { useQuery } from '@tanstack/react-query';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Page, PageHeader, SectionTitle } from '../../components/ui/page.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { useNow } from '../../components/ui/times.tsx';
import { browserTimeZone, formatLongDay, formatTime, timeZoneCity } from '../../lib/format.ts';
import { overviewQuery, useIsAdmin } from '../../lib/session.ts';
import { HealthCards } from './health-cards.tsx';
import { HeldCallout } from './held-callout.tsx';
import classes from './overview.module.css';
import { SetUpPanel } from './set-up-panel.tsx';

/** `/`: what waits, what is left to set up, and whether all is well. */
export function OverviewPage() {
  const now = useNow();
  const isAdmin = useIsAdmin();
  const overview = useQuery(overviewQuery);
  return (
    <Page>
      <PageHeader
        title="Overview"
        description={`${formatLongDay(now)}, ${formatTime(now)} in ${timeZoneCity(browserTimeZone())}`}
      />
      {overview.isPending && <SkeletonRows label="Loading the overview" rows={8} rowHeight={52} />}
      {overview.isError && !overview.data && (
        <ErrorPanel
          title="The overview could not be read"
          error={overview.error}
          onRetry={() => void overview.refetch()}
        />
      )}
      {overview.data && (
        <div className={classes.stack}>
          {overview.data.held && <HeldCallout run={overview.data.held} total={overview.data.heldTotal} />}
          <SetUpPanel steps={overview.data.steps} withLinks={isAdmin} />
          <div>
            <SectionTitle>Health</SectionTitle>
            <HealthCards health={overview.data.health} now={now} />
          </div>
        </div>
      )}
    </Page>
  );
}
