import type { ConnectionTest, Connector } from '@gatehouse/contracts/connector';
import { expect, it } from 'vitest';
import { isBeforeChange } from './connection-test-lines.ts';

const before = '2026-11-21T02:00:00.000Z';
const tested = '2026-11-21T02:14:00.000Z';
const after = '2026-11-21T02:20:00.000Z';

it.each<[string, Partial<ConnectionTest>, Connector['connection'], tokenSetAt: string | null, boolean]>([
  ['nothing', {}, 'connected', before, false],
  ['nothing, after a failed test', {}, 'not-connected', before, false],
  ['the interval, which makes a new version', { settingsVersion: 3 }, 'connected', before, false],
  ['the domain', { settingsVersion: 3 }, 'untested', before, true],
  ['the domain, which clears the token', { settingsVersion: 3 }, 'untested', null, true],
  ['the token', {}, 'untested', after, true],
  ['the token, while the test ran', {}, 'connected', after, true],
  [
    'the token, and the test of it is over, which the connector does not say yet',
    {},
    'untested',
    before,
    false,
  ],
  ['the token, and the test of it runs', { state: 'running' }, 'untested', before, false],
])('after a change of %s', (_what, changed, connection, updatedAt, expected) => {
  const test = { state: 'passed', startedAt: tested, settingsVersion: 4, ...changed } as ConnectionTest;
  const connector = { connection, apiToken: { updatedAt }, settingsVersion: 4 } as Connector;

  expect(isBeforeChange(test, connector)).toBe(expected);
});
