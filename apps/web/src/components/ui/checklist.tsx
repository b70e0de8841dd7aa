import type { ReactNode } from 'react';
import classes from './checklist.module.css';
import { classNames } from './class-names.ts';
import { Glyph } from './glyph.tsx';
import colors from './state-colors.module.css';
import { type GlyphState, glyphStates } from './state-vocabulary.ts';

export type ChecklistDetail = {
  saw: ReactNode;
  matters: ReactNode;
  todo: ReactNode;
  /** At most three buttons, the first one fixing it. */
  actions?: ReactNode;
};

export type ChecklistLine = {
  id: string;
  state: GlyphState;
  name: ReactNode;
  fact?: ReactNode;
  /** Time or duration, at the right. */
  time?: ReactNode;
  /** A button at the right. */
  action?: ReactNode;
  /** Given for a failed or warning line: it opens by itself. */
  detail?: ChecklistDetail;
  /** The line where a person goes on. */
  marked?: boolean;
};

type ChecklistProps = {
  label: string;
  lines: readonly ChecklistLine[];
  /** `inline`: fact after the name; `columns`: facts below each other; `stacked`: fact under the name. */
  layout?: 'inline' | 'columns' | 'stacked';
  density?: 'dense' | 'normal';
};

/** Checks in their order, each with a glyph, a fact and a time; what failed says what to do. */
export function Checklist({ label, lines, layout = 'inline', density = 'normal' }: ChecklistProps) {
  return (
    <ol
      className={classes.list}
      aria-label={label}
      data-layout={layout}
      data-columns={layout === 'columns' || undefined}
      data-density={density}
    >
      {lines.map((line) => (
        <ChecklistItem key={line.id} line={line} stacked={layout === 'stacked'} />
      ))}
    </ol>
  );
}

function ChecklistItem({ line, stacked }: { line: ChecklistLine; stacked: boolean }) {
  const { state, name, fact, time, action, detail, marked } = line;
  const quiet = state === 'not-done' || state === 'not-reached' || state === 'locked';
  const text = (
    <>
      <span className={classes.name}>{name}</span>
      {fact !== undefined && <span className={classes.fact}>{fact}</span>}
    </>
  );
  return (
    <li
      className={classNames(
        classes.item,
        quiet && classes.quiet,
        marked && classes.marked,
        detail && `${classes.open} ${colors[glyphStates[state].color]}`,
      )}
      data-state={state}
    >
      <div className={classes.line}>
        <Glyph state={state} />
        {stacked ? <span className={classes.stacked}>{text}</span> : text}
        {(time !== undefined || action !== undefined) && (
          <span className={classes.end}>
            {time}
            {action}
          </span>
        )}
      </div>
      {detail && <Detail detail={detail} />}
    </li>
  );
}

function Detail({ detail }: { detail: ChecklistDetail }) {
  return (
    <dl className={classes.detail}>
      <dt>What we saw</dt>
      <dd>{detail.saw}</dd>
      <dt>Why it matters</dt>
      <dd>{detail.matters}</dd>
      <dt>What to do</dt>
      <dd>{detail.todo}</dd>
      {detail.actions !== undefined && <dd className={classes.actions}>{detail.actions}</dd>}
    </dl>
  );
}
