import { describe, expect, it } from 'vitest';
import { bodyOf, type ConnectorValues, changedNames, losesToken, valuesOf } from './connector-values.ts';
import { testConnector } from './test-connector.ts';

const saved = valuesOf(testConnector());
const schedule = { expression: '0 */4 * * *', dialect: 'unix' as const, timeZone: 'Europe/Berlin' };

describe('changedNames', () => {
  it.each<[string, Partial<ConnectorValues>, string[]]>([
    ['nothing', {}, []],
    ['spaces around the name', { name: ' Acme workforce ' }, []],
    ['another name', { name: 'Acme' }, ['Name']],
    ['the same domain as a paste', { domain: 'https://ACME-admin.okta.com/admin' }, []],
    ['another domain', { domain: 'acme.oktapreview.com' }, ['Okta domain']],
    ['a domain that cannot be read', { domain: 'acme okta' }, ['Okta domain']],
    ['Replace without a value', { apiToken: '' }, []],
    ['a token', { apiToken: 'x' }, ['API token']],
    ['the switch', { scheduleEnabled: false }, ['Enable Scheduled Synchronization']],
    ['an expression with other spaces', { schedule: { ...schedule, expression: ' 0  */4 * * *' } }, []],
    ['another zone', { schedule: { ...schedule, timeZone: 'UTC' } }, ['Interval']],
    ['no schedule', { schedule: null }, ['Interval']],
    [
      'all of it, in the order of the screens',
      { schedule: null, scheduleEnabled: false, apiToken: 'x', domain: 'b.okta.com', name: 'B' },
      ['Name', 'Okta domain', 'API token', 'Enable Scheduled Synchronization', 'Interval'],
    ],
  ])('sees %s', (_case, patch, names) => {
    expect(changedNames(saved, { ...saved, ...patch })).toEqual(names);
  });
});

describe('losesToken', () => {
  it.each<[string, Partial<ConnectorValues>, boolean, boolean]>([
    ['another host without a token', { domain: 'b.okta.com' }, true, true],
    ['another host with a token', { domain: 'b.okta.com', apiToken: 'x' }, true, false],
    ['another host with an empty token', { domain: 'b.okta.com', apiToken: ' ' }, true, true],
    ['another host, but no token is stored', { domain: 'b.okta.com' }, false, false],
    ['the same host, pasted', { domain: 'https://acme.okta.com/' }, true, false],
  ])('%s', (_case, patch, tokenSet, expected) => {
    expect(losesToken(saved, { ...saved, ...patch }, tokenSet)).toBe(expected);
  });
});

describe('bodyOf', () => {
  it.each([
    [null, false],
    ['', false],
    ['  ', false],
    [' 00abc ', true],
  ])('sends token %j only when it says something', (apiToken, sent) => {
    const body = bodyOf({ ...saved, apiToken });

    expect(body.apiToken).toBe(sent ? '00abc' : undefined);
    expect(Object.hasOwn(body, 'apiToken')).toBe(sent);
  });
});
