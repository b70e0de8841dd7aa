import { stepWords } from '@gatehouse/contracts/run-words';
import { describe, expect, it } from 'vitest';
import { formatExactTime } from '../../lib/format.ts';
import { localStepWords } from './local-step-words.ts';

const until = '2026-11-21T02:16:10.000Z';

describe('localStepWords', () => {
  it('tells a moment as the clock of this browser', () => {
    expect(localStepWords({ code: 'rate-limit-wait', facts: { bucket: 'users', until } })).toBe(
      `Waiting for Okta’s rate limit (users). Goes on at ${formatExactTime(until)}.`,
    );
  });

  it.each([
    ['rate-limit-wait', { bucket: 'users' }],
    ['rate-limit-wait', { bucket: 'users', until: 5 }],
    ['rate-limit-wait', { bucket: 'users', until: 'tomorrow' }],
    ['state-done', { until }],
    ['from-the-future', { until }],
  ])('leaves %s with %j as it is', (code, facts) => {
    expect(localStepWords({ code, facts })).toBe(stepWords({ code, facts }));
  });
});
