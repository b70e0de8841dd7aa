import type { Account } from '@gatehouse/contracts/account';
import { describe, expect, test } from 'vitest';
import { changedFields } from './account-changes.ts';

const account: Account = {
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  name: 'Sam Okafor',
  email: 'sam@acme.example',
  role: 'support',
  enabled: true,
  createdAt: '2026-11-01T00:00:00.000Z',
  passwordSetAt: '2026-11-01T00:00:00.000Z',
  lastSignedInAt: null,
  sessions: 0,
};
const same = { name: account.name, email: account.email, role: account.role, password: '' };

describe('changedFields', () => {
  const cases: [name: string, values: Partial<typeof same>, expected: object][] = [
    ['nothing changed', {}, {}],
    ['a blank around the name is no change', { name: ' Sam Okafor ' }, {}],
    ['a new name', { name: 'Samira Okafor' }, { name: 'Samira Okafor' }],
    ['a new role', { role: 'admin' }, { role: 'admin' }],
    ['a new password', { password: 'long enough words' }, { password: 'long enough words' }],
  ];
  test.each(cases)('%s', (_, values, expected) => {
    expect(changedFields(account, { ...same, ...values })).toEqual(expected);
  });
});
