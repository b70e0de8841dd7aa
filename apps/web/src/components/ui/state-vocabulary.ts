/** The states that a change (square tile) or a thing (round glyph, pill) can have, and the colour of each. */

export type StateColor = 'green' | 'blue' | 'rust' | 'red' | 'violet' | 'amber' | 'grey';

/** What will change: square. */
export type TileState =
  | 'added'
  | 'modified'
  | 'not-modified'
  | 'cleaned-up'
  | 'failed'
  | 'filtered'
  | 'held'
  | 'drifted';

export const tileStates: Record<TileState, { word: string; color: StateColor }> = {
  added: { word: 'added', color: 'green' },
  modified: { word: 'modified', color: 'blue' },
  'not-modified': { word: 'not modified', color: 'grey' },
  'cleaned-up': { word: 'cleaned up', color: 'rust' },
  failed: { word: 'failed', color: 'red' },
  filtered: { word: 'filtered', color: 'grey' },
  held: { word: 'held', color: 'violet' },
  drifted: { word: 'drifted', color: 'amber' },
};

/** How it went: round. */
export type GlyphState =
  | 'passed'
  | 'warning'
  | 'failed'
  | 'held'
  | 'running'
  | 'waiting'
  | 'not-done'
  | 'not-reached'
  | 'in-work'
  | 'locked'
  | 'info';

export const glyphStates: Record<GlyphState, { word: string; color: StateColor }> = {
  passed: { word: 'passed', color: 'green' },
  warning: { word: 'warning', color: 'amber' },
  failed: { word: 'failed', color: 'red' },
  held: { word: 'held', color: 'violet' },
  running: { word: 'running', color: 'blue' },
  waiting: { word: 'waiting', color: 'blue' },
  'not-done': { word: 'not done yet', color: 'grey' },
  'not-reached': { word: 'not reached', color: 'grey' },
  'in-work': { word: 'in work', color: 'blue' },
  locked: { word: 'locked', color: 'grey' },
  info: { word: 'note', color: 'grey' },
};
