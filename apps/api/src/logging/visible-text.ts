import { splitHiddenCharacters } from '@gatehouse/contracts/hidden-characters';

/**
 * Writes characters that nobody would see as their code, e.g. `U+202E`, and lone surrogates as U+FFFD, so that a text
 * from outside reads as what it is wherever it is shown.
 * @param options.keepLines line feeds and tabs stay
 */
export function showHiddenCharacters(text: string, options: { keepLines?: boolean } = {}): string {
  const wellFormed = text.toWellFormed();
  if (!options.keepLines) return shown(wellFormed);
  return wellFormed
    .split(/([\n\t])/)
    .map((part) => (part === '\n' || part === '\t' ? part : shown(part)))
    .join('');
}

function shown(text: string): string {
  return splitHiddenCharacters(text)
    .map((part) => part.text)
    .join('');
}

/** At most so many UTF-16 units, an ellipsis included; never half a character. */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = longest - 1;
  const isSplit = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return `${text.slice(0, isSplit ? end - 1 : end)}…`;
}
