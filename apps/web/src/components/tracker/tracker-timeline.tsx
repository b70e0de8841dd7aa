import type { LoginStepCode } from '@gatehouse/contracts/login-codes';
import { eventWords, type FailureReading, trackerSteps } from '@gatehouse/contracts/login-words';
import { loginStepWords } from '@gatehouse/contracts/login-words/login-step-words';
import type { Tracker, TrackerEvent } from '@gatehouse/contracts/tracker';
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { formatDuration, formatExactTime } from '../../lib/format.ts';
import { textDifference } from '../../lib/text-difference.ts';
import { Difference } from '../ui/difference.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { RawText } from '../ui/raw-text.tsx';
import type { GlyphState } from '../ui/state-vocabulary.ts';
import { TextWithHiddenCharacters } from '../ui/text-with-hidden-characters.tsx';
import classes from './tracker-timeline.module.css';

const glyphs: Readonly<Record<TrackerEvent['state'], GlyphState>> = {
  passed: 'passed',
  failed: 'failed',
  warning: 'warning',
  waiting: 'running',
};

type TrackerTimelineProps = {
  tracker: Tracker;
  /** Buttons under a failed step, the first one fixing it. */
  actions?: (event: TrackerEvent) => ReactNode;
};

/** What happened in a login, step by step; it grows while a test goes on. */
export function TrackerTimeline({ tracker, actions }: TrackerTimelineProps) {
  const { events, state, startedAt, createdAt } = tracker;
  const begun = Date.parse(startedAt ?? createdAt);
  const steps = trackerSteps(tracker);
  const reached = new Set(events.map(({ step }) => step));
  const ahead = state === 'passed' ? [] : steps.filter((step) => !reached.has(step));
  return (
    <ol className={classes.list} aria-label="Steps of the login">
      {events.map((event, index) => (
        <Step
          key={event.seq}
          event={event}
          number={steps.indexOf(event.step) + 1}
          time={index === 0 ? formatExactTime(event.at) : `+ ${formatDuration(Date.parse(event.at) - begun)}`}
          isFailure={event.state === 'failed'}
          actions={actions?.(event)}
        />
      ))}
      {ahead.length > 0 && (
        <li className={classes.step} data-ahead>
          <Glyph state="not-reached" />
          <p className={classes.line}>
            <span className={classes.name}>
              {aheadTitle(steps, ahead.length, tracker.finishedAt !== null)}
            </span>
            <span className={classes.fact}>{ahead.map(shortStep).join(' · ')}</span>
          </p>
        </li>
      )}
    </ol>
  );
}

/** "Steps 8 to 17 were not reached". */
function aheadTitle(steps: readonly LoginStepCode[], count: number, isOver: boolean): string {
  const last = steps.length;
  const which = count === 1 ? `Step ${last}` : `Steps ${last - count + 1} to ${last}`;
  if (!isOver) return `${which} ${count === 1 ? 'is' : 'are'} still to come`;
  return `${which} ${count === 1 ? 'was' : 'were'} not reached`;
}

/** In a row of steps: "signature" instead of "ID token: signature". */
function shortStep(step: LoginStepCode): string {
  const words = loginStepWords[step].replace(/^ID token: /, '');
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

type StepProps = {
  event: TrackerEvent;
  number: number;
  time: string;
  isFailure: boolean;
  actions: ReactNode;
};

function Step({ event, number, time, isFailure, actions }: StepProps) {
  const [isRawShown, setRawShown] = useState(false);
  const { step, state, fact } = event;
  const words = eventWords(event);
  const hasRaw = Object.keys(event.facts).length > 0;
  return (
    <li className={classes.step} data-state={state}>
      <Glyph state={glyphs[state]} />
      <div className={classes.body}>
        <p className={classes.line}>
          <span className={classes.number} aria-hidden="true">
            {number}
          </span>
          <span className={classes.name}>{loginStepWords[step]}</span>
          <span className={classes.fact}>
            <TextWithHiddenCharacters text={fact !== '' ? fact : (words?.label ?? '')} />
          </span>
          <span className={classes.time}>{time}</span>
        </p>
        {(isFailure || state === 'warning') && <Seen event={event} />}
        {words !== null && <Reading words={words} isFailure={isFailure} />}
        {(actions !== undefined || hasRaw) && (isFailure || state === 'warning') && (
          <div className={classes.actions}>
            {actions}
            {hasRaw && (
              <Button
                size="xs"
                variant="subtle"
                aria-expanded={isRawShown}
                onClick={() => setRawShown(!isRawShown)}
              >
                {isRawShown ? 'Hide the raw event' : 'Raw event'}
              </Button>
            )}
          </div>
        )}
        {isRawShown && (
          <div className={classes.raw}>
            <RawText label="Raw event" text={JSON.stringify(event.facts, null, 2)} />
          </div>
        )}
      </div>
    </li>
  );
}

function Seen({ event: { expected, seen } }: { event: TrackerEvent }) {
  if (expected === null && seen === null) return null;
  const parts = textDifference(seen ?? '', expected ?? '');
  return (
    <dl className={classes.values}>
      {expected !== null && (
        <div className={classes.value}>
          <dt>Expected</dt>
          <dd>
            <Difference parts={parts.after} side="after" />
          </dd>
        </div>
      )}
      {seen !== null && (
        <div className={classes.value}>
          <dt>Seen</dt>
          <dd>
            <Difference parts={parts.before} side="seen" />
          </dd>
        </div>
      )}
    </dl>
  );
}

function Reading({ words, isFailure }: { words: FailureReading; isFailure: boolean }) {
  return (
    <dl className={classes.reading}>
      <dt>What it means</dt>
      <dd>{words.saw}</dd>
      <dt>{isFailure ? 'Why we stop' : 'Why it matters'}</dt>
      <dd>{words.matters}</dd>
      <dt>What to do</dt>
      <dd>{words.advice}</dd>
    </dl>
  );
}
