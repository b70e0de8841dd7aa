import type { ConnectionCheck, ConnectionTest, Connector } from '@gatehouse/contracts/connector';
import type { GlyphState } from '../../components/ui/state-vocabulary.ts';
import { formatDateTime, formatNoun, type Instant } from '../../lib/format.ts';

const GLYPHS: Record<ConnectionCheck['state'], GlyphState> = {
  waiting: 'not-done',
  running: 'running',
  passed: 'passed',
  warning: 'warning',
  failed: 'failed',
  skipped: 'not-reached',
};

export function glyphOfCheck(check: ConnectionCheck): GlyphState {
  return GLYPHS[check.state];
}

/** "7 passed, 1 warning, today 02:14". */
export function summaryOfTest(test: ConnectionTest, now: Instant): string {
  if (test.state === 'running') return 'running';
  return [...countsOf(test), formatDateTime(test.finishedAt ?? test.startedAt, now)].join(', ');
}

/** Domain or token are others than those that were tested; what else is saved does not touch the connection. */
export function isBeforeChange(
  test: Pick<ConnectionTest, 'state' | 'startedAt' | 'settingsVersion'>,
  { connection, apiToken, settingsVersion }: Pick<Connector, 'connection' | 'apiToken' | 'settingsVersion'>,
): boolean {
  if (test.state === 'running') return false;
  const isTokenNewer =
    apiToken.updatedAt !== null && Date.parse(apiToken.updatedAt) > Date.parse(test.startedAt);
  // The answer that a test is over comes a moment before the connector that it has been tested.
  return isTokenNewer || (connection === 'untested' && settingsVersion !== test.settingsVersion);
}

/** What a screen reader is told when the test is over. */
export function spokenResult(test: ConnectionTest): string {
  return `Connection test: ${countsOf(test).join(', ')}`;
}

function countsOf({ checks }: ConnectionTest): string[] {
  const count = (state: ConnectionCheck['state']) => checks.filter((check) => check.state === state).length;
  const [passed, warnings, failed, skipped] = [
    count('passed'),
    count('warning'),
    count('failed'),
    count('skipped'),
  ];
  return [
    `${passed} passed`,
    ...(warnings > 0 ? [formatNoun(warnings, 'warning')] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} not reached`] : []),
  ];
}
