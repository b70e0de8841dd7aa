import type { RunCounters, RunSummary } from '@gatehouse/contracts/run';
import { Link } from '@tanstack/react-router';
import { type DataColumn, DataTable } from '../../components/ui/data-table.tsx';
import { Count } from '../../components/ui/numbers.tsx';
import { StatePill } from '../../components/ui/state-pill.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import { formatCount } from '../../lib/format.ts';
import { runDurationWords, runKind, runPill } from './run-state-words.ts';
import classes from './runs-tab.module.css';

const COLUMNS: DataColumn<RunSummary>[] = [
  { key: 'run', header: 'Run', cell: (run) => <RunName run={run} /> },
  {
    key: 'state',
    header: 'State',
    cell: (run) => {
      const { pill, word } = runPill(run);
      return <StatePill state={pill}>{word}</StatePill>;
    },
  },
  counter('Added', 'added'),
  counter('Modified', 'modified'),
  counter('Not modified', 'notModified'),
  { key: 'cleanedUp', header: 'Cleaned up', align: 'right', cell: (run) => <CleanedUp run={run} /> },
  counter('Failed', 'failed'),
  { key: 'duration', header: 'Duration', align: 'right', cell: runDurationWords },
  {
    key: 'started',
    header: 'Started',
    align: 'right',
    cell: (run) => <RelativeTime instant={run.queuedAt} />,
  },
];

function counter(header: string, key: keyof RunCounters): DataColumn<RunSummary> {
  return { key, header, align: 'right', cell: ({ counters }) => <Count value={counters?.[key]} /> };
}

/** A held run has cleaned up nobody. */
function CleanedUp({ run: { counters, state } }: { run: RunSummary }) {
  if (state === 'held' && counters !== null && counters.cleanedUp > 0) {
    return <>{`${formatCount(counters.cleanedUp)} held`}</>;
  }
  return <Count value={counters?.cleanedUp} />;
}

function RunName({ run }: { run: RunSummary }) {
  const kind = runKind(run);
  return (
    <>
      <Link to="/runs/$runId" params={{ runId: String(run.id) }} className={classes.number}>
        {`#${run.id}`}
      </Link>{' '}
      <span className={classes.kind}>
        {kind.charAt(0).toLowerCase()}
        {kind.slice(1)}, {run.trigger === 'scheduled' ? 'scheduled' : <StartedBy run={run} />}
      </span>
    </>
  );
}

function StartedBy({ run }: { run: RunSummary }) {
  return (
    <>
      by <TextWithHiddenCharacters text={run.startedBy} />
    </>
  );
}

/** Runs with their counters, newest first; the number opens the run. */
export function RunTable({ runs }: { runs: readonly RunSummary[] }) {
  return <DataTable caption="Runs" columns={COLUMNS} rows={runs} rowKey={(run) => run.id} />;
}
