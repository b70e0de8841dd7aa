import type { ReactNode } from 'react';
import { formatCount } from '../../lib/format.ts';
import { classNames } from './class-names.ts';
import colors from './state-colors.module.css';
import { type TileState, tileStates } from './state-vocabulary.ts';
import classes from './summary-bar.module.css';
import { Tile } from './tile.tsx';

export type SummaryCell<Key extends string> = {
  key: Key;
  count: number;
  /** The operation of the cell; without one the cell is the sum. */
  tile?: TileState;
  /** The word when it is not the tile's. */
  word?: string;
  /** Beside the count, e.g. a pill "held". */
  extra?: ReactNode;
};

type SummaryBarProps<Key extends string> = {
  label: string;
  cells: readonly SummaryCell<Key>[];
  chosen: Key;
  onChoose: (key: Key) => void;
};

/** One cell for each operation, count over word; each is a filter. */
export function SummaryBar<Key extends string>({ label, cells, chosen, onChoose }: SummaryBarProps<Key>) {
  return (
    <fieldset
      className={classes.bar}
      aria-label={label}
      style={{ margin: 0, padding: 0, borderWidth: '0 0 1px' }}
    >
      {cells.map(({ key, count, tile, word, extra }) => (
        <button
          key={key}
          type="button"
          className={classNames(classes.cell, tile && colors[tileStates[tile].color])}
          data-colored={tile !== undefined || undefined}
          aria-pressed={key === chosen}
          onClick={() => onChoose(key)}
        >
          <span className={classes.count}>
            {formatCount(count)}
            {extra}
          </span>
          <span className={classes.word}>{tile ? <Tile state={tile}>{word}</Tile> : word}</span>
        </button>
      ))}
    </fieldset>
  );
}
