import { IconHourglass, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './glyph.module.css';
import colors from './state-colors.module.css';
import { type GlyphState, glyphStates } from './state-vocabulary.ts';
import { TileSymbol } from './tile-symbol.tsx';
import { VisuallyHidden } from './visually-hidden.tsx';

type GlyphProps = {
  state: GlyphState;
  /** What is read out; the state's own word when left out, nothing when the text beside says it (`''`). */
  label?: string;
  size?: 'md' | 'lg';
};

/** The round symbol of how something went. */
export function Glyph({ state, label, size = 'md' }: GlyphProps) {
  const { word, color } = glyphStates[state];
  const spoken = label ?? word;
  return (
    <>
      <span
        className={`${classes.glyph} ${colors[color]}`}
        data-state={state}
        data-size={size}
        aria-hidden="true"
      >
        {drawing(state, size === 'lg' ? 1.3 : 1)}
      </span>
      {spoken !== '' && <VisuallyHidden>{spoken}</VisuallyHidden>}
    </>
  );
}

function drawing(state: GlyphState, scale: number): ReactNode {
  switch (state) {
    case 'passed':
      return <Stroke size={12 * scale} path="M5 12.5l4.6 4.6L19 7.4" />;
    case 'warning':
    case 'failed':
      return <Stroke size={12 * scale} path="M12 4.5v9.4M12 19.2v.3" width={3.2} />;
    case 'info':
      return <Stroke size={11 * scale} path="M12 11v8.5M12 5v.3" width={3.2} />;
    case 'held':
      return <TileSymbol state="held" size={12 * scale} />;
    case 'locked':
      return <IconLock size={12 * scale} stroke={2} />;
    case 'waiting':
      return <IconHourglass size={16 * scale} stroke={1.8} />;
    case 'running':
      return <Ring size={18 * scale} arc turning />;
    case 'in-work':
      return <Ring size={18 * scale} dashes="5.2 3.2" />;
    case 'not-reached':
      return <Ring size={18 * scale} dashes="2.4 2.6" thin />;
    case 'not-done':
      return <Ring size={18 * scale} thin />;
  }
}

function Stroke({ size, path, width = 2.8 }: { size: number; path: string; width?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <path d={path} stroke="currentColor" strokeWidth={width} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

type RingProps = { size: number; arc?: boolean; turning?: boolean; dashes?: string; thin?: boolean };

function Ring({ size, arc = false, turning = false, dashes, thin = false }: RingProps) {
  const width = thin ? 1.2 : 2;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 18 18"
      fill="none"
      className={turning ? classes.turning : undefined}
      aria-hidden="true"
    >
      <circle
        cx="9"
        cy="9"
        r="7.4"
        stroke={arc ? 'var(--state-line)' : thin ? 'var(--gh-control)' : 'currentColor'}
        strokeWidth={width}
        strokeDasharray={dashes}
      />
      {arc && (
        <path
          d="M9 1.6a7.4 7.4 0 0 1 7.4 7.4"
          stroke="var(--state-solid)"
          strokeWidth={width}
          strokeLinecap="round"
        />
      )}
    </svg>
  );
}
