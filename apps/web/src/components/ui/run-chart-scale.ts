export type RunBar = {
  id: number;
  /** Word beside its duration bar, e.g. "full". */
  note?: string;
  /** Shown below the column: the day, on the first run of a day. */
  day?: string;
  added: number;
  modified: number;
  cleanedUp: number;
  held: number;
  /** Milliseconds. */
  duration: number;
};

export function changesOf(bar: RunBar): number {
  return bar.added + bar.modified + bar.cleanedUp + bar.held;
}

/**
 * The value at the top of a strip: the largest one, unless it is more than four times the second largest. Then
 * the second largest counts, and the large bar is drawn broken with its number.
 */
export function topOfScale(values: readonly number[]): number {
  const sorted = values.filter((value) => value > 0).sort((a, b) => b - a);
  const [largest = 1, second = largest] = sorted;
  return largest > 4 * second ? second * 1.4 : largest;
}

export type BarPart = { kind: 'modified' | 'added' | 'cleanedUp' | 'held'; y: number; height: number };

const ORDER = ['modified', 'added', 'cleanedUp', 'held'] as const;
const GAP = 1;

/** The parts of a bar from the bottom up, in px of a strip of `height`; each part that is there is at least 1.5 px high. */
export function stackBar(bar: RunBar, top: number, height: number): BarPart[] {
  const total = changesOf(bar);
  if (total === 0) return [];
  const shown = Math.min(1, total / top) * height;
  const parts: BarPart[] = [];
  let foot = height;
  for (const kind of ORDER) {
    const value = bar[kind];
    if (value === 0) continue;
    const size = Math.max(1.5, (value / total) * shown);
    foot -= size;
    parts.push({ kind, y: Math.max(0, foot), height: Math.max(1, size - GAP) });
  }
  return parts;
}
