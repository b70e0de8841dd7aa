/** Control characters, bidi marks and overrides, zero-width characters, line separators, tags, invisible fillers. */
const hidden = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\u034F|\u115F|\u1160|\u17B4|\u17B5|\u3164|\uFFA0/gu;
/** What a joiner may stand between: it belongs to the spelling of many scripts and of emoji. */
const joined = /^(?:\p{L}|\p{M}|\p{Extended_Pictographic})$/u;

/**
 * Writes characters that nobody would see as their code, e.g. `U+202E`, and lone surrogates as U+FFFD, so that a text
 * from outside reads as what it is wherever it is shown.
 * @param options.keepLines line feeds and tabs stay
 */
export function showHiddenCharacters(text: string, options: { keepLines?: boolean } = {}): string {
  const wellFormed = text.toWellFormed();
  return wellFormed.replace(hidden, (character, offset: number) => {
    if (options.keepLines && (character === '\n' || character === '\t')) return character;
    if (isJoiner(character) && isBetweenJoined(wellFormed, offset)) return character;
    return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

function isJoiner(character: string): boolean {
  return character === '\u200c' || character === '\u200d';
}

function isBetweenJoined(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - 2), offset);
  const last = [...before].at(-1) ?? '';
  const next = String.fromCodePoint(text.codePointAt(offset + 1) ?? 0);
  return joined.test(last.toWellFormed()) && joined.test(next);
}

/** At most so many UTF-16 units, an ellipsis included; never half a character. */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = longest - 1;
  const isSplit = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return `${text.slice(0, isSplit ? end - 1 : end)}…`;
}
