import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconExclamationMark,
  IconEye,
  IconHourglass,
  IconLock,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import glyphClasses from './glyph.module.css';
import colors from './state-colors.module.css';
import classes from './state-pill.module.css';
import type { StateColor } from './state-vocabulary.ts';
import { TileSymbol } from './tile-symbol.tsx';

export type PillState =
  | 'passed'
  | 'warning'
  | 'failed'
  | 'held'
  | 'running'
  | 'waiting'
  | 'queued'
  | 'not-applied'
  | 'over'
  | 'locked'
  | 'off';

const pillColors: Record<PillState, StateColor> = {
  passed: 'green',
  warning: 'amber',
  failed: 'red',
  held: 'violet',
  running: 'blue',
  waiting: 'blue',
  queued: 'grey',
  'not-applied': 'grey',
  over: 'grey',
  locked: 'grey',
  off: 'grey',
};

/** The state of a whole thing (run, connector, account): icon and word on a soft ground. */
export function StatePill({ state, children }: { state: PillState; children: ReactNode }) {
  return (
    <span className={`${classes.pill} ${colors[pillColors[state]]}`}>
      {icon(state)}
      {children}
    </span>
  );
}

function icon(state: PillState): ReactNode {
  switch (state) {
    case 'passed':
      return <IconCheck size={14} stroke={2.2} aria-hidden="true" />;
    case 'warning':
      return <IconAlertTriangle size={14} stroke={1.8} aria-hidden="true" />;
    case 'failed':
      return <IconExclamationMark size={14} stroke={2.2} aria-hidden="true" />;
    case 'held':
      return <TileSymbol state="held" size={12} />;
    case 'running':
      return (
        <svg
          width="12"
          height="12"
          viewBox="0 0 12 12"
          fill="none"
          className={glyphClasses.turning}
          aria-hidden="true"
        >
          <path d="M6 1a5 5 0 1 1-4.4 2.6" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
        </svg>
      );
    case 'waiting':
      return <IconHourglass size={14} stroke={1.8} aria-hidden="true" />;
    case 'queued':
      return <IconClock size={14} stroke={1.8} aria-hidden="true" />;
    case 'not-applied':
      return <IconEye size={14} stroke={1.8} aria-hidden="true" />;
    case 'locked':
      return <IconLock size={14} stroke={1.8} aria-hidden="true" />;
    case 'over':
    case 'off':
      return null;
  }
}
