import { describe, expect, it } from 'vitest';
import { bucketOf, PUBLISHED_LIMITS } from './buckets.ts';
import { RateLimiter } from './rate-limiter.ts';

const START = Date.UTC(2026, 0, 1, 0, 0, 30);
const TABLE = { ...PUBLISHED_LIMITS, perMinute: { ...PUBLISHED_LIMITS.perMinute, '/api/v1/users': 6 } };

function admitMany(limiter: RateLimiter, caller: string, count: number, now = START) {
  return Array.from({ length: count }, () => limiter.admit('/api/v1/users', caller, now));
}

describe('bucketOf', () => {
  it.each([
    ['/api/v1/users', '/api/v1/users'],
    ['/api/v1/users/', '/api/v1/users'],
    ['/api/v1/users/00u1', '/api/v1/users/{id}'],
    ['/api/v1/users/me', '/api/v1/users/{id}'],
    ['/api/v1/users/00u1/groups', '/api/v1/users'],
    ['/api/v1/groups', '/api/v1/groups'],
    ['/api/v1/groups/00g1', '/api/v1/groups/{id}'],
    ['/api/v1/groups/00g1/users', '/api/v1/groups'],
    ['/api/v1/org', 'other'],
    ['/.well-known/okta-organization', 'other'],
  ])('counts %s against %s', (path, bucket) => {
    expect(bucketOf(path)).toBe(bucket);
  });
});

describe('RateLimiter', () => {
  it('gives one token half of the bucket and counts down', () => {
    const admissions = admitMany(new RateLimiter(TABLE), 'one', 4);

    expect(admissions.map(({ isAllowed, remaining }) => [isAllowed, remaining])).toEqual([
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
    ]);
    expect(admissions.map(({ limit, reset }) => [limit, reset])).toEqual(
      Array(4).fill([3, START / 1000 + 60]),
    );
  });

  it('counts all tokens against the org', () => {
    const limiter = new RateLimiter(TABLE);
    admitMany(limiter, 'one', 3);
    admitMany(limiter, 'two', 2);

    const admissions = admitMany(limiter, 'three', 2);

    expect(admissions.map(({ isAllowed }) => isAllowed)).toEqual([true, false]);
  });

  it('opens a new window a minute after the first request, not on the wall clock', () => {
    const limiter = new RateLimiter(TABLE);
    admitMany(limiter, 'one', 3);

    const [before] = admitMany(limiter, 'one', 1, START + 59_999);
    const [after] = admitMany(limiter, 'one', 1, START + 60_000);

    expect(before).toMatchObject({ isAllowed: false, reset: START / 1000 + 60 });
    expect(after).toMatchObject({ isAllowed: true, remaining: 2, reset: START / 1000 + 120 });
  });

  it('keeps buckets apart', () => {
    const limiter = new RateLimiter(TABLE);
    admitMany(limiter, 'one', 4);

    expect(limiter.admit('/api/v1/groups', 'one', START)).toMatchObject({ isAllowed: true, limit: 250 });
  });

  it('refuses more in flight than the ceiling, and takes more when one is done', () => {
    const limiter = new RateLimiter({ ...TABLE, concurrent: 2 });
    const [first] = [limiter.enter(), limiter.enter()];

    expect(limiter.enter()).toBeNull();
    first?.();
    first?.();
    expect(limiter.enter()).not.toBeNull();
    expect(limiter.enter()).toBeNull();
    expect(limiter.concurrencyState(START)).toMatchObject({ limit: 0, remaining: 0 });
  });
});
