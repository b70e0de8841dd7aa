import type { Overview } from '@gatehouse/contracts/overview';
import type { RunCounters, RunState, RunSummary } from '@gatehouse/contracts/run';
import type { GlyphState } from '../../components/ui/state-vocabulary.ts';
import { formatNoun } from '../../lib/format.ts';

type Token = Overview['health']['tokens'][number];

/** The token that needs a look most: missing, refused, untested; else the one that was used last. */
export function worstToken(tokens: readonly Token[]): Token | undefined {
  const rank = ({ set, connection }: Token) =>
    !set ? 0 : { 'not-connected': 1, untested: 2, connected: 3 }[connection];
  return [...tokens].sort((a, b) => rank(a) - rank(b) || (b.usedAt ?? '').localeCompare(a.usedAt ?? ''))[0];
}

/** What a held run would change: people and groups. */
export function heldChanges(counters: RunCounters | null): number {
  if (counters === null) return 0;
  const { held, groupsAdded, groupsModified, groupsCleanedUp } = counters;
  return held + groupsAdded + groupsModified + groupsCleanedUp;
}

/** "688 changes are held. Nothing of them is written." */
export function heldTitle({ id, counters }: Pick<RunSummary, 'id' | 'counters'>): string {
  const held = heldChanges(counters);
  if (held === 0) return `Run #${id} is held. Nothing was written.`;
  return `${formatNoun(held, 'change')} ${held === 1 ? 'is held. Nothing of it' : 'are held. Nothing of them'} is written.`;
}

/** How a run stands, as a round glyph. */
export function glyphOfRun(state: RunState): GlyphState {
  switch (state) {
    case 'done':
      return 'passed';
    case 'held':
      return 'held';
    case 'failed':
      return 'failed';
    case 'interrupted':
      return 'warning';
    case 'queued':
    case 'reading':
    case 'planning':
    case 'applying':
      return 'running';
    case 'cancelled':
    case 'discarded':
    case 'replaced':
      return 'not-reached';
  }
}
