import { applicationSlugSchema } from '@gatehouse/contracts/application';
import { describe, expect, it } from 'vitest';
import { slugsFor } from './slug.ts';

function first(name: string, count: number): string[] {
  const candidates = slugsFor(name, 'jira');
  return Array.from({ length: count }, () => candidates.next().value);
}

describe('slugsFor', () => {
  it.each([
    ['Jira', ['jira', 'jira-2', 'jira-3']],
    ['  Jira (Test)  ', ['jira-test', 'jira-test-2', 'jira-test-3']],
    ['Wiki für Köln', ['wiki-fur-koln', 'wiki-fur-koln-2', 'wiki-fur-koln-3']],
    ['日本', ['jira', 'jira-2', 'jira-3']],
    ['---', ['jira', 'jira-2', 'jira-3']],
    ['Callback', ['callback-2', 'callback-3', 'callback-4']],
    ['interaction', ['interaction-2', 'interaction-3', 'interaction-4']],
    [`${'a'.repeat(39)} b`, ['a'.repeat(39), `${'a'.repeat(38)}-2`, `${'a'.repeat(38)}-3`]],
    ['../../etc', ['etc', 'etc-2', 'etc-3']],
  ])('%j gives %s', (name, slugs) => {
    expect(first(name, 3)).toEqual(slugs);
    for (const slug of slugs) expect(applicationSlugSchema.safeParse(slug).success).toBe(true);
  });
});
