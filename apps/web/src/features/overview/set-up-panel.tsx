import type { Overview } from '@gatehouse/contracts/overview';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { Checklist, type ChecklistLine } from '../../components/ui/checklist.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { ProgressSegments } from '../../components/ui/progress-segments.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import classes from './overview.module.css';

type Step = Overview['steps'][number];

/** The set-up as the server sees it, not as an order to follow: a later step can be done before an earlier one. */
export function SetUpPanel({ steps, withLinks }: { steps: readonly Step[]; withLinks: boolean }) {
  const done = steps.filter((step) => step.state === 'done').length;
  return (
    <Panel
      title="Set-up"
      padded={false}
      action={
        <span className={classes.progress}>
          {done} of {steps.length} done
          <ProgressSegments segments={steps.map(({ code, state }) => ({ key: code, state }))} />
        </span>
      }
    >
      <Checklist label="Set-up" layout="columns" lines={steps.map((step) => lineOf(step, withLinks))} />
    </Panel>
  );
}

const GLYPHS = { done: 'passed', next: 'in-work', open: 'not-done' } as const;

function lineOf(step: Step, withLinks: boolean): ChecklistLine {
  const { code, label, state, fact, at, continueAt } = step;
  return {
    id: code,
    state: GLYPHS[state],
    name: label,
    fact,
    marked: state === 'next',
    ...(at === null ? {} : { time: <RelativeTime instant={at} /> }),
    ...(continueAt === null || !withLinks
      ? {}
      : {
          action: (
            <ButtonLink to={continueAt} size="xs" aria-label={`Continue: ${label}`}>
              Continue
            </ButtonLink>
          ),
        }),
  };
}
