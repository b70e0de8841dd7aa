import type { Run } from '@gatehouse/contracts/run';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { SkeletonBar, Skeletons } from '../../components/ui/skeleton.tsx';
import { StatePill } from '../../components/ui/state-pill.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { isApiError } from '../../lib/api-error.ts';
import { formatDateTime, formatExactTime } from '../../lib/format.ts';
import { useIsAdmin } from '../../lib/session.ts';
import { runQuery } from './api.ts';
import { CancelRunButton } from './cancel-run-button.tsx';
import { RunAside } from './run-aside.tsx';
import { runBreadcrumbs } from './run-breadcrumbs.tsx';
import { RunCallout } from './run-callout.tsx';
import { RunDiary } from './run-diary.tsx';
import { RunNotFound } from './run-not-found.tsx';
import classes from './run-page.module.css';
import { RunProgressPanels } from './run-progress-panels.tsx';
import { RunStages } from './run-stages-strip.tsx';
import { isRunActive, runKind, runPill, startedWords } from './run-state-words.ts';

/** One run: how far it is, what it waits for, how it ended. Everything comes from the server, so it survives a reload. */
export function RunPage() {
  const { runId } = useParams({ from: '/app/runs/$runId' });
  const { data: run, error, refetch } = useQuery(runQuery(Number(runId)));
  if (run !== undefined) return <LoadedRun run={run} />;
  if (error === null) return <RunLoading runId={runId} />;
  if (isApiError(error, 'not-found', 'bad-request', 'invalid-field')) return <RunNotFound />;
  return (
    <Page>
      <PageHeader title={`Run #${runId}`} />
      <ErrorPanel title="The run cannot be shown" error={error} onRetry={() => void refetch()} />
    </Page>
  );
}

function LoadedRun({ run }: { run: Run }) {
  const isAdmin = useIsAdmin();
  const { pill, word } = runPill(run);
  const active = isRunActive(run.state);
  return (
    <Page>
      <PageHeader
        title={`Run #${run.id}`}
        breadcrumbs={runBreadcrumbs(run)}
        pill={<StatePill state={pill}>{word}</StatePill>}
        description={<Description run={run} />}
        actions={isAdmin && active && <CancelRunButton run={run} />}
      />
      <RunStages run={run} />
      <RunCallout run={run} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <RunProgressPanels run={run} />
          <RunDiary run={run} />
        </div>
        <RunAside run={run} />
      </div>
    </Page>
  );
}

function Description({ run }: { run: Run }) {
  const today = formatDateTime(run.queuedAt).startsWith('today');
  const at = today ? formatExactTime(run.queuedAt) : formatDateTime(run.queuedAt);
  return (
    <>
      <KindOfRun run={run} />, <TextWithHiddenCharacters text={startedWords(run)} /> {today ? 'at ' : ''}
      {at}.{isRunActive(run.state) && ' You can close this page, the run goes on.'}
    </>
  );
}

function KindOfRun({ run }: { run: Run }) {
  if (run.origin.kind !== 'plan' || run.origin.runId === null) return runKind(run);
  return (
    <>
      Applies exactly{' '}
      <Link to="/runs/$runId/review" params={{ runId: String(run.origin.runId) }}>
        {`the plan of #${run.origin.runId}`}
      </Link>
    </>
  );
}

function RunLoading({ runId }: { runId: string }) {
  return (
    <Page>
      <PageHeader title={`Run #${runId}`} />
      <Skeletons label="Loading the run">
        <SkeletonBar height={58} />
        <div className={classes.columns}>
          <SkeletonBar height={240} />
          <SkeletonBar height={160} />
        </div>
      </Skeletons>
    </Page>
  );
}
