import type { Connector } from '@gatehouse/contracts/connector';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { type DataColumn, DataTable } from '../../components/ui/data-table.tsx';
import { StatePill } from '../../components/ui/state-pill.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { useNow } from '../../components/ui/times.tsx';
import { VisuallyHidden } from '../../components/ui/visually-hidden.tsx';
import { formatDateTime } from '../../lib/format.ts';
import { useIsAdmin } from '../../lib/session.ts';
import type { RunIntent } from './api.ts';
import classes from './connector-page.module.css';
import { connectorState } from './connector-state.ts';
import { HeldStrip } from './held-strip.tsx';
import { LastRunCell } from './last-run-cell.tsx';
import { minutesAhead } from './minutes-ahead.ts';

type ConnectorsTableProps = {
  connectors: readonly Connector[];
  starting: { connectorId: string; intent: RunIntent } | null;
  onSimulate: (connector: Connector) => void;
  onSync: (connector: Connector) => void;
};

/** Connectors with state, last and next run, and what can be done with each. */
export function ConnectorsTable({ connectors, starting, onSimulate, onSync }: ConnectorsTableProps) {
  const isAdmin = useIsAdmin();
  const columns: DataColumn<Connector>[] = [
    {
      key: 'name',
      header: 'Connector',
      width: '25%',
      cell: (connector) => <NameCell connector={connector} />,
    },
    { key: 'state', header: 'State', width: 1, cell: (connector) => <StateCell connector={connector} /> },
    {
      key: 'last-run',
      header: 'Last run',
      cell: ({ lastRun, heldRun }) => <LastRunCell run={lastRun ?? heldRun} />,
    },
    {
      key: 'next-run',
      header: 'Next run',
      width: 1,
      cell: ({ nextRunAt }) => <NextRunCell at={nextRunAt} />,
    },
  ];
  if (isAdmin) {
    columns.push({
      key: 'actions',
      header: 'Actions',
      headerHidden: true,
      align: 'right',
      width: 1,
      cell: (connector) => (
        <RowActions
          connector={connector}
          starting={starting}
          onSimulate={() => onSimulate(connector)}
          onSync={() => onSync(connector)}
        />
      ),
    });
  }
  return (
    <DataTable
      caption="Connectors"
      density="two-line"
      columns={columns}
      rows={connectors}
      rowKey={({ id }) => id}
      strip={({ heldRun }) => heldRun && <HeldStrip run={heldRun} />}
    />
  );
}

function NameCell({ connector }: { connector: Connector }) {
  return (
    <>
      <span className={classes.nameLine}>
        <Link to="/connectors/$connectorId/connection" params={{ connectorId: connector.id }}>
          <TextWithHiddenCharacters text={connector.name} />
        </Link>
      </span>
      <span className={classes.subLine}>
        {connector.settings.domain} → <TextWithHiddenCharacters text={connector.directory.name} />
      </span>
    </>
  );
}

function StateCell({ connector }: { connector: Connector }) {
  const { pill, word } = connectorState(connector);
  const run = connector.activeRun;
  const text = <StatePill state={pill}>{word}</StatePill>;
  if (run === null || connector.heldRun !== null) return text;
  return (
    <Link to="/runs/$runId" params={{ runId: String(run.id) }} title={`Open run #${run.id}`}>
      {text}
    </Link>
  );
}

function NextRunCell({ at }: { at: string | null }) {
  const now = useNow();
  if (at === null) return <span className={classes.oneLine}>Not scheduled</span>;
  return (
    <>
      <time dateTime={at} className={classes.nextRun}>
        {formatDateTime(at, now).replace(/^today /, '')}
      </time>
      <span className={classes.oneLine}>{minutesAhead(at, now)}</span>
    </>
  );
}

type RowActionsProps = {
  connector: Connector;
  starting: ConnectorsTableProps['starting'];
  onSimulate: () => void;
  onSync: () => void;
};

function RowActions({ connector, starting, onSimulate, onSync }: RowActionsProps) {
  const of = <VisuallyHidden> {connector.name}</VisuallyHidden>;
  const isStarting = (intent: RunIntent) =>
    starting?.connectorId === connector.id && starting.intent === intent;
  return (
    <span className={classes.actions}>
      <ButtonLink
        size="xs"
        variant="subtle"
        to="/connectors/$connectorId/connection"
        params={{ connectorId: connector.id }}
      >
        Edit{of}
      </ButtonLink>
      <Button
        size="xs"
        variant="subtle"
        loading={isStarting('simulate')}
        disabled={starting !== null}
        onClick={onSimulate}
      >
        Simulate{of}
      </Button>
      <Button size="xs" variant="subtle" disabled={starting !== null} onClick={onSync}>
        Sync{of}
      </Button>
    </span>
  );
}
