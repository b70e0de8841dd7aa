import type { Plan } from '@gatehouse/contracts/plan';
import type { Run } from '@gatehouse/contracts/run';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Glyph } from '../../components/ui/glyph.tsx';
import { Tile } from '../../components/ui/tile.tsx';
import { formatCount, formatNoun, formatTime } from '../../lib/format.ts';
import { useIsAdmin } from '../../lib/session.ts';
import { ApplyPlanButton } from './apply-plan-button.tsx';
import { DiscardButton } from './discard-button.tsx';
import classes from './review.module.css';
import { goingThrough, isNothingToDo, staleSentence } from './review-totals.ts';
import { StartRunButton } from './start-run-button.tsx';

type ReviewFooterProps = { run: Run; plan: Plan };

/** What goes through, what does not, and the one thing to do about it. */
export function ReviewFooter({ run, plan }: ReviewFooterProps) {
  const isAdmin = useIsAdmin();
  return (
    <section className={classes.footer} aria-label="What goes through">
      <div className={classes.outcome}>
        <div className={classes.sentences}>
          <Outcome run={run} plan={plan} />
        </div>
      </div>
      {isAdmin && (
        <div className={classes.footerActions}>
          <FooterActions run={run} plan={plan} />
        </div>
      )}
    </section>
  );
}

function FooterActions({ run, plan }: ReviewFooterProps) {
  const connectorId = run.connector.id;
  if (plan.state === 'applying') return null;
  if (plan.state !== 'open') return <StartRunButton connectorId={connectorId} />;
  if (plan.verdict.outcome === 'hold') return <DiscardButton run={run} plan={plan} />;
  if (isNothingToDo(plan.totals)) return <StartRunButton connectorId={connectorId} />;
  const { possible, drifting } = plan.applicable;
  return (
    <>
      <DiscardButton run={run} plan={plan} />
      {(!possible || drifting > 0) && <StartRunButton connectorId={connectorId} ink={!possible} />}
      {possible && <ApplyPlanButton run={run} plan={plan} />}
    </>
  );
}

function Outcome({ run, plan }: ReviewFooterProps) {
  const { totals, verdict, applicable } = plan;
  if (plan.state !== 'open') return <ClosedOutcome run={run} plan={plan} />;
  const through = goingThrough(totals);
  if (verdict.outcome === 'hold') {
    const all =
      through.changes === 0 ? 'This plan is held.' : `All ${formatCount(through.changes)} changes are held.`;
    return (
      <>
        <Sentence symbol={<Tile state="held" solid wordHidden />} strong={all}>
          A held plan is not applied. Find the cause in Okta or in the rights of the token, then sync again.
        </Sentence>
        <FailedSentence failed={through.failed} />
      </>
    );
  }
  if (isNothingToDo(totals)) {
    return (
      <>
        <Sentence symbol={<Glyph state="passed" label="" />} strong="Nothing to do.">
          Applying this plan would write nothing.
        </Sentence>
        <FailedSentence failed={through.failed} />
      </>
    );
  }
  if (!applicable.possible) return <Stale plan={plan} />;
  return (
    <>
      <Sentence
        symbol={<Tile state="added" wordHidden />}
        strong={`${formatNoun(through.changes, 'change')} ${through.changes === 1 ? 'goes' : 'go'} through.`}
      >
        {through.parts.join(', ')}
      </Sentence>
      <FailedSentence failed={through.failed} />
      <Stands plan={plan} />
    </>
  );
}

function FailedSentence({ failed }: { failed: number }) {
  if (failed === 0) return null;
  return (
    <Sentence symbol={<Tile state="failed" wordHidden />} strong={`${formatCount(failed)} failed:`}>
      nothing of {failed === 1 ? 'it' : 'them'} is written
    </Sentence>
  );
}

/** The plan is refused as it stands: the button says what to do instead. */
function Stale({ plan }: { plan: Plan }) {
  const { settingsChanged } = plan.applicable;
  const stale = staleSentence(plan.applicable, formatTime(plan.createdAt));
  return (
    <Sentence symbol={<Glyph state="warning" label="" />} strong={stale === null ? undefined : `${stale}.`}>
      {settingsChanged.length > 0 && `Changed: ${settingsChanged.join(', ')}. `}
      This plan cannot be applied any more.
    </Sentence>
  );
}

function Stands({ plan }: { plan: Plan }) {
  const stale = staleSentence(plan.applicable, formatTime(plan.createdAt));
  if (stale === null) {
    return (
      <Sentence symbol={<Glyph state="passed" label="" />} wide>
        Plan <code title={plan.digest}>{plan.digest.slice(0, 8)}</code>, still true: settings and directory
        unchanged
      </Sentence>
    );
  }
  return (
    <Sentence symbol={<Glyph state="warning" label="" />} strong={`${stale}.`}>
      Applying skips what differs and lists it as drifted.
    </Sentence>
  );
}

function ClosedOutcome({ run, plan }: ReviewFooterProps) {
  const next = run.followedBy;
  const nextLink = next !== null && (
    <Link to="/runs/$runId" params={{ runId: String(next) }}>{`run #${next}`}</Link>
  );
  switch (plan.state) {
    case 'applying':
      return (
        <Sentence symbol={<Glyph state="running" label="" />} strong="This plan is being applied.">
          {nextLink && <>Follow {nextLink}.</>}
        </Sentence>
      );
    case 'applied':
      return (
        <Sentence symbol={<Glyph state="passed" label="" />} strong="This plan is applied.">
          {nextLink ? <>Written by {nextLink}.</> : 'Written by this run.'} A plan is applied once.
        </Sentence>
      );
    case 'discarded':
      return (
        <Sentence symbol={<Glyph state="not-done" label="" />} strong="This plan is discarded.">
          Nothing of it was written.
        </Sentence>
      );
    case 'replaced':
      return (
        <Sentence symbol={<Glyph state="not-done" label="" />} strong="A newer plan replaces this one.">
          Nothing of this one was written.{nextLink && <> The newer one is in {nextLink}.</>}
        </Sentence>
      );
    default:
      return (
        <Sentence
          symbol={<Glyph state="not-done" label="" />}
          strong="The rows of this plan are no longer kept."
        >
          The counts stay.
        </Sentence>
      );
  }
}

type SentenceProps = { symbol: ReactNode; strong?: string | undefined; wide?: boolean; children?: ReactNode };

function Sentence({ symbol, strong, wide = false, children }: SentenceProps) {
  return (
    <span className={classes.sentence} data-wide={wide || undefined}>
      {symbol}
      <span>
        {strong !== undefined && <strong>{strong} </strong>}
        <span className={classes.dim}>{children}</span>
      </span>
    </span>
  );
}
