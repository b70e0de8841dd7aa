import { configKeys } from './config-table.ts';

/**
 * Finds environment variables that look like a misspelling of ours, such as PUBLIC_URI or GATEHOUSE_PORT,
 * and that would otherwise be ignored in silence.
 */
export function misspeltKeys(names: readonly string[]): { name: string; meant: string }[] {
  const known = new Set<string>(configKeys);
  return names.flatMap((name) => {
    if (known.has(name)) return [];
    const bare = name.toUpperCase().replace(/^GATEHOUSE_/, '');
    const meant = configKeys.find((key) => bare === key || isNearMiss(bare, key));
    return meant === undefined ? [] : [{ name, meant }];
  });
}

/** Short names are left alone: an environment may well have a POST or a HOSTS of its own. */
function isNearMiss(name: string, key: string): boolean {
  if (key.length < 8 || Math.abs(name.length - key.length) > 2) return false;
  return editDistance(name, key) <= 2;
}

/** Levenshtein distance. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
