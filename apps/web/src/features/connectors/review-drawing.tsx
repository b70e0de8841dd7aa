import colors from '../../components/ui/state-colors.module.css';
import { type TileState, tileStates } from '../../components/ui/state-vocabulary.ts';
import { TileSymbol } from '../../components/ui/tile-symbol.tsx';
import classes from './review-drawing.module.css';

const SUMMARY: readonly TileState[] = ['added', 'modified', 'not-modified', 'cleaned-up'];

const ROWS: readonly { state: TileState; strong: number; weak: number }[] = [
  { state: 'added', strong: 96, weak: 120 },
  { state: 'modified', strong: 112, weak: 88 },
  { state: 'modified', strong: 80, weak: 132 },
  { state: 'not-modified', strong: 104, weak: 70 },
  { state: 'cleaned-up', strong: 88, weak: 108 },
];

/** Our own line drawing of the review: what a simulation shows. */
export function ReviewDrawing() {
  return (
    <svg
      className={classes.drawing}
      viewBox="0 0 358 272"
      role="img"
      aria-label="Our own drawing of a review: rows that would be added, modified, not modified and cleaned up"
    >
      <rect className={classes.frame} x="1" y="1" width="356" height="48" rx="8" />
      {SUMMARY.map((state, index) => (
        <g key={state}>
          <TileMark state={state} x={18 + index * 86} y={15} />
          <rect className={classes.strong} x={46 + index * 86} y={21} width="38" height="8" rx="4" />
        </g>
      ))}
      <rect className={classes.frame} x="1" y="61" width="356" height="208" rx="8" />
      {ROWS.map(({ state, strong, weak }, index) => {
        const y = 61 + index * 41.6;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a drawing
          <g key={index}>
            {index > 0 && <line className={classes.line} x1="2" x2="356" y1={y} y2={y} />}
            <TileMark state={state} x={18} y={y + 11} />
            <rect className={classes.strong} x="54" y={y + 17} width={strong} height="8" rx="4" />
            <rect className={classes.weak} x="194" y={y + 17} width={weak} height="8" rx="4" />
          </g>
        );
      })}
    </svg>
  );
}

function TileMark({ state, x, y }: { state: TileState; x: number; y: number }) {
  return (
    <g className={colors[tileStates[state].color]}>
      <rect className={classes.tile} x={x} y={y} width="20" height="20" rx="5" />
      <svg className={classes.symbol} x={x + 3} y={y + 3} width="14" height="14" aria-hidden="true">
        <TileSymbol state={state} size={14} />
      </svg>
    </g>
  );
}
