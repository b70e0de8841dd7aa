import { describe, expect, test } from 'vitest';
import { auditActionWords, auditDifferences, auditFilterOf } from './audit-filter.ts';

describe('auditFilterOf', () => {
  test('the last day counts whole', () => {
    const { from = '', to = '' } = auditFilterOf({ from: '2026-11-20', to: '2026-11-20' });

    expect(new Date(to).getTime() - new Date(from).getTime()).toBe(24 * 60 * 60 * 1000);
  });

  test('what is not filtered is not sent', () => {
    expect(auditFilterOf({ search: '', page: 3 })).toEqual({});
  });
});

describe('auditDifferences', () => {
  const cases: [name: string, before: object | null, after: object | null, expected: object[]][] = [
    ['created', null, { role: 'admin' }, [{ key: 'role', before: '', after: 'admin' }]],
    ['removed', { role: 'admin' }, null, [{ key: 'role', before: 'admin', after: '' }]],
    ['the same', { role: 'admin', n: 1 }, { role: 'admin', n: 1 }, []],
    [
      'nested and lists',
      { schedule: { enabled: false }, tags: ['a'] },
      { schedule: { enabled: true }, tags: ['a', 'b'] },
      [
        { key: 'schedule.enabled', before: 'false', after: 'true' },
        { key: 'tags', before: '["a"]', after: '["a","b"]' },
      ],
    ],
    ['nothing', null, null, []],
  ];
  test.each(cases)('%s', (_, before, after, expected) => {
    expect(auditDifferences({ ...before }, { ...after })).toEqual(expected);
  });
});

test('auditActionWords', () => {
  expect(auditActionWords('connector.settings-saved')).toBe('connector settings saved');
});
