import type { Random } from './random.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** An id as Okta makes them: a three-character type prefix (`00u` user, `00g` group) and 17 of base 62. */
export function oktaId(prefix: string, random: Random): string {
  let id = prefix;
  for (let i = 0; i < 17; i += 1) id += BASE62[random.integer(62)];
  return id;
}

/** The same id with the letter case of its last letter turned; null when it has no letter to turn. */
export function caseTwin(id: string): string | null {
  for (let i = id.length - 1; i > 2; i -= 1) {
    const letter = id[i] ?? '';
    const turned = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
    if (turned !== letter) return id.slice(0, i) + turned + id.slice(i + 1);
  }
  return null;
}
