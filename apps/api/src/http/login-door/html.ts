import { isHiddenCharacter, splitHiddenCharacters } from '@gatehouse/contracts/hidden-characters';
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
  return [...cut(text)].map((character) => (isHiddenCharacter(character) ? ' ' : character)).join('');
}

/** Text of others between two tags: nobody can end the line, turn it round or hide something in it. */
function shownText(text: string): string {
  return splitHiddenCharacters(cut(text))
    .map((part) => (part.hidden ? `<code class="hidden">${part.text}</code>` : escapeHtml(part.text)))
    .join('');
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}
