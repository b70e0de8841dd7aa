import type { OktaSettings } from '@gatehouse/contracts/okta-connector';
import { describe, expect, it } from 'vitest';
import { changedSettings, prepareOktaSettings } from './okta-settings.ts';

const now = new Date('2026-11-21T01:00:00Z');
const stored: OktaSettings = { domain: 'acme.okta.com', schedule: { enabled: false, value: null } };
const hourly = { expression: '0 * * * *', dialect: 'unix', timeZone: 'Europe/Berlin' } as const;

describe('prepareOktaSettings takes', () => {
  it.each<[string, Partial<OktaSettings>, boolean, string, string[], boolean]>([
    ['a clean domain', {}, false, 'acme.okta.com', [], false],
    [
      'an address of the admin console',
      { domain: 'https://acme-admin.okta.com/admin/apps' },
      false,
      'acme.okta.com',
      ['domain-cleaned'],
      false,
    ],
    [
      'another domain without token',
      { domain: 'other.okta.com' },
      false,
      'other.okta.com',
      ['token-cleared'],
      true,
    ],
    ['another domain with its token', { domain: 'other.okta.com' }, true, 'other.okta.com', [], false],
  ])('%s', (_case, change, tokenSent, domain, notices, clearToken) => {
    const prepared = prepareOktaSettings({ ...stored, ...change }, stored, tokenSent, now);

    expect(prepared).toMatchObject({ ok: true, settings: { domain }, clearToken });
    expect(prepared.ok && prepared.notices.map((notice) => notice.code)).toEqual(notices);
  });
});

describe('prepareOktaSettings refuses', () => {
  it.each<[string, Partial<OktaSettings>, string]>([
    ['no domain', { domain: '  ' }, 'settings.domain'],
    ['markup', { domain: '<script>' }, 'settings.domain'],
    [
      'a schedule that is on without an interval',
      { schedule: { enabled: true, value: null } },
      'settings.schedule.value.expression',
    ],
    [
      'a schedule that never fires',
      { schedule: { enabled: true, value: { ...hourly, expression: '0 0 31 2 *' } } },
      'settings.schedule.value.expression',
    ],
    [
      'an unknown time zone',
      { schedule: { enabled: true, value: { ...hourly, timeZone: 'Mars/Base' } } },
      'settings.schedule.value.timeZone',
    ],
  ])('%s', (_case, change, field) => {
    const prepared = prepareOktaSettings({ ...stored, ...change }, stored, false, now);

    expect(prepared.ok).toBe(false);
    expect(!prepared.ok && prepared.problems.map((problem) => problem.field)).toEqual([field]);
  });
});

describe('changedSettings names', () => {
  it.each<[string, OktaSettings, string[]]>([
    ['nothing', stored, []],
    ['the domain', { ...stored, domain: 'b.okta.com' }, ['Okta domain']],
    [
      'the interval and its switch',
      { ...stored, schedule: { enabled: true, value: hourly } },
      ['Enable Scheduled Synchronization', 'interval'],
    ],
  ])('%s', (_case, after, names) => {
    expect(changedSettings(stored, after)).toEqual(names);
  });
});
