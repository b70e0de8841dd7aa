export type DifferencePart = { text: string; changed: boolean };
export type TextDifference = { before: DifferencePart[]; after: DifferencePart[] };

const WORD = /^[\p{L}\p{M}\p{N}]/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Under this share of common words, marking parts is noise: the whole value is marked. */
const LEAST_COMMON_SHARE = 0.25;

/**
 * Marks what differs between two values, word by word: `helen.castellan@…` and `helen.marchetti@…` differ in one
 * word. Values have at most 255 characters, so the table of the longest common subsequence is small.
 */
export function textDifference(before: string, after: string): TextDifference {
  if (before === after) return { before: whole(before, false), after: whole(after, false) };
  const left = wordsOf(before);
  const right = wordsOf(after);
  const { keptLeft, keptRight } = commonWords(left, right);
  const kept = left.filter((word, index) => keptLeft[index] && WORD.test(word)).join('').length;
  if (kept < Math.max(before.length, after.length) * LEAST_COMMON_SHARE) {
    return { before: whole(before, true), after: whole(after, true) };
  }
  return { before: joinParts(left, keptLeft), after: joinParts(right, keptRight) };
}

function whole(text: string, changed: boolean): DifferencePart[] {
  return text === '' ? [] : [{ text, changed }];
}

/** Runs of letters and digits; every other visible character stands alone and is never cut. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let inWord = false;
  for (const { segment } of graphemes.segment(text)) {
    const letter = WORD.test(segment);
    const last = words.length - 1;
    if (letter && inWord) words[last] = `${words[last]}${segment}`;
    else words.push(segment);
    inWord = letter;
  }
  return words;
}

function commonWords(left: readonly string[], right: readonly string[]) {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      const same = left[row] === right[column];
      lengths[row * width + column] = same
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const keptLeft = left.map(() => false);
  const keptRight = right.map(() => false);
  let row = 0;
  let column = 0;
  while (row < left.length && column < right.length) {
    if (left[row] === right[column]) {
      keptLeft[row] = true;
      keptRight[column] = true;
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return { keptLeft, keptRight };
}

function joinParts(words: readonly string[], kept: readonly boolean[]): DifferencePart[] {
  const parts: DifferencePart[] = [];
  words.forEach((text, index) => {
    const changed = !kept[index] || isBetweenChanges(words, kept, index);
    const last = parts.at(-1);
    if (last && last.changed === changed) last.text += text;
    else parts.push({ text, changed });
  });
  return parts;
}

/** A dot or space between two changed words belongs to the change: "Sr. Eng." is one mark, not three. */
function isBetweenChanges(words: readonly string[], kept: readonly boolean[], index: number): boolean {
  if (WORD.test(words[index] ?? '')) return false;
  let from = index;
  while (from >= 0 && kept[from] && !WORD.test(words[from] ?? '')) from -= 1;
  let to = index;
  while (to < words.length && kept[to] && !WORD.test(words[to] ?? '')) to += 1;
  return from >= 0 && to < words.length && !kept[from] && !kept[to];
}
