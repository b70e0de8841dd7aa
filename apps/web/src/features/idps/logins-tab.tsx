import { whereItStands } from '@gatehouse/contracts/login-words';
import type { TrackerSummary } from '@gatehouse/contracts/tracker';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { TrackerStatePill } from '../../components/tracker/tracker-state.tsx';
import { DataTable } from '../../components/ui/data-table.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { SectionTitle } from '../../components/ui/page.tsx';
import { Pager } from '../../components/ui/pager.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import { idpTrackersQuery, PAGE_SIZE } from './api.ts';
import { useIdp } from './idp-context.ts';
import classes from './idps.module.css';
import { LiveTest } from './live-test.tsx';

/** A test login, live, and the logins by this IdP. */
export function LoginsTab() {
  const idp = useIdp();
  const { page } = useSearch({ from: '/app/idps/$idpId/logins' });
  const navigate = useNavigate({ from: '/idps/$idpId/logins' });
  const offset = ((page ?? 1) - 1) * PAGE_SIZE;
  const query = useQuery(idpTrackersQuery(idp.id, offset));
  return (
    <div className={classes.stack}>
      <SectionTitle>Test login</SectionTitle>
      <LiveTest idp={idp} brief />
      <SectionTitle>Tests and logins</SectionTitle>
      {query.isPending && <SkeletonRows label="Loading the logins" rows={4} rowHeight={42} />}
      {query.isError && !query.data && (
        <ErrorPanel
          title="The logins could not be read"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.data && (
        <Panel padded={false}>
          <LoginsTable trackers={query.data.items} />
          <Pager
            total={query.data.total}
            offset={offset}
            size={PAGE_SIZE}
            noun="trackers"
            onMove={(next) => void navigate({ search: { page: next / PAGE_SIZE + 1 } })}
          />
        </Panel>
      )}
    </div>
  );
}

function LoginsTable({ trackers }: { trackers: readonly TrackerSummary[] }) {
  return (
    <DataTable
      caption="Logins"
      rows={trackers}
      rowKey={({ id }) => id}
      empty={<p className={classes.dim}>Nobody has logged in with it yet.</p>}
      columns={[
        {
          key: 'id',
          header: 'Tracker',
          cell: ({ id }) => (
            <Link to="/support/trackers/$trackerId" params={{ trackerId: id }}>
              {id}
            </Link>
          ),
        },
        {
          key: 'kind',
          header: 'Kind',
          cell: ({ kind, application }) =>
            kind === 'test' ? (
              'Test'
            ) : (
              <TextWithHiddenCharacters text={`Login${application ? ` to ${application.name}` : ''}`} />
            ),
        },
        { key: 'state', header: 'State', cell: ({ state }) => <TrackerStatePill state={state} /> },
        { key: 'where', header: 'Where it stands', cell: (tracker) => whereItStands(tracker) },
        {
          key: 'person',
          header: 'Person',
          cell: ({ person }) =>
            person === null ? (
              <span className={classes.dim}>–</span>
            ) : (
              <TextWithHiddenCharacters text={person} />
            ),
        },
        {
          key: 'at',
          header: 'Started',
          align: 'right',
          cell: ({ startedAt, createdAt }) => <RelativeTime instant={startedAt ?? createdAt} />,
        },
      ]}
    />
  );
}
