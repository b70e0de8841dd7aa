import type { TileState } from './state-vocabulary.ts';

const PATHS: Record<TileState, string> = {
  added: 'M12 4.5v15M4.5 12h15',
  modified: 'M4.5 14.2c1.8-4.6 4.9-4.8 7.5-2.2s5.7 2.4 7.5-2.2',
  'not-modified': 'M5 9h14M5 15h14',
  'cleaned-up': 'M4.5 12h15',
  failed: 'M12 4.5v9.4M12 19.2v.3',
  filtered: 'M4.5 6h15l-5.6 6.6v6.2l-3.8-2v-4.2z',
  held: 'M8.6 6v12M15.4 6v12',
  drifted: 'M5 9h14M5 15h14M15.5 5l-7 14',
};

/** The bare symbol of a tile, drawn in the colour of the text around it. */
export function TileSymbol({ state, size }: { state: TileState; size: number }) {
  const width = state === 'held' ? 4.4 : 2.6;
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={width}
      strokeLinecap={state === 'held' ? 'butt' : 'round'}
      strokeLinejoin="round"
    >
      <path d={PATHS[state]} />
    </svg>
  );
}
