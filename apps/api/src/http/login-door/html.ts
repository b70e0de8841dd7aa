import { escapeHtml } from '../html-page.ts';

/** Markup of ours; everything foreign in it is escaped. Made by `html` only. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

type Part = Html | string | number | null | readonly Html[];

/** Longer texts of others are cut: a page is no place for 100 kB of somebody's name. */
const longestText = 300;
/** Control characters, bidi marks and overrides, zero-width characters, line separators, fillers. */
const hidden = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\u034F|\u115F|\u1160|\u17B4|\u17B5|\u3164|\uFFA0/u;
const joiners: ReadonlySet<string> = new Set(['\u200c', '\u200d']);
const joined = /[\p{L}\p{M}\p{Extended_Pictographic}]/u;

/** Parts that are text are escaped, cut, and shown with their hidden characters; null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const shown = parts.map((part) => {
    if (part === null) return '';
    if (part instanceof Html) return part.toString();
    return typeof part === 'object' ? part.map(String).join('') : shownText(String(part));
  });
  return new Html(String.raw({ raw: strings }, ...shown));
}

/** For the `href` of a URL that was validated or built by us. */
export function attribute(value: string): Html {
  return new Html(escapeHtml(value));
}

/** One line of foreign text without markup, for `<title>`: hidden characters become spaces. */
export function plainText(text: string): string {
  return [...cut(text)].map((character) => (hidden.test(character) ? ' ' : character)).join('');
}

/** Text of others between two tags: nobody can end the line, turn it round or hide something in it. */
function shownText(text: string): string {
  const characters = [...cut(text)];
  const shown = characters.map((character, index) =>
    hidden.test(character) && !isJoining(characters, index)
      ? `<code class="hidden">${codePointName(character)}</code>`
      : escapeHtml(character),
  );
  return shown.join('');
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}

/** Joiners are part of the spelling of many scripts and emoji: between two letters they are no trick. */
function isJoining(characters: readonly string[], index: number): boolean {
  const neighbours = [characters[index - 1], characters[index + 1]];
  return (
    joiners.has(characters[index] ?? '') && neighbours.every((one) => one !== undefined && joined.test(one))
  );
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
