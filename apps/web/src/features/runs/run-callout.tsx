import type { Run } from '@gatehouse/contracts/run';
import { reasonLabel, reasonWords } from '@gatehouse/contracts/run-words';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { Callout } from '../../components/ui/callout.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { useNow } from '../../components/ui/times.tsx';
import { formatExactTime, formatNoun } from '../../lib/format.ts';
import { useIsAdmin } from '../../lib/session.ts';
import { planQuery } from './api.ts';
import { DiscardButton } from './discard-button.tsx';
import {
  adviceFor,
  appliedSentence,
  changeCount,
  failedSentence,
  whatWasWritten,
  wouldBeHeld,
} from './run-end-words.ts';
import classes from './run-page.module.css';
import { StartRunButton } from './start-run-button.tsx';
import { countdown } from './time-left.ts';

/** Milliseconds that a wait is still shown after its end, until the next progress comes. */
const SETTLES = 2000;

/** The one sentence of the page: what it waits for, or how it ended and what to do. */
export function RunCallout({ run }: { run: Run }) {
  const callout = calloutOf(run);
  return callout === null ? null : <div className={classes.callout}>{callout}</div>;
}

function calloutOf(run: Run): ReactNode {
  if (run.progress?.waiting && run.state === 'reading') return <Waiting waiting={run.progress.waiting} />;
  switch (run.state) {
    case 'done':
      return run.intent === 'simulate' ? <Simulated run={run} /> : <Applied run={run} />;
    case 'held':
      return <Held run={run} />;
    case 'failed':
      return <Failed run={run} />;
    case 'cancelled':
      return <Stopped run={run} title="This run was cancelled." />;
    case 'interrupted':
      return <Stopped run={run} title="This run was interrupted." />;
    case 'discarded':
      return <Closed run={run} title="The plan of this run was discarded. Nothing of it was written." />;
    case 'replaced':
      return (
        <Closed run={run} title="A newer plan replaces the plan of this run. Nothing of it was written." />
      );
    default:
      return null;
  }
}

function Waiting({ waiting }: { waiting: NonNullable<NonNullable<Run['progress']>['waiting']> }) {
  const now = useNow(1000);
  // The next progress says what came after it.
  if (Date.parse(waiting.until) < now - SETTLES) return null;
  const until = `${formatExactTime(waiting.until)}, ${countdown(waiting.until, now)}`;
  return waiting.reason === 'rate-limit' ? (
    <Callout kind="waiting" title={`Waiting for Okta’s rate limit. Goes on at ${until}.`}>
      Okta allows a number of calls a minute. Waiting is not failing.
    </Callout>
  ) : (
    <Callout kind="waiting" title={`Okta did not answer well. Asks again at ${until}.`}>
      What was read so far is kept. Waiting is not failing.
    </Callout>
  );
}

function Simulated({ run }: { run: Run }) {
  const count = changeCount(run);
  const words = formatNoun(count, 'change');
  const failed = run.counters === null ? null : failedSentence(run.counters);
  const wouldHold = wouldBeHeld(run);
  const nothing = wouldHold ? 'No change is planned.' : 'Nothing to do. No user and no group differs.';
  return (
    <Callout
      kind={wouldHold ? 'held' : 'passed'}
      title={`${count === 0 ? nothing : `The plan has ${words}.`}${wouldHold ? ' A sync would be held.' : ''}`}
      actions={<ReviewLink run={run} text={count === 0 ? 'Open the review' : `Review ${words}`} ink />}
    >
      Nothing was written: this was a simulation.{failed !== null && ` ${failed}`}
    </Callout>
  );
}

function Applied({ run }: { run: Run }) {
  const drifted = run.counters?.drifted ?? 0;
  const failed = run.counters === null ? null : failedSentence(run.counters);
  return (
    <Callout
      kind={drifted > 0 ? 'warning' : 'passed'}
      title={appliedSentence(run)}
      actions={
        <ReviewLink
          run={run}
          text={drifted > 0 ? `See ${formatNoun(drifted, 'drifted row')}` : 'See every row'}
          drifted={drifted > 0}
        />
      }
    >
      {drifted > 0
        ? `${formatNoun(drifted, 'row')} drifted: changed since the plan was made, and therefore skipped.`
        : 'Everything that the plan would change is written as it was computed.'}
      {failed !== null && ` ${failed}`}
    </Callout>
  );
}

