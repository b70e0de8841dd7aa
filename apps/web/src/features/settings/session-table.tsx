import type { Session } from '@gatehouse/contracts/account';
import type { ReactNode } from 'react';
import { DataTable } from '../../components/ui/data-table.tsx';
import { StatePill } from '../../components/ui/state-pill.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import { describeBrowser } from './describe-browser.ts';
import classes from './settings.module.css';

type SessionTableProps = {
  sessions: readonly Session[];
  /** A button for each row. */
  action?: (session: Session) => ReactNode;
};

/** Sessions with where they come from. */
export function SessionTable({ sessions, action }: SessionTableProps) {
  return (
    <DataTable
      caption="Sessions"
      density="two-line"
      rows={sessions}
      rowKey={(session) => session.id}
      empty="No session is open."
      columns={[
        {
          key: 'browser',
          header: 'Browser',
          cell: ({ userAgent, remoteAddress }) => (
            <>
              <div title={userAgent}>{describeBrowser(userAgent)}</div>
              <div className={classes.small}>{remoteAddress}</div>
            </>
          ),
        },
        { key: 'since', header: 'Signed in', cell: ({ createdAt }) => <RelativeTime instant={createdAt} /> },
        {
          key: 'seen',
          header: 'Last used',
          cell: ({ lastSeenAt }) => <RelativeTime instant={lastSeenAt} show="relative" />,
        },
        {
          key: 'action',
          header: 'Actions',
          headerHidden: true,
          align: 'right',
          cell: (session) =>
            session.current ? <StatePill state="passed">This session</StatePill> : action?.(session),
        },
      ]}
    />
  );
}
