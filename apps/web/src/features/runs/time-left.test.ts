import type { RunProgress, RunStep } from '@gatehouse/contracts/run';
import { describe, expect, it } from 'vitest';
import { aboutDuration, countdown, timeLeft } from './time-left.ts';

const start = Date.UTC(2026, 10, 21, 2, 15, 0);
const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
const nothingRead = { pages: 0, pagesExpected: null, read: 0, lastRun: null, finished: false };

function progress(parts: Partial<RunProgress>): RunProgress {
  return {
    users: nothingRead,
    groups: nothingRead,
    members: nothingRead,
    calls: 0,
    callsExpected: null,
    retries: 0,
    waiting: null,
    rateLimits: [],
    planned: 0,
    planExpected: null,
    applied: 0,
    applyExpected: null,
    ...parts,
  };
}

const applying: RunStep = { seq: 1, at: iso(start), level: 'info', code: 'state-applying', facts: {} };

describe('timeLeft', () => {
  it.each([
    // state, progress, seconds since the stage began, seconds left
    ['reading', progress({ calls: 250, callsExpected: 1000 }), 30, 90],
    ['reading', progress({ calls: 250, callsExpected: null }), 30, null],
    ['reading', progress({ calls: 250, callsExpected: 1000 }), 2, null],
    ['reading', progress({ calls: 10, callsExpected: 1000 }), 30, null],
    ['reading', progress({ calls: 1200, callsExpected: 1000 }), 30, null],
    ['reading', progress({ calls: 1000, callsExpected: 1000 }), 30, 0],
    ['reading', null, 30, null],
    ['applying', progress({ applied: 500, applyExpected: 1000 }), 10, 10],
    ['applying', progress({ applied: 0, applyExpected: 0 }), 10, null],
    ['planning', progress({ planned: 500, planExpected: 1000 }), 10, null],
    ['queued', progress({}), 10, null],
    ['done', progress({ applied: 1000, applyExpected: 1000 }), 10, null],
  ] as const)('%s with %j after %i s', (state, known, seconds, expected) => {
    const now = start + seconds * 1000;

    const left = timeLeft({ state, progress: known, startedAt: iso(start), steps: [applying] }, now);

    expect(left === null ? null : left.milliseconds / 1000).toBe(expected);
    if (left !== null) expect(left.endsAt).toBe(now + left.milliseconds);
  });

  it('lasts at least as long as the wait', () => {
    const waiting = { bucket: 'users', until: iso(start + 90_000), reason: 'rate-limit' as const };
    const known = progress({ calls: 900, callsExpected: 1000, waiting });

    const left = timeLeft(
      { state: 'reading', progress: known, startedAt: iso(start), steps: [] },
      start + 30_000,
    );

    expect(left?.milliseconds).toBe(60_000);
  });
});

describe('words of times', () => {
  it.each([
    [400, 'a few seconds'],
    [12_000, 'about 15 s'],
    [59_000, 'about 1 min'],
    [148_000, 'about 2 min 30 s'],
    [601_000, 'about 11 min'],
  ])('%i ms is %s', (milliseconds, expected) => {
    expect(aboutDuration(milliseconds)).toBe(expected);
  });

  it.each([
    [29_000, 'in 29 s'],
    [28_100, 'in 29 s'],
    [900, 'in 1 s'],
    [0, 'now'],
    [-5000, 'now'],
    [95_000, 'in 1 min 35 s'],
  ])('%i ms before the end: %s', (milliseconds, expected) => {
    expect(countdown(iso(start + milliseconds), start)).toBe(expected);
  });
});