function Held({ run }: { run: Run }) {
  const isAdmin = useIsAdmin();
  const { data: plan } = useQuery(planQuery(run.id));
  const count = changeCount(run);
  const reasons = plan?.verdict.reasons ?? (run.reason === null ? [] : [run.reason]);
  return (
    <Callout
      kind="held"
      title={`${count === 0 ? 'This run is' : formatNoun(count, 'change')} held. Nothing was written.`}
      actions={
        <>
          {isAdmin && <DiscardButton run={run} plan={plan} />}
          <ReviewLink run={run} text="Review the held plan" ink />
        </>
      }
    >
      {reasons.map((reason) => (
        <span key={`${reason.code} ${JSON.stringify(reason.facts)}`} className={classes.reason}>
          <TextWithHiddenCharacters text={reasonWords(reason)} />
        </span>
      ))}
    </Callout>
  );
}

function Failed({ run }: { run: Run }) {
  const isAdmin = useIsAdmin();
  const advice = adviceFor(run.reason?.code ?? 'unexpected');
  return (
    <Callout
      kind="failed"
      title={`${run.reason === null ? 'This run failed' : reasonLabel(run.reason.code)}. ${whatWasWritten(run)}`}
      actions={
        <>
          {advice.atConnection && (
            <ButtonLink
              variant={advice.fixesThere ? 'filled' : 'default'}
              to="/connectors/$connectorId/connection"
              params={{ connectorId: run.connector.id }}
            >
              Open Connection
            </ButtonLink>
          )}
          {isAdmin && <TryAgain run={run} ink={!advice.fixesThere} />}
        </>
      }
    >
      {run.reason !== null && <TextWithHiddenCharacters text={reasonWords(run.reason)} />} {advice.text}
    </Callout>
  );
}

function Stopped({ run, title }: { run: Run; title: string }) {
  const isAdmin = useIsAdmin();
  return (
    <Callout
      kind={run.state === 'interrupted' ? 'warning' : 'info'}
      title={title}
      actions={isAdmin && <TryAgain run={run} />}
    >
      {run.state === 'interrupted' && run.reason !== null && `${reasonWords(run.reason)} `}
      {whatWasWritten(run)}
    </Callout>
  );
}

function Closed({ run, title }: { run: Run; title: string }) {
  const next = run.followedBy;
  return (
    <Callout
      kind="info"
      title={title}
      actions={
        <>
          {run.planId !== null && <ReviewLink run={run} text="Open the review" />}
          {next !== null && (
            <ButtonLink to="/runs/$runId" params={{ runId: String(next) }}>
              {`Open run #${next}`}
            </ButtonLink>
          )}
        </>
      }
    >
      {run.reason !== null && <TextWithHiddenCharacters text={reasonWords(run.reason)} />}
    </Callout>
  );
}

/** The same intent once more; a plan cannot be applied twice, so its run is followed by a new simulation. */
function TryAgain({ run, ink = true }: { run: Run; ink?: boolean }) {
  const fromPlan = run.origin.kind !== 'source';
  return (
    <StartRunButton
      connectorId={run.connector.id}
      ink={ink}
      intent={fromPlan ? 'simulate' : run.intent}
      text={fromPlan ? 'Simulate again' : 'Try again'}
    />
  );
}

type ReviewLinkProps = { run: Run; text: string; ink?: boolean; drifted?: boolean };

/** A run that applied a plan shows the review of the run that made it. */
function ReviewLink({ run, text, ink = false, drifted = false }: ReviewLinkProps) {
  const runId = String(run.origin.runId ?? run.id);
  return (
    <ButtonLink
      to="/runs/$runId/review"
      params={{ runId }}
      search={drifted ? { category: 'drifted' } : {}}
      variant={ink ? 'filled' : 'default'}
    >
      {text}
    </ButtonLink>
  );
}
