import type { Connector } from '@gatehouse/contracts/connector';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { formatNoun } from '../../lib/format.ts';
import { useIsAdmin } from '../../lib/session.ts';
import { connectorsQuery } from './api.ts';
import classes from './connector-page.module.css';
import { ConnectorsTable } from './connectors-table.tsx';
import { NoConnectors } from './no-connectors.tsx';
import { RunStartProblemPanel } from './run-start-problem.tsx';
import { StartDialogs } from './start-dialogs.tsx';
import { useRunStart } from './use-run-start.ts';

/** User Sync: all connectors, what they did last and do next. */
export function ConnectorsPage() {
  const isAdmin = useIsAdmin();
  const query = useInfiniteQuery(connectorsQuery);
  const { start, starting, problem } = useRunStart();
  const [asked, setAsked] = useState<Connector | null>(null);
  const connectors = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = query.data?.pages[0]?.total ?? 0;
  return (
    <Page>
      <PageHeader
        title="User Sync"
        description="Connectors read users and groups from Okta and write them to a directory."
        actions={
          isAdmin &&
          connectors.length > 0 && (
            <ButtonLink
              to="/connectors/new"
              variant="filled"
              leftSection={<IconPlus size={15} stroke={1.8} aria-hidden="true" />}
            >
              Create Connector
            </ButtonLink>
          )
        }
      />
      {problem !== null && (
        <div className={classes.notices}>
          <RunStartProblemPanel problem={problem} />
        </div>
      )}
      {query.isPending && <SkeletonRows label="Loading the connectors" rows={3} rowHeight={72} />}
      {query.isError && connectors.length === 0 && (
        <ErrorPanel
          title="The connectors cannot be shown"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.isSuccess && total === 0 && <NoConnectors />}
      {connectors.length > 0 && (
        <div className={classes.table}>
          <Panel padded={false}>
            <ConnectorsTable
              connectors={connectors}
              starting={starting}
              onSimulate={({ id }) => void start(id, 'simulate')}
              onSync={setAsked}
            />
            {query.hasNextPage && (
              <div className={classes.more}>
                <Button
                  size="xs"
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  Show more of {formatNoun(total, 'connector')}
                </Button>
              </div>
            )}
          </Panel>
        </div>
      )}
      <StartDialogs
        asked={asked === null ? null : 'apply'}
        name={asked?.name ?? ''}
        busy={starting !== null}
        onClose={() => setAsked(null)}
        onConfirm={async (intent) => {
          if (asked !== null) await start(asked.id, intent);
          setAsked(null);
        }}
      />
    </Page>
  );
}
