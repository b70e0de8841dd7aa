import type { ReactNode } from 'react';
import classes from './callout.module.css';
import { Glyph } from './glyph.tsx';
import colors from './state-colors.module.css';
import type { StateColor } from './state-vocabulary.ts';
import { Tile } from './tile.tsx';

export type CalloutKind = 'held' | 'failed' | 'warning' | 'waiting' | 'passed' | 'info';

const calloutColors: Record<CalloutKind, StateColor> = {
  held: 'violet',
  failed: 'red',
  warning: 'amber',
  waiting: 'blue',
  passed: 'green',
  info: 'grey',
};

type CalloutProps = {
  kind: CalloutKind;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** One line, for a strip inside of a list. */
  compact?: boolean;
};

/** A sentence, a reason and a button. One on a page at most, on top, for what waits for a person. */
export function Callout({ kind, title, children, actions, compact = false }: CalloutProps) {
  return (
    <div className={`${classes.callout} ${colors[calloutColors[kind]]}`} data-compact={compact || undefined}>
      <span className={classes.symbol}>
        {kind === 'held' ? (
          <Tile state="held" solid wordHidden size={compact ? 'md' : 'lg'} />
        ) : (
          <Glyph state={kind} size={compact ? 'md' : 'lg'} />
        )}
      </span>
      <div className={classes.text}>
        <p className={classes.title}>{title}</p>
        {compact && ' '}
        {children !== undefined && <p className={classes.reason}>{children}</p>}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
