import { defaultIdpSettings } from '@gatehouse/contracts/idp';
import { expect, it } from 'vitest';
import { changedFields, type IdpValues, mergeSaved } from './idp-values.ts';

const saved: IdpValues = { name: 'Acme Okta', settings: defaultIdpSettings, clientSecret: null };

function withSettings(settings: Partial<IdpValues['settings']>, more: Partial<IdpValues> = {}): IdpValues {
  return { ...saved, settings: { ...saved.settings, ...settings }, ...more };
}

it.each<[string, IdpValues, string[]]>([
  ['nothing', saved, []],
  ['a name with a space more', { ...saved, name: 'Acme Okta ' }, []],
  ['a name', { ...saved, name: 'Acme' }, ['name']],
  ['a setting', withSettings({ domain: 'acme.okta.com' }), ['domain']],
  ['an equal list', withSettings({ scopes: ['profile', 'email'] }), []],
  ['a secret', { ...saved, clientSecret: 's3cret' }, ['clientSecret']],
  ['an empty secret', { ...saved, clientSecret: '' }, []],
])('%s', (_name, values, fields) => {
  expect(changedFields(saved, values)).toEqual(fields);
});

it('takes the cleaned value of the server, and keeps what was typed since', () => {
  const sent = withSettings({ domain: 'https://acme.okta.com/' }, { clientSecret: 'first' });
  const answer = withSettings({ domain: 'acme.okta.com' });
  const now = withSettings({ domain: 'https://acme.okta.com/', clientId: '0oa1' }, { clientSecret: 'first' });

  expect(mergeSaved(answer, sent, now)).toEqual(withSettings({ domain: 'acme.okta.com', clientId: '0oa1' }));
});

it('keeps a secret that was typed while another one was saved', () => {
  const sent = { ...saved, clientSecret: 'first' };

  expect(mergeSaved(saved, sent, { ...sent, clientSecret: 'second' }).clientSecret).toBe('second');
});
