import type { TrackerSummary } from '@gatehouse/contracts/tracker';
import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { EmptyFilter, EmptyState } from '../../components/ui/empty-state.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Page, PageHeader, SectionTitle } from '../../components/ui/page.tsx';
import { Pager } from '../../components/ui/pager.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { PAGE_SIZE, trackersQuery } from './api.ts';
import { FetchTracker } from './fetch-tracker.tsx';
import { NewTrackerDialog } from './new-tracker-dialog.tsx';
import classes from './support.module.css';
import type { SupportSearch, TrackersShown } from './support-search.ts';
import { TestUrlPanel } from './test-url-panel.tsx';
import { TrackersTable } from './trackers-table.tsx';

const filters: readonly { value: TrackersShown; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'tests', label: 'Tests' },
  { value: 'failed', label: 'Failed' },
  { value: 'logins', label: 'Logins' },
];

/** System & Support: test URLs, tests, and logins that failed. */
export function TrackersPage() {
  const search = useSearch({ from: '/app/support' });
  const navigate = useNavigate({ from: '/support' });
  const [isAsking, setAsking] = useState(false);
  const show = search.show ?? 'all';
  const offset = ((search.page ?? 1) - 1) * PAGE_SIZE;
  const trackers = useQuery(trackersQuery(show, offset));
  const change = (next: Partial<SupportSearch>) =>
    void navigate({ search: { ...search, page: undefined, ...next }, replace: true });
  const openTest = search.test ?? newestOpenTest(trackers.data?.items ?? []);
  const isEmpty = trackers.data?.total === 0 && show === 'all';
  const newTracker = (
    <Button
      variant="filled"
      leftSection={<IconPlus size={15} stroke={1.8} aria-hidden="true" />}
      onClick={() => setAsking(true)}
    >
      New Tracker
    </Button>
  );
  return (
    <Page>
      <PageHeader
        title="System & Support"
        description="A tracker shows every step of one login: a test that you start, or a login that failed."
        actions={!isEmpty && newTracker}
      />
      {openTest !== undefined && <TestUrlPanel trackerId={openTest} />}
      {isEmpty ? (
        <NoTrackers action={newTracker} />
      ) : (
        <>
          <div className={classes.listHead}>
            <SectionTitle>Tracker List</SectionTitle>
            <div className={classes.listTools}>
              <FetchTracker />
              <SegmentedControl
                aria-label="Which trackers are shown"
                value={show}
                onChange={(value) =>
                  change({ show: filters.find((filter) => filter.value === value)?.value })
                }
                data={[...filters]}
              />
            </div>
          </div>
          {trackers.isPending && <SkeletonRows label="Loading the trackers" rows={6} rowHeight={42} />}
          {trackers.isError && !trackers.data && (
            <ErrorPanel
              title="The trackers could not be read"
              error={trackers.error}
              onRetry={() => void trackers.refetch()}
            />
          )}
          {trackers.data && (
            <Panel padded={false}>
              {trackers.data.items.length === 0 ? (
                <EmptyFilter
                  text="No tracker matches."
                  action={<Button onClick={() => change({ show: undefined })}>Show all</Button>}
                />
              ) : (
                <TrackersTable trackers={trackers.data.items} />
              )}
              <Pager
                total={trackers.data.total}
                offset={offset}
                size={PAGE_SIZE}
                noun="trackers"
                onMove={(next) => change({ page: next / PAGE_SIZE + 1 })}
              />
            </Panel>
          )}
          <p className={classes.footnote}>
            A login that went well leaves one line, without its steps. Old trackers are deleted by themselves.
          </p>
        </>
      )}
      {isAsking && (
        <NewTrackerDialog
          onClose={() => setAsking(false)}
          onCreated={(tracker) => {
            setAsking(false);
            change({ test: tracker.id });
          }}
        />
      )}
    </Page>
  );
}

/** The test whose URL somebody is about to open. */
function newestOpenTest(trackers: readonly TrackerSummary[]): string | undefined {
  return trackers.find(
    ({ kind, state }) => kind === 'test' && (state === 'waiting' || state === 'in-progress'),
  )?.id;
}

function NoTrackers({ action }: { action: ReactNode }) {
  return (
    <EmptyState
      title="No tracker yet"
      lead="A tracker follows one login from the first click to the result, and says what to do when it stops."
      steps={[
        {
          title: 'Start a tracker',
          text: 'You get a test URL. It works once, for an hour, and writes nothing.',
        },
        {
          title: 'Open it in a private window',
          text: 'So that no earlier Okta session answers for you. Or send it to the person who has the problem.',
        },
        {
          title: 'Watch the steps here',
          text: 'They fill up live. Logins that fail later are listed here too.',
        },
      ]}
      actions={action}
    />
  );
}
