import type { ConnectionCheck, ConnectionTest } from '@gatehouse/contracts/connector';
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
