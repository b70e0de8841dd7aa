import type { Run, RunProgress } from '@gatehouse/contracts/run';
import { DataTable } from '../../components/ui/data-table.tsx';
import { Count } from '../../components/ui/numbers.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { formatCount, formatNoun } from '../../lib/format.ts';
import { Meter } from './meter.tsx';
import classes from './run-page.module.css';
import { RunResult } from './run-result.tsx';

type Collection = RunProgress['users'];
type Row = { name: string } & Collection;

/** What was read, planned and written so far; afterwards what came of it. */
export function RunProgressPanels({ run }: { run: Run }) {
  const { progress, state } = run;
  return (
    <>
      <RunResult run={run} />
      {progress !== null && state !== 'done' && state !== 'held' && (
        <WorkPanel run={run} progress={progress} />
      )}
      {progress !== null && run.origin.kind === 'source' && state !== 'queued' && (
        <ReadPanel progress={progress} state={state} />
      )}
    </>
  );
}

function ReadPanel({ progress, state }: { progress: RunProgress; state: Run['state'] }) {
  const rows: Row[] = [
    { name: 'Users', ...progress.users },
    { name: 'Groups', ...progress.groups },
    { name: 'Memberships', ...progress.members },
  ];
  return (
    <Panel
      title={state === 'reading' ? 'Read so far' : 'Read from Okta'}
      action={<Calls progress={progress} state={state} />}
      padded={false}
    >
      <DataTable
        caption="Pages and rows read"
        rows={rows}
        rowKey={(row) => row.name}
        columns={[
          { key: 'what', header: 'What', cell: (row) => <strong>{row.name}</strong> },
          { key: 'pages', header: 'Pages', cell: (row) => <Pages row={row} reading={state === 'reading'} /> },
          {
            key: 'read',
            header: 'Read',
            align: 'right',
            cell: (row) => (
              <strong>
                <Count value={row.read} />
              </strong>
            ),
          },
          { key: 'last', header: 'Last run', align: 'right', cell: (row) => <Count value={row.lastRun} /> },
        ]}
      />
    </Panel>
  );
}

function Calls({ progress, state }: { progress: RunProgress; state: Run['state'] }) {
  const { calls, callsExpected, retries } = progress;
  const open = state === 'reading' && callsExpected !== null;
  const made = open
    ? `${formatCount(calls)} of about ${formatNoun(Math.max(calls, callsExpected), 'call')}`
    : formatNoun(calls, 'call');
  return (
    <span className={classes.calls}>{retries > 0 ? `${made}, ${formatCount(retries)} repeated` : made}</span>
  );
}

function Pages({ row, reading }: { row: Row; reading: boolean }) {
  const { pages, pagesExpected, finished, name } = row;
  const expected = pagesExpected === null ? null : Math.max(pages, pagesExpected);
  if (finished)
    return (
      <Meter
        label={`${name}: pages`}
        value={1}
        done
        text={`${formatCount(pages)} of ${formatCount(pages)}`}
      />
    );
  if (expected === null && !reading) {
    const text = pages === 0 ? 'not read' : `${formatNoun(pages, 'page')}, then stopped`;
    return <Meter label={`${name}: pages`} value={0} text={text} />;
  }
  if (expected === null)
    return <Meter label={`${name}: pages`} value={null} text={`${formatCount(pages)} so far`} />;
  const text = `${formatCount(pages)} of about ${formatCount(expected)}`;
  return <Meter label={`${name}: pages`} value={expected === 0 ? 0 : pages / expected} text={text} />;
}

/** Planning and applying: one line each, as soon as they have begun. */
function WorkPanel({ run, progress }: { run: Run; progress: RunProgress }) {
  const { planned, planExpected, applied, applyExpected } = progress;
  const rows = [
    { name: 'Users and groups compared', during: 'planning', done: planned, expected: planExpected },
    { name: 'Rows written', during: 'applying', done: applied, expected: applyExpected },
  ].filter(({ during, done }) => done > 0 || run.state === during);
  if (rows.length === 0) return null;
  const finished = run.state !== 'planning' && run.state !== 'applying';
  return (
    <Panel title="Compared and written" padded={false}>
      <DataTable
        caption="Rows compared and written"
        rows={rows}
        rowKey={(row) => row.name}
        columns={[
          { key: 'what', header: 'What', cell: (row) => <strong>{row.name}</strong> },
          {
            key: 'progress',
            header: 'Progress',
            cell: ({ name, done, expected }) => {
              const whole = expected === null ? null : Math.max(done, expected);
              const text =
                whole === null ? formatCount(done) : `${formatCount(done)} of ${formatCount(whole)}`;
              const share = whole === null ? null : whole === 0 ? 1 : done / whole;
              return (
                <Meter
                  label={name}
                  value={share}
                  done={share === 1 || (share === null && finished)}
                  text={text}
                />
              );
            },
          },
        ]}
      />
    </Panel>
  );
}
