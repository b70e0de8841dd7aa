import type { Run, RunStep } from '@gatehouse/contracts/run';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconExclamationMark, IconHourglass } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { VisuallyHidden } from '../../components/ui/visually-hidden.tsx';
import { formatDay, formatExactTime, formatNoun } from '../../lib/format.ts';
import { olderStepsQuery } from './api.ts';
import { localStepWords } from './local-step-words.ts';
import { mergeSteps } from './merge-steps.ts';
import classes from './run-page.module.css';

const PAGE = 100;

/** What happened, newest first. The newest entries come with the run, older ones a page at a time. */
export function RunDiary({ run }: { run: Run }) {
  const [pages, setPages] = useState(0);
  const oldest = run.steps.at(-1)?.seq ?? 0;
  const older = useQueries({
    queries: Array.from({ length: pages }, (_, page) =>
      olderStepsQuery(run.id, run.steps.length + page * PAGE, PAGE, oldest),
    ),
  });
  const steps = mergeSteps(
    run.steps,
    older.flatMap((query) => query.data?.items ?? []),
  );
  const failed = older.find((query) => query.isError);
  const left = run.stepsTotal - steps.length;
  return (
    <section className={classes.diary} aria-labelledby="what-happened">
      <h2 className={classes.diaryTitle} id="what-happened">
        What happened
      </h2>
      {steps.length === 0 && <p className={classes.asideText}>Nothing yet.</p>}
      <ol>
        {steps.map((step, index) => (
          <Entry key={step.seq} step={step} day={dayChange(steps, index)} />
        ))}
      </ol>
      {failed && (
        <ErrorPanel
          title="Older entries could not be read"
          error={failed.error}
          onRetry={() => void failed.refetch()}
        />
      )}
      {left > 0 && !failed && (
        <Button
          className={classes.older ?? ''}
          loading={older.some((query) => query.isFetching)}
          onClick={() => setPages(pages + 1)}
        >
          {`Load older, ${formatNoun(left, 'entry', 'entries')} left`}
        </Button>
      )}
    </section>
  );
}

function Entry({ step, day }: { step: RunStep; day: string | null }) {
  return (
    <li className={classes.entry}>
      <time className={classes.entryTime} dateTime={step.at}>
        {day !== null && <span className={classes.entryDay}>{day} </span>}
        {formatExactTime(step.at)}
      </time>
      <span className={classes.entrySymbol}>{symbolOf(step.level)}</span>
      <span className={classes.entryText}>
        <TextWithHiddenCharacters text={localStepWords(step)} />
      </span>
    </li>
  );
}

/** The day is said where it changes, so that a run over midnight can be read. */
function dayChange(steps: readonly RunStep[], index: number): string | null {
  const step = steps[index];
  const newer = steps[index - 1];
  if (step === undefined || newer === undefined) return null;
  const day = formatDay(step.at);
  return day === formatDay(newer.at) ? null : day;
}

function symbolOf(level: RunStep['level']): ReactNode {
  switch (level) {
    case 'waiting':
      return <Mark word="waiting" color="blue" icon={<IconHourglass size={15} stroke={1.7} />} />;
    case 'warning':
      return <Mark word="warning" color="amber" icon={<IconAlertTriangle size={15} stroke={1.7} />} />;
    case 'failed':
      return <Mark word="failed" color="red" icon={<IconExclamationMark size={15} stroke={2} />} />;
    case 'passed':
      return <Mark word="passed" color="green" icon={<IconCheck size={15} stroke={2} />} />;
    case 'info':
      return <span className={classes.dot} />;
  }
}

function Mark({ word, color, icon }: { word: string; color: string; icon: ReactNode }) {
  return (
    <span style={{ color: `var(--gh-${color})`, display: 'flex' }}>
      {icon}
      <VisuallyHidden>{word}</VisuallyHidden>
    </span>
  );
}
