/** Words that stand in addresses below /sso already. */
const reserved: ReadonlySet<string> = new Set(['callback', 'interaction']);
const longest = 40;

/**
 * Candidates for the address of an application, best first and without end: `Jira (Test)` gives `jira-test`,
 * `jira-test-2`, … A name without letters or digits of ours gives its kind.
 */
export function* slugsFor(name: string, kind: string): Generator<string, never> {
  const word = plainWord(name) || kind;
  if (!reserved.has(word)) yield word;
  for (let number = 2; ; number += 1) {
    const ending = `-${number}`;
    yield `${word.slice(0, longest - ending.length).replace(/-+$/, '')}${ending}`;
  }
}

function plainWord(name: string): string {
  const letters = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const dashed = letters.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return dashed.slice(0, longest).replace(/-+$/, '');
}
