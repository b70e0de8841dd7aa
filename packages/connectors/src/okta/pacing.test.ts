import { describe, expect, it } from 'vitest';
import { backOff, defaultOktaTiming as timing } from './okta-timing.ts';
import { RatePacer, readRateLimit } from './pacing.ts';

const now = Date.parse('2026-11-21T02:15:41.500Z');
/** The org's clock is a minute behind ours. */
const date = 'Sat, 21 Nov 2026 02:14:41 GMT';
const dateSeconds = Date.parse(date) / 1000;

function headers(limit: number | string, remaining: number | string, reset: number | string): Headers {
  return new Headers({
    date,
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': String(remaining),
    'x-rate-limit-reset': String(reset),
  });
}

describe('readRateLimit', () => {
  it.each([
    ['a reset ahead, by the clock of the answer', 29, 30_000],
    ['a reset that is over', -5, 1000],
    ['a reset an hour ahead', 3600, 900_000],
  ])('%s', (_name, secondsAhead, wait) => {
    const reading = readRateLimit(headers(300, 7, dateSeconds + secondsAhead), now, timing);

    expect(reading).toMatchObject({ kind: 'window', limit: 300, remaining: 7, freeAt: now + wait });
  });

  it('uses our clock when the answer has no date', () => {
    const answer = headers(300, 7, Math.floor(now / 1000) + 10);
    answer.delete('date');

    expect(readRateLimit(answer, now, timing)).toMatchObject({ freeAt: now - 500 + 11_000 });
  });

  it.each([
    ['limit 0 and remaining 0: too many at the same time', headers(0, 0, dateSeconds), 'concurrency'],
    ['no headers', new Headers(), 'none'],
    ['headers that are no numbers', headers('many', -1, 'soon'), 'none'],
  ])('%s', (_name, answer, kind) => {
    expect(readRateLimit(answer, now, timing)).toEqual({ kind });
  });
});

describe('RatePacer', () => {
  function pacerAt(remaining: number, limit = 300): RatePacer {
    const pacer = new RatePacer();
    pacer.learn(
      '/api/v1/users',
      readRateLimit(headers(limit, remaining, dateSeconds + 30), now, timing),
      now,
    );
    return pacer;
  }
  const freeAt = now + 31_000;

  it.each([
    [31, 300, 0.1, null],
    [30, 300, 0.1, freeAt],
    [30, 300, 0, null],
    [0, 300, 0, freeAt],
    [1, 5, 0.1, null],
    [0, 5, 0.1, freeAt],
  ])('with %i of %i left and %d kept free waits until %s', (remaining, limit, keepFree, until) => {
    expect(pacerAt(remaining, limit).waitUntil('/api/v1/users', keepFree, now)).toBe(until);
  });

  it('lets calls through again once the window is over, and at any time in other buckets', () => {
    const pacer = pacerAt(0);

    expect(pacer.waitUntil('/api/v1/users', 0.1, freeAt - 1)).toBe(freeAt);
    expect(pacer.waitUntil('/api/v1/users', 0.1, freeAt)).toBeNull();
    expect(pacer.waitUntil('/api/v1/groups', 0.1, now)).toBeNull();
  });

  it('counts calls that are under way', () => {
    const pacer = pacerAt(32);
    const leave = [pacer.enter('/api/v1/users'), pacer.enter('/api/v1/users')];

    expect(pacer.waitUntil('/api/v1/users', 0.1, now)).toBe(freeAt);
    leave[0]?.();
    expect(pacer.waitUntil('/api/v1/users', 0.1, now)).toBeNull();
  });

  it.each([
    ['a later answer of the same window', 20, 30, freeAt],
    ['an earlier answer of the same window that comes late', 90, 30, null],
    ['an answer of the window before', 5, -30, null],
    ['an answer of the next window', 200, 90, null],
  ])('takes in %s', (_name, remaining, secondsAhead, until) => {
    const pacer = pacerAt(40);

    const late = readRateLimit(headers(300, remaining, dateSeconds + secondsAhead), now, timing);
    pacer.learn('/api/v1/users', late, now);

    expect(pacer.waitUntil('/api/v1/users', 0.1, now)).toBe(until);
  });

  it('keeps the smaller remainder of a window', () => {
    const pacer = pacerAt(20);
    pacer.learn('/api/v1/users', readRateLimit(headers(300, 90, dateSeconds + 30), now, timing), now);

    expect(pacer.waitUntil('/api/v1/users', 0.1, now)).toBe(freeAt);
  });

  it('blocks a bucket after a 429, and never for shorter than it was', () => {
    const pacer = new RatePacer();
    pacer.block('/api/v1/groups', now + 5000);
    pacer.block('/api/v1/groups', now + 1000);

    expect(pacer.waitUntil('/api/v1/groups', 0, now)).toBe(now + 5000);
    expect(pacer.waitUntil('/api/v1/groups', 0, now + 5000)).toBeNull();
  });
});

describe('backOff', () => {
  it.each([
    [1, 0, 500],
    [1, 0.5, 1000],
    [3, 0.5, 4000],
    [3, 1, 6000],
    [20, 0.5, 30_000],
  ])('round %i with the die at %d waits %i ms', (round, die, wait) => {
    expect(backOff(round, timing, () => die)).toBe(wait);
  });
});
