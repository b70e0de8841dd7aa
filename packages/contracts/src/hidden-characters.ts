export type TextPart = { text: string; hidden: boolean };

/** Control characters, bidi marks and overrides, zero-width characters, line separators, tags. */
const HIDDEN = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\u034F|\u115F|\u1160|\u17B4|\u17B5|\u3164|\uFFA0/u;
/** What a joiner may stand between. */
const JOINED = /\p{L}|\p{M}|\p{Extended_Pictographic}/u;
/** Joiners are part of the spelling of many scripts and emoji: between two letters they are no trick. */
const JOINERS = new Set(['\u200c', '\u200d']);

/** Whether nobody would see this one character, save that joiners may be part of a word. */
export function isHiddenCharacter(character: string): boolean {
  return HIDDEN.test(character);
}

/** Splits a text so that characters that nobody would see stand as their code, e.g. `U+202E`. */
export function splitHiddenCharacters(text: string): TextPart[] {
  if (text !== '' && !HIDDEN.test(text)) return [{ text, hidden: false }];
  const parts: TextPart[] = [];
  const characters = [...text];
  characters.forEach((character, index) => {
    const hidden = HIDDEN.test(character) && !isJoining(characters, index);
    const last = parts.at(-1);
    if (hidden) parts.push({ text: codePointName(character), hidden: true });
    else if (last && !last.hidden) last.text += character;
    else parts.push({ text: character, hidden: false });
  });
  return parts;
}

function isJoining(characters: readonly string[], index: number): boolean {
  if (!JOINERS.has(characters[index] ?? '')) return false;
  const neighbours = [characters[index - 1], characters[index + 1]];
  return neighbours.every((one) => one !== undefined && JOINED.test(one));
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
