import { beforeEach, expect, it } from 'vitest';
import { emptyDraft, keepDraft, readDraft } from './new-connector-draft.ts';

beforeEach(() => sessionStorage.clear());

it('is there again after a reload, without the token', () => {
  const typed = { kind: 'okta' as const, name: 'Acme', domain: 'acme.okta.com', apiToken: '00canary' };

  keepDraft(typed);

  expect(readDraft()).toEqual({ kind: 'okta', name: 'Acme', domain: 'acme.okta.com' });
  expect(JSON.stringify({ ...sessionStorage })).not.toContain('00canary');
});

it('leaves nothing behind when nothing is typed', () => {
  keepDraft({ kind: 'okta', name: 'Acme', domain: '' });

  keepDraft({ ...emptyDraft, kind: 'okta' });

  expect(sessionStorage.length).toBe(0);
});

it.each(['', 'no JSON', '{"kind":"ldap"}', '[]'])('starts empty on %j', (stored) => {
  sessionStorage.setItem('gatehouse-new-connector', stored);

  expect(readDraft()).toEqual(emptyDraft);
});
