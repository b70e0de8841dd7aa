/** Characters that show nothing or turn the text around: controls, formats such as bidi marks, line ends, surrogates. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** A provider's text on one line, with what cannot be seen made visible, cut to `longest` characters. */
export function printable(text: string, longest: number): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.replaceAll(unseen, '\ufffd');
}
