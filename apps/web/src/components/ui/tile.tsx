import type { ReactNode } from 'react';
import colors from './state-colors.module.css';
import { type TileState, tileStates } from './state-vocabulary.ts';
import classes from './tile.module.css';
import { TileSymbol } from './tile-symbol.tsx';
import { VisuallyHidden } from './visually-hidden.tsx';

type TileProps = {
  state: TileState;
  /** Text beside the tile; the state's own word when left out. */
  children?: ReactNode;
  /** The word is read out, not shown: only where a head or a neighbour shows it. */
  wordHidden?: boolean;
  /** Filled ground: only for what waits for a person. */
  solid?: boolean;
  size?: 'sm' | 'md' | 'lg';
};

const SYMBOL_SIZE = { sm: 9, md: 12, lg: 15 };

/** The square symbol of a change with its word: what will happen to a person or a group. */
export function Tile({ state, children, wordHidden = false, solid = false, size = 'md' }: TileProps) {
  const { word, color } = tileStates[state];
  return (
    <span className={classes.root}>
      <span
        className={`${classes.tile} ${colors[color]}`}
        data-size={size}
        data-solid={solid || undefined}
        aria-hidden="true"
      >
        <TileSymbol state={state} size={SYMBOL_SIZE[size]} />
      </span>
      {wordHidden ? <VisuallyHidden>{children ?? word}</VisuallyHidden> : <span>{children ?? word}</span>}
    </span>
  );
}
