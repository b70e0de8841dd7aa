/**
 * The form in which the names of users and groups are compared and kept unique in a directory: trimmed,
 * composed (NFC), lower case. Not for search, which also forgets accents (`foldSearch`), and not for
 * external ids, which compare byte by byte.
 */
export function foldName(name: string): string {
  // Composed again at the end: lower-casing leaves letters such as H̱ in two pieces.
  return name.trim().normalize('NFC').toLowerCase().normalize('NFC');
}
