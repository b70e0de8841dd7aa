/** Letters that Unicode does not decompose, as people type them without such a key; and the final sigma. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
};
const SPECIAL_LETTER = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'gu');

/**
 * The form in which lists are searched: decomposed (NFKD), without combining marks, lower case, so that
 * "jose" finds "José" and "lukasz" finds "Łukasz". Stored search columns and queries go through it alike;
 * spaces stay, and wildcards of a query language are not escaped here.
 */
export function foldSearch(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(SPECIAL_LETTER, (letter) => PLAIN_LETTERS[letter] ?? letter);
}
