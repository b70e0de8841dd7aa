/**
 * Order of external ids: byte by byte in UTF-8, as SQLite's BINARY collation and PostgreSQL's "C". JavaScript's `<`
 * compares UTF-16 units and puts U+FF5E after U+1F600.
 */
export function compareBytes(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

/** UTF-8 sorts by code point: surrogates, which stand for the code points above U+FFFF, come last. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
