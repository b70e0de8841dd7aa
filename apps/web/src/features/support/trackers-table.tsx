import { whereItStands } from '@gatehouse/contracts/login-words';
import type { TrackerSummary } from '@gatehouse/contracts/tracker';
import { Link } from '@tanstack/react-router';
import { TrackerStatePill } from '../../components/tracker/tracker-state.tsx';
import { DataTable } from '../../components/ui/data-table.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import { formatDuration } from '../../lib/format.ts';
import classes from './support.module.css';

/** Trackers, newest first. */
export function TrackersTable({ trackers }: { trackers: readonly TrackerSummary[] }) {
  return (
    <DataTable
      caption="Trackers"
      rows={trackers}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'id',
          header: 'Tracker',
          width: 100,
          cell: ({ id }) => (
            <Link to="/support/trackers/$trackerId" params={{ trackerId: id }} className={classes.trackerId}>
              {id}
            </Link>
          ),
        },
        {
          key: 'kind',
          header: 'Kind',
          cell: (tracker) => (
            <span className={classes.nowrap}>
              <TextWithHiddenCharacters text={kindOf(tracker)} />
            </span>
          ),
        },
        {
          key: 'idp',
          header: 'IdP',
          cell: ({ idp }) => (
            <span className={classes.dim}>
              <TextWithHiddenCharacters text={idp.name} />
            </span>
          ),
        },
        { key: 'state', header: 'State', cell: ({ state }) => <TrackerStatePill state={state} /> },
        {
          key: 'where',
          header: 'Where it stands',
          cell: (tracker) => (
            <span className={`${classes.where} ${tracker.state === 'failed' ? '' : classes.dim}`}>
              {whereItStands(tracker)}
            </span>
          ),
        },
        {
          key: 'person',
          header: 'Person',
          cell: ({ person, startedAt }) =>
            person === null ? (
              <span className={classes.dim}>{startedAt === null ? '–' : 'not known'}</span>
            ) : (
              <TextWithHiddenCharacters text={person} />
            ),
        },
        {
          key: 'started',
          header: 'Started',
          align: 'right',
          cell: ({ startedAt, createdAt }) => <RelativeTime instant={startedAt ?? createdAt} />,
        },
        { key: 'took', header: 'Took', align: 'right', cell: tookOf },
      ]}
    />
  );
}

function kindOf({ kind, application }: TrackerSummary): string {
  if (kind === 'test') return 'Test';
  return application === null ? 'Login' : `Login to ${application.name}`;
}

function tookOf({ startedAt, finishedAt }: TrackerSummary): string {
  if (startedAt === null || finishedAt === null) return '–';
  return formatDuration(Date.parse(finishedAt) - Date.parse(startedAt));
}
