import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FormError } from '../../components/forms/form-error.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { formatNoun } from '../../lib/format.ts';
import { ownSessionsQuery, useEndOtherSessions, useEndSession } from './api.ts';
import { SessionTable } from './session-table.tsx';

/** Where the signed-in person is signed in. */
export function OwnSessions() {
  const sessions = useQuery(ownSessionsQuery);
  const endOne = useEndSession();
  const endOthers = useEndOtherSessions();
  if (sessions.isPending) return <SkeletonRows label="Loading your sessions" rows={2} rowHeight={56} />;
  if (sessions.isError) {
    return (
      <ErrorPanel
        title="Your sessions could not be read"
        error={sessions.error}
        onRetry={() => void sessions.refetch()}
      />
    );
  }
  const others = sessions.data.items.filter((session) => !session.current).length;
  return (
    <>
      <FormError text={(endOne.error ?? endOthers.error)?.message} />
      <Panel
        title={formatNoun(sessions.data.total, 'session')}
        padded={false}
        action={
          others > 0 && (
            <Button size="xs" loading={endOthers.isPending} onClick={() => endOthers.mutate(null)}>
              End all other sessions
            </Button>
          )
        }
      >
        <SessionTable
          sessions={sessions.data.items}
          action={(session) => (
            <Button
              size="xs"
              variant="subtle"
              disabled={endOne.isPending}
              aria-label={`End the session from ${session.remoteAddress}`}
              onClick={() => endOne.mutate(session.id)}
            >
              End
            </Button>
          )}
        />
      </Panel>
    </>
  );
}
