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
    ['rate-limit-wait', { bucket: 'users' }, 'Waiting for Okta’s rate limit (users). Goes on at soon.'],
    [
      'rate-limit-wait',
      { bucket: 'users', until: 5 },
      'Waiting for Okta’s rate limit (users). Goes on at soon.',
    ],
    ['state-done', { until }, 'Done.'],
    ['from-the-future', { until }, 'from-the-future'],
  ])('leaves %s with %j as it is', (code, facts, expected) => {
    expect(localStepWords({ code, facts })).toBe(expected);
  });
});
